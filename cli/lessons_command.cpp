// `heapyard lessons`: the list; `heapyard run-all`: all of them, one after another.
#include "heapyard/lab/lesson_lab.hpp"
#include "heapyard/view/bytes_text.hpp"

#include "commands.hpp"
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

Exit list_lessons(Terminal& terminal, bool json) {
  Json list = Json::array();
  std::size_t number = 0;
  for (const Lesson* lesson : lessons()) {
    const LessonText text = lesson_text(lesson->id);
    const LessonLab lab(*lesson);
    if (json) {
      list.push_back({{"id", lesson->id}, {"title", text.title}, {"steps", lab.steps()}});
      continue;
    }
    terminal.write(fmt::format("{:>2}  {}  {}\n", ++number,
                               terminal.ink(Ink::strong, fmt::format("{:<22}", lesson->id)), text.title));
    write_lines(terminal, paragraph(terminal, text.abstract, 4, Ink::faint));
  }
  if (json) {
    terminal.write(list.dump(2) + "\n");
  } else {
    terminal.write("\nheapyard lesson ID takes one of them.\n");
  }
  return Exit::fine;
}

/// What a run came to, in a line.
std::string sum_of(const LessonLab& lab) {
  const Trace& trace = lab.lab().history().trace();
  const Statistics statistics = lab.lab().history().statistics();
  const auto count = [](std::uint64_t number, std::string_view words) {
    return fmt::format("{} {}{}", number, words, number == 1 ? "" : "s");
  };
  return fmt::format("{}; {}, {}, at most {} live; {}.", count(lab.steps(), "step"),
                     count(statistics.allocations, "allocation"), count(statistics.deallocations, "release"),
                     bytes_text(statistics.high_water_mark),
                     trace.faults.empty() ? "no fault" : count(trace.faults.size(), "fault") + ", as the lesson wants");
}

Exit run_all(Terminal& terminal) {
  std::size_t number = 0;
  for (const Lesson* lesson : lessons()) {
    LessonLab lab(*lesson);
    lab.seek(lab.steps());
    terminal.write(terminal.ink(Ink::strong, fmt::format("{}. {}", ++number, lesson_text(lesson->id).title)) + "\n");
    terminal.write(std::string(lab.output()));
    terminal.write(terminal.ink(Ink::faint, sum_of(lab)) + "\n\n");
  }
  terminal.write(fmt::format("All {} lessons ran.\n", number));
  return Exit::fine;
}

}  // namespace

Command lessons_command(CLI::App& program) {
  const auto json = std::make_shared<bool>(false);
  CLI::App* command = program.add_subcommand("lessons", "List the lessons");
  command->add_flag("--json", *json, "Write JSON");
  return {command, [json](Terminal& terminal) { return list_lessons(terminal, *json); }};
}

Command run_all_command(CLI::App& program) {
  CLI::App* command = program.add_subcommand("run-all", "Run the programs of all lessons, one after another");
  return {command, run_all};
}

}  // namespace heapyard::cli
