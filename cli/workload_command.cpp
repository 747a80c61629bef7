// `heapyard workload`: scripts that are generated.
#include "heapyard/script/workload.hpp"

#include "commands.hpp"
#include "lesson_drawing.hpp"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace heapyard::cli {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  heapyard workload                                what there is, and what each shows\n"
    "  heapyard workload churn --seed 7 > churn.heap\n"
    "  heapyard workload against-best-fit | heapyard race -\n"
    "\n"
    "The same name, seed and length give the same script on every machine. They are\n"
    "made for an arena of 64K, which is what a script gets.";

struct WorkloadOptions {
  std::string name;
  std::uint64_t seed = 1;
  std::uint32_t operations = Workload::default_operations;
};

Exit run_workload(Terminal& terminal, const WorkloadOptions& options) {
  if (!options.name.empty()) {
    terminal.write(write_workload(*find_workload(options.name), options.seed, options.operations));
    return Exit::fine;
  }
  for (const Workload& each : workloads()) {
    terminal.write(terminal.ink(Ink::strong, each.name) + "\n");
    write_lines(terminal, paragraph(terminal, each.sentence, 2));
  }
  return Exit::fine;
}

}  // namespace

Command workload_command(CLI::App& program) {
  const auto options = std::make_shared<WorkloadOptions>();
  CLI::App* command = program.add_subcommand("workload", "Write a generated script, to be run or raced");
  command->footer(examples);
  std::vector<std::string> names;
  for (const Workload& each : workloads()) names.emplace_back(each.name);
  command->add_option("NAME", options->name, "Which one; without it, they are listed")
      ->check(CLI::IsMember(names))
      ->type_name("");
  command->add_option("--seed", options->seed, "Another number, another script; an adversary has but one")
      ->check([](const std::string& text) {
        const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
        return digits ? std::string{} : "`" + text + "` is no seed; expected a number from 0 on";
      })
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--operations", options->operations, "About how many calls")
      ->check(CLI::Range(1U, Workload::most_operations))
      ->type_name("N")
      ->capture_default_str();
  return {command, [options](Terminal& terminal) { return run_workload(terminal, *options); }};
}

}  // namespace heapyard::cli
