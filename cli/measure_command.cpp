// `heapyard measure`: how long it takes, what lessons speak of, on this machine.
#include "heapyard/measure/measuring.hpp"

#include "commands.hpp"
#include "lesson_drawing.hpp"
#include "measured_drawing.hpp"

#include <algorithm>
#include <memory>
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
    "  heapyard measure                      everything, in some ten seconds\n"
    "  heapyard measure pool malloc          these two, taking turns\n"
    "  heapyard measure --json pool malloc   for scripts\n"
    "\n"
    "Each is measured five times, for a twentieth of a second or more, on allocators\n"
    "that nobody watches. What slows the machine down shows in the spread.";

struct MeasureOptions {
  std::vector<std::string> ids;
  bool json = false;
};

/// As they were asked for, each once; without any, all.
std::vector<const Measurable*> candidates_of(const std::vector<std::string>& ids) {
  std::vector<const Measurable*> candidates;
  for (const std::string& id : ids) {
    const Measurable* const found = find_measurable(id);
    if (std::find(candidates.begin(), candidates.end(), found) == candidates.end()) candidates.push_back(found);
  }
  if (candidates.empty()) {
    for (const Measurable& each : measurables()) candidates.push_back(&each);
  }
  return candidates;
}

Json json_of(const std::vector<Timing>& timings) {
  Json list = Json::array();
  for (const Timing& timing : timings) {
    list.push_back({{"id", timing.measurable->id},
                    {"title", timing.measurable->title},
                    {"unit", timing.measurable->unit},
                    {"median_ns", timing.median_ns},
                    {"lowest_ns", timing.lowest_ns},
                    {"highest_ns", timing.highest_ns},
                    {"ratio", ratio_of(timing, timings)},
                    {"batches", timing.batches},
                    {"operations", timing.operations}});
  }
  return {{"timings", list}};
}

Exit run_measure(Terminal& terminal, const MeasureOptions& options) {
  const std::vector<Timing> timings = measure(terminal, candidates_of(options.ids));
  if (options.json) {
    terminal.write(json_of(timings).dump(2) + "\n");
  } else {
    write_lines(terminal, measured_lines(terminal, timings));
  }
  return Exit::fine;
}

}  // namespace

Command measure_command(CLI::App& program) {
  const auto options = std::make_shared<MeasureOptions>();
  CLI::App* command = program.add_subcommand("measure", "Measure the speeds that lessons speak of");
  command->footer(examples);
  std::vector<std::string> ids;
  for (const Measurable& each : measurables()) ids.emplace_back(each.id);
  command->add_option("ID", options->ids, "What to measure; all, when none is named")
      ->check(CLI::IsMember(ids))
      ->type_name("");
  command->add_flag("--json", options->json, "Write JSON");
  return {command, [options](Terminal& terminal) { return run_measure(terminal, *options); }};
}

}  // namespace heapyard::cli
