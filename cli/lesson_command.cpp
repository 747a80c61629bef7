// `heapyard lesson`: one lesson as the page tells it: its story, its steps, its questions.
#include "heapyard/view/answers.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/lesson_words.hpp"
#include "heapyard/view/values.hpp"

#include "commands.hpp"
#include "input.hpp"
#include "interactive.hpp"
#include "lesson_drawing.hpp"
#include "lesson_recording.hpp"
#include "measured_drawing.hpp"
#include "raw_screen.hpp"
#include "sizes_table.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

constexpr const char* examples =
    "Examples:\n"
    "  heapyard lesson malloc-free            Enter goes on, b goes back, q ends\n"
    "  heapyard lesson malloc-free | less     the whole lesson\n"
    "  heapyard lesson --step 4 malloc-free   one step\n"
    "  heapyard lesson --quiz malloc-free     the questions, before the steps that answer them\n"
    "  heapyard lesson --json malloc-free     for scripts";

struct LessonOptions {
  std::string id;
  std::optional<std::uint32_t> step;
  std::uint32_t arena_bytes = LessonLab::default_arena;
  bool quiz = false;
  bool teacher = false;
  bool json = false;
  bool recording = false;
};

void append(Lines& lines, Lines more) {
  for (std::string& line : more) lines.push_back(std::move(line));
}

/// The lesson as pages: what stands before the first step, each step with the part of the story that leads to it, and
/// what comes after the last.
class Pages {
 public:
  Pages(Terminal& terminal, LessonLab& lesson, const LessonText& text)
      : terminal_(terminal), lesson_(lesson), text_(text) {}

  std::uint32_t count() const { return lesson_.steps() + 2; }

  Lines page(std::uint32_t number) {
    if (number == 0) return beginning();
    if (number > lesson_.steps()) return ending();
    lesson_.seek(number);
    Lines lines = prose_lines(terminal_, story_before(number));
    if (!lines.empty()) lines.emplace_back();
    append(lines, lesson_step_lines(terminal_, lesson_));
    return lines;
  }

 private:
  Lines section(const char* title, const std::vector<StoryBlock>& blocks) const {
    Lines lines = {terminal_.ink(Ink::strong, title)};
    append(lines, prose_lines(terminal_, blocks));
    return lines;
  }

  Lines beginning() const {
    Lines lines = {terminal_.ink(Ink::strong, text_.title)};
    append(lines, paragraph(terminal_, text_.abstract));
    lines.emplace_back();
    append(lines, section("You will be able to", text_.goals));
    lines.emplace_back();
    append(lines, paragraph(terminal_,
                            fmt::format("The program runs on an arena of {}, as {} lays it out.",
                                        bytes_text(lesson_.lab().arena_bytes()), running_abi()),
                            0, Ink::faint));
    return lines;
  }

  Lines ending() {
    Lines lines = sizes_lines(terminal_, text_.sizes);
    if (!lines.empty()) lines.emplace_back();
    append(lines, measured());
    append(lines, section("Exercise", text_.exercise.task));
    append(lines, paragraph(terminal_, fmt::format("`heapyard exercise {}` checks it.", lesson_.lesson().id)));
    lines.emplace_back();
    append(lines, section("In the wild", text_.wild));
    lines.emplace_back();
    append(lines, section("Further reading", text_.reading));
    return lines;
  }

  /// What the lesson speaks of, measured now, once.
  Lines measured() {
    if (text_.measured.empty()) return {};
    Lines lines = {terminal_.ink(Ink::strong, "Measured on this machine")};
    std::vector<const Measurable*> candidates;
    for (const MeasuredText& each : text_.measured) {
      append(lines, paragraph(terminal_, fmt::format("- {}: {}", each.id, each.words), 2));
      candidates.push_back(find_measurable(each.id));
    }
    append(lines, prose_lines(terminal_, text_.measured_notes));
    if (timings_.empty()) timings_ = measure(terminal_, std::move(candidates));
    append(lines, measured_lines(terminal_, timings_));
    lines.emplace_back();
    return lines;
  }

  /// The paragraphs that first lead to this step.
  std::vector<StoryBlock> story_before(std::uint32_t step) const {
    std::vector<StoryBlock> found;
    for (const StoryBlock& block : text_.story) {
      const std::uint32_t first = block.links.empty() ? 1 : step_of(lesson_, block.links.front());
      if (first == step) found.push_back(block);
    }
    return found;
  }

  Terminal& terminal_;
  LessonLab& lesson_;
  const LessonText& text_;
  std::vector<Timing> timings_;
};

