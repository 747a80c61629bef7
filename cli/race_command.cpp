// `heapyard race`: one script or trace on several allocators, side by side.
#include "heapyard/lab/race.hpp"
#include "heapyard/lab/race_timing.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/race_words.hpp"

#include "commands.hpp"
#include "input.hpp"
#include "lesson_drawing.hpp"
#include "race_drawing.hpp"
#include "running.hpp"

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

constexpr const char* examples =
    "Examples:\n"
    "  heapyard race trace.rep\n"
    "  heapyard race --allocators free-list,free-list:best-fit,pool:64,tlsf story.heap\n"
    "  heapyard workload against-best-fit | heapyard race -\n"
    "  heapyard race --step divergence story.heap   the heaps where they part\n"
    "  heapyard race --json trace.rep               for scripts\n"
    "\n"
    "All run in arenas of one size. Speed is that of the calls alone, carried out\n"
    "again by allocators that check nothing. In JSON, fragmentation is as it was when\n"
    "most was live, and failed_at the step of the first allocation that failed.\n"
    "\n"
    "Exit codes: 0 fine, also when an allocator fails; 2 bad usage or input.";

struct RaceOptions {
  std::string file;
  std::vector<std::string> allocators = {"free-list", "free-list:best-fit", "buddy", "slab", "tlsf"};
  std::uint64_t arena_bytes = 0;
  std::string step;
  bool json = false;
};

Json json_of(const Lane& lane, double nanoseconds) {
  const RaceResult& result = lane.result;
  return {{"allocator", lane.lab.allocator()},
          {"completed", result.completed()},
          {"failed_at", result.completed() ? Json(nullptr) : Json(result.failed_at)},
          {"high_water_mark", result.high_water_mark},
          {"utilisation", result.utilisation()},
          {"internal_fragmentation", result.internal_fragmentation},
          {"external_fragmentation", result.external_fragmentation},
          {"ns_per_operation", nanoseconds}};
}

/// Where the heaps are shown; nothing, with what is wrong said, when there is no such step.
std::optional<std::uint32_t> step_of(Terminal& terminal, const Race& race, const std::string& step) {
  if (step.empty()) return race.high_water_step();
  if (step == "divergence") return race.first_divergence();
  const std::uint32_t number = *parse_step(step);
  if (number <= race.steps()) return number;
  refuse(terminal, fmt::format("--step {}: there {} only {} step{}, counted from 1; 0 is the empty heap", number,
                               race.steps() == 1 ? "is" : "are", race.steps(), race.steps() == 1 ? "" : "s"));
  return std::nullopt;
}

void draw(Terminal& terminal, Race& race, std::uint32_t step, const std::vector<double>& nanoseconds) {
  terminal.write(terminal.ink(Ink::strong, fmt::format("{} allocators, {} steps", race.lanes().size(), race.steps())) +
                 terminal.ink(Ink::faint, fmt::format("  arenas of {}", bytes_text(race.arena_bytes()))) + "\n\n");
  write_lines(terminal, race_table(terminal, race, nanoseconds));
  if (race.steps() == 0) return;
  terminal.write("\n");
  write_lines(terminal, paragraph(terminal, divergence_sentence(race, Called::name)));

  race.seek(step);
  const Lab& first = race.lanes().front().lab;
  terminal.write(
      "\n" + terminal.ink(Ink::strong, fmt::format("The heaps at step {}", step)) +
      (step == 0 ? std::string{}
                 : terminal.ink(Ink::faint, fmt::format("  line {}: {}", first.history().trace().line_of_step(step),
                                                        call_text(first, step)))) +
      (step == race.high_water_step() ? terminal.ink(Ink::faint, "  (most is live)") : "") + "\n");
  write_lines(terminal, race_strips(terminal, race));
  terminal.write("\n");
  write_lines(terminal, race_curves(terminal, race));
}

Exit run_race(Terminal& terminal, const RaceOptions& options) {
  const std::optional<Input> input = read_input(terminal, options.file, max_program_bytes);
  if (!input) return Exit::usage;
  RaceRun run(input->text, options.allocators, options.arena_bytes);
  advance_all(terminal, run);
  Race race = run.take();
  for (const Problem& problem : race.problems()) report(terminal, *input, problem);
  if (!race.setup_error().empty()) return refuse(terminal, race.setup_error());
  if (!race.problems().empty()) return Exit::usage;
  const std::optional<std::uint32_t> step = step_of(terminal, race, options.step);
  if (!step) return Exit::usage;

  RaceTiming timing(race);
  run_to_end(terminal, timing, "Measuring", [&timing] { return timing.advance(); });
  std::vector<double> nanoseconds = timing.ns_per_operation();
  nanoseconds.resize(race.lanes().size());
  if (!options.json) {
    draw(terminal, race, *step, nanoseconds);
    return Exit::fine;
  }
  Json results = Json::array();
  for (std::size_t i = 0; i < race.lanes().size(); ++i) results.push_back(json_of(race.lanes()[i], nanoseconds[i]));
  terminal.write(Json{{"results", results}}.dump(2) + "\n");
  return Exit::fine;
}

}  // namespace

Command race_command(CLI::App& program) {
  const auto options = std::make_shared<RaceOptions>();
  CLI::App* command = program.add_subcommand("race", "Run a script or trace on several allocators, side by side");
  command->footer(examples);
  command->add_option("FILE", options->file, "Script or malloc-lab trace; - for standard input")
      ->required()
      ->type_name("");
  command->add_option("--allocators", options->allocators, "The allocators, with commas between: " + machine_list())
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAMES")
      ->capture_default_str();
  add_arena_option(*command, options->arena_bytes);
  command
      ->add_option(
          "--step", options->step,
          "Show the heaps after this step, or `divergence`: the first at which the allocators part; else where "
          "most is live")
      ->check([](const std::string& text) {
        return text == "divergence" || parse_step(text)
                   ? std::string{}
                   : "`" + text + "` is no step; expected a number from 0 on, or divergence";
      })
      ->type_name("N");
  command->add_flag("--json", options->json, "Write JSON");
  return {command, [options](Terminal& terminal) { return run_race(terminal, *options); }};
}

}  // namespace heapyard::cli
