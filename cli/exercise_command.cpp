// `heapyard exercise`: what a lesson ends with: its task, and whether an attempt meets every goal.
#include "heapyard/view/goals.hpp"
#include "heapyard/view/wrapped.hpp"

#include "commands.hpp"
#include "input.hpp"
#include "lesson_drawing.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_attempt = 256 * 1024;
constexpr const char* examples =
    "Examples:\n"
    "  heapyard exercise malloc-free                 what is to be done, and what to begin with\n"
    "  heapyard exercise malloc-free --start         only what to begin with\n"
    "  heapyard exercise malloc-free try.heap        is it solved?\n"
    "  heapyard exercise --json malloc-free try.heap for scripts\n\n"
    "The exit code is 0 when every goal is met, 1 when one is not.";

struct ExerciseOptions {
  std::string id, attempt;
  bool start = false;
  bool json = false;
};

ExerciseResult check(const Exercise& exercise, const std::string& id, const std::string& attempt) {
  std::vector<std::string> goals;
  for (const Goal& each : exercise.goals) goals.push_back(each.goal);
  if (exercise.kind == "heap") return check_heap_exercise(attempt, exercise.allocator, exercise.arena_bytes, goals);
  if (exercise.kind == "struct") return check_struct_exercise(attempt, goals);
  return check_program_exercise(id, attempt, goals);
}

void show_task(Terminal& terminal, const LessonText& text) {
  const Exercise& exercise = text.exercise;
  write_lines(terminal, {terminal.ink(Ink::strong, text.title + ": exercise")});
  write_lines(terminal, prose_lines(terminal, exercise.task));
  terminal.write("\nIt is solved when\n");
  for (const Goal& goal : exercise.goals) write_lines(terminal, paragraph(terminal, "- " + goal.words, 2));
  if (!exercise.choices.empty()) terminal.write("\nChoose one:\n");
  for (const Choice& each : exercise.choices) terminal.write(fmt::format("  {:<16} {}\n", each.choice, each.words));
  if (!exercise.start.empty()) terminal.write("\nBegin with this:\n\n" + exercise.start);
}

Json json_of(const ExerciseResult& result, const Exercise& exercise) {
  Json goals = Json::array(), problems = Json::array();
  for (std::size_t i = 0; i < result.goals.size(); ++i) {
    goals.push_back({{"goal", exercise.goals[i].goal},
                     {"words", exercise.goals[i].words},
                     {"met", result.goals[i].met},
                     {"said", result.goals[i].said}});
  }
  for (const Problem& each : result.problems)
    problems.push_back({{"line", each.line}, {"column", each.column}, {"message", each.message}});
  return {{"solved", result.solved()}, {"goals", goals}, {"problems", problems}};
}

Exit tell(Terminal& terminal, const ExerciseResult& result, const Exercise& exercise) {
  const bool unicode = terminal.unicode();
  for (std::size_t i = 0; i < result.goals.size(); ++i) {
    const GoalResult& goal = result.goals[i];
    const std::string mark =
        goal.met ? terminal.ink(Ink::strong, unicode ? "✓" : "ok") : terminal.ink(Ink::fault, unicode ? "✗" : "no");
    terminal.write(fmt::format("{} {}: {}\n", mark, exercise.goals[i].words, goal.said));
  }
  const auto met = std::count_if(result.goals.begin(), result.goals.end(), [](const GoalResult& g) { return g.met; });
  terminal.write(result.solved() ? "Solved.\n"
                                 : fmt::format("Not yet: {} of {} goals are met.\n", met, result.goals.size()));
  return result.solved() ? Exit::fine : Exit::fault;
}

Exit check_attempt(Terminal& terminal, const ExerciseOptions& options, const Exercise& exercise) {
  Input input{options.attempt, options.attempt};
  if (exercise.kind != "program") {
    const auto read = read_input(terminal, options.attempt, largest_attempt);
    if (!read) return Exit::usage;
    input = *read;
  } else if (std::none_of(exercise.choices.begin(), exercise.choices.end(),
                          [&](const Choice& each) { return each.choice == options.attempt; })) {
    return refuse(terminal, fmt::format("`{}` is none of the choices; `heapyard exercise {}` lists them",
                                        options.attempt, options.id));
  }
  const ExerciseResult result = check(exercise, options.id, input.text);
  if (options.json) {
    terminal.write(json_of(result, exercise).dump(2) + "\n");
    return result.solved() ? Exit::fine : result.problems.empty() ? Exit::fault : Exit::usage;
  }
  for (const Problem& each : result.problems) report(terminal, input, each);
  return result.problems.empty() ? tell(terminal, result, exercise) : Exit::usage;
}

Exit run_exercise(Terminal& terminal, const ExerciseOptions& options) {
  if (find_lesson(options.id) == nullptr)
    return refuse(terminal, fmt::format("there is no lesson `{}`; `heapyard lessons` lists them", options.id));
  const LessonText text = lesson_text(options.id);
  if (!options.attempt.empty()) return check_attempt(terminal, options, text.exercise);
  if (options.json) return refuse(terminal, "--json tells what became of an attempt: name its FILE too");
  if (options.start) {
    terminal.write(text.exercise.start);
  } else {
    show_task(terminal, text);
  }
  return Exit::fine;
}

}  // namespace

Command exercise_command(CLI::App& program) {
  const auto options = std::make_shared<ExerciseOptions>();
  CLI::App* command = program.add_subcommand("exercise", "Show a lesson's exercise, or check an attempt at it");
  command->footer(examples);
  command->add_option("ID", options->id, "The lesson; heapyard lessons lists them")->required()->type_name("");
  command->add_option("ATTEMPT", options->attempt, "A file, - for standard input; a choice where there are some")
      ->type_name("");
  CLI::Option* start = command->add_flag("--start", options->start, "Write only what the reader begins with");
  command->add_flag("--json", options->json, "Write JSON")->excludes(start);
  return {command, [options](Terminal& terminal) { return run_exercise(terminal, *options); }};
}

}  // namespace heapyard::cli