/// What a teacher wants to know beforehand: the notes, the answers as this machine computes them, the solution.
void write_teacher_page(Terminal& terminal, LessonLab& lesson, const LessonText& text) {
  Lines lines = {terminal.ink(Ink::strong, text.title + ": for the teacher")};
  append(lines, prose_lines(terminal, text.teacher));
  lines.emplace_back();
  lines.push_back(terminal.ink(Ink::strong, "Answers"));
  for (const Question& question : text.questions) {
    lesson.seek(step_of(lesson, question.at));
    const std::optional<Answer> answer = evaluate(lesson, question.answer);
    append(lines, paragraph(terminal,
                            fmt::format("- {} {}. {}", question.ask, answer ? answer->text : "?", question.right), 2));
  }
  lines.emplace_back();
  lines.push_back(terminal.ink(Ink::strong, "A solution of the exercise"));
  write_lines(terminal, lines);
  terminal.write(text.exercise.solution);
}

void print_whole(Terminal& terminal, Pages& pages) {
  for (std::uint32_t page = 0; page < pages.count() && !terminal.lost(); ++page) {
    if (page > 0) terminal.write("\n");
    write_lines(terminal, pages.page(page));
  }
}

/// Shows one page at a time. Enter goes on, b back.
void turn_pages(Terminal& terminal, Pages& pages) {
  RawScreen screen;
  std::uint32_t page = 0;
  while (!terminal.lost()) {
    const ScreenSize size = screen.size();
    Lines lines = pages.page(page);
    const std::string foot = fmt::format("{} of {}   Enter goes on, b goes back, q ends", page + 1, pages.count());
    lines.resize(size.rows > 0 ? size.rows - 1 : 0);
    lines.push_back(terminal.ink(Ink::faint, foot));
    std::string text = "\x1b[H";
    for (std::size_t i = 0; i < lines.size(); ++i) text += lines[i] + "\x1b[K" + (i + 1 < lines.size() ? "\r\n" : "");
    terminal.write(text);
    terminal.finish();

    const KeyPress press = screen.next_key();
    const char character = press.key == Key::character ? press.character : 0;
    const bool on = press.key == Key::enter || press.key == Key::right || character == ' ' || character == 'n';
    const bool back = press.key == Key::left || press.key == Key::backspace || character == 'b' || character == 'p';
    if (press.key == Key::suspend) screen.suspend();
    if (press.key == Key::closed || press.key == Key::interrupt || character == 'q') return;
    if (press.key == Key::home) page = 0;
    if (press.key == Key::end) page = pages.count() - 1;
    if (on && page + 1 < pages.count()) ++page;
    if (back && page > 0) --page;
  }
}

/// What to say to an answer, and whether it was right.
std::string reply_to(const LessonLab& lesson, const Question& question, const std::string& given, bool& right) {
  const std::optional<Answer> answer = evaluate(lesson, question.answer);
  if (!answer) return {};
  right = is_answer(*answer, given);
  if (right) return fmt::format("Right: {}. {}", answer->text, question.right);
  for (const WrongAnswer& wrong : question.wrong) {
    const std::optional<Answer> expected = wrong.expression.empty() ? std::nullopt : evaluate(lesson, wrong.expression);
    if (wrong.expression.empty() || (expected && is_answer(*expected, given)))
      return fmt::format("No: {}. {}", answer->text, wrong.reply);
  }
  return fmt::format("No: {}.", answer->text);
}

/// Asks each question at the step before the one that answers it.
void ask_questions(Terminal& terminal, LessonLab& lesson, const LessonText& text) {
  std::size_t asked = 0, known = 0;
  for (const Question& question : text.questions) {
    const std::uint32_t step = step_of(lesson, question.at);
    if (step == 0) continue;
    lesson.seek(step - 1);
    if (asked++ > 0) terminal.write("\n");
    write_lines(terminal, lesson_step_lines(terminal, lesson));
    const std::uint32_t line = lesson.lab().history().trace().line_of_step(step);
    terminal.write(fmt::format("\nNext, line {}: {}\n", line, source_line(lesson, line)));
    write_lines(terminal, paragraph(terminal, question.ask, 0, Ink::strong));
    terminal.write("> ");
    terminal.finish();
    std::string given;
    if (!std::getline(std::cin, given)) {
      terminal.write("\n");
      break;
    }
    lesson.seek(step);
    bool right = false;
    write_lines(terminal, paragraph(terminal, reply_to(lesson, question, given, right)));
    known += right ? 1 : 0;
  }
  terminal.write(fmt::format("\n{} of {} right.\n", known, text.questions.size()));
}

Json json_of(const LessonLab& lesson, const Value& value) {
  Json parts = Json::array();
  for (const Value& part : value.parts) parts.push_back(json_of(lesson, part));
  return {{"name", value.name},
          {"type", value.type.empty() ? Json(nullptr) : Json(value.type)},
          {"size", value.size},
          {"value", value_line(value)},
          {"points_to", value.points ? Json(value.target) : Json(nullptr)},
          {"parts", parts}};
}

Json json_of_step(const LessonLab& lesson) {
  const History& history = lesson.lab().history();
  Json frames = Json::array(), objects = Json::array();
  for (const FrameValues& frame : frame_values(lesson)) {
    Json variables = Json::array();
    for (const Value& variable : frame.variables) variables.push_back(json_of(lesson, variable));
    frames.push_back({{"function", frame.function}, {"line", frame.line}, {"variables", variables}});
  }
  for (const auto& [offset, block] : history.blocks()) {
    if (block.state != BlockState::used) continue;
    Json object = json_of(lesson, object_value(lesson, block));
    object["offset"] = block.payload_offset;
    objects.push_back(object);
  }
  const Event event = lesson.now() == 0 ? Event{} : history.trace().event(lesson.now());
  return {{"step", lesson.now()},
          {"line", event.line == 0 ? Json(nullptr) : Json(event.line)},
          {"kind", lesson.now() == 0 ? Json(nullptr) : Json(name_of(event.kind))},
          {"fault", event.fault == FaultKind::none ? Json(nullptr) : Json(name_of(event.fault))},
          {"sentence", lesson_sentence(lesson)},
          {"printed", lesson.printed()},
          {"stack", frames},
          {"heap", objects}};
}

void write_json(Terminal& terminal, LessonLab& lesson, const LessonText& text, std::optional<std::uint32_t> only) {
  Json steps = Json::array();
  for (std::uint32_t step = only.value_or(0); step <= only.value_or(lesson.steps()); ++step) {
    lesson.seek(step);
    steps.push_back(json_of_step(lesson));
  }
  Json leaks = Json::array();
  for (const Fault& fault : lesson.lab().history().trace().faults) {
    if (fault.kind == FaultKind::leak) leaks.push_back({{"offset", fault.address}, {"size", fault.size}});
  }
  const Json json = {{"id", lesson.lesson().id}, {"title", text.title},
                     {"abi", running_abi()},     {"arena_bytes", lesson.lab().arena_bytes()},
                     {"steps", steps},           {"leaks", leaks}};
  terminal.write(json.dump(2) + "\n");
}

Exit run_lesson(Terminal& terminal, const LessonOptions& options) {
  const Lesson* found = find_lesson(options.id);
  if (found == nullptr) {
    std::string ids;
    for (const Lesson* each : lessons()) ids += (ids.empty() ? "" : ", ") + std::string(each->id);
    return refuse(terminal, fmt::format("there is no lesson `{}`; there are {}", options.id, ids));
  }
  LessonLab lesson(*found, options.arena_bytes);
  const LessonText text = lesson_text(found->id);
  if (options.step && *options.step > lesson.steps())
    return refuse(terminal, fmt::format("--step {}: there are only {} steps, counted from 1; 0 is before the first",
                                        *options.step, lesson.steps()));
  Pages pages(terminal, lesson, text);
  if (options.recording) {
    terminal.write(lesson_recording(lesson));
  } else if (options.json) {
    write_json(terminal, lesson, text, options.step);
  } else if (options.teacher) {
    write_teacher_page(terminal, lesson, text);
  } else if (options.quiz) {
    ask_questions(terminal, lesson, text);
  } else if (options.step) {
    lesson.seek(*options.step);
    write_lines(terminal, lesson_step_lines(terminal, lesson));
  } else if (can_interact()) {
    turn_pages(terminal, pages);
  } else {
    print_whole(terminal, pages);
  }
  return Exit::fine;
}

}  // namespace

Command lesson_command(CLI::App& program) {
  const auto options = std::make_shared<LessonOptions>();
  CLI::App* command = program.add_subcommand("lesson", "Take a lesson: real C++ on real bytes, step by step");
  command->footer(examples);
  command->add_option("ID", options->id, "The lesson; heapyard lessons lists them")->required()->type_name("");
  command->add_option("--step", options->step, "Show one step; 0 is before the first")->type_name("N");
  command->add_option("--arena", options->arena_bytes, "Bytes of the arena on which the program runs")
      ->type_name("BYTES")
      ->check(CLI::Range(LessonLab::smallest_arena, std::uint32_t{1} << 20))
      ->capture_default_str();
  CLI::Option* json = command->add_flag("--json", options->json, "Write JSON");
  command->add_flag("--recording", options->recording, "Write the whole run, for the page to show")->excludes(json);
  command->add_flag("--quiz", options->quiz, "Ask the lesson's questions")->excludes(json);
  command->add_flag("--teacher", options->teacher, "The teacher's notes, all answers, a solution")->excludes(json);
  return {command, [options](Terminal& terminal) { return run_lesson(terminal, *options); }};
}

}  // namespace heapyard::cli
