#pragma once

#include "terminal.hpp"

#include <functional>
#include <string>

#include <CLI/App.hpp>

namespace heapyard::cli {

enum class Exit : int {
  fine = 0,
  fault = 1,  ///< the program that was looked at does something wrong
  usage = 2,  ///< bad arguments or bad input
};

/// Says on stderr what is wrong with the arguments.
Exit refuse(Terminal& terminal, const std::string& message);

/// A subcommand: its options, registered, and what it does once they are parsed.
struct Command {
  CLI::App* app = nullptr;
  std::function<Exit(Terminal&)> run;
};

using CommandMaker = Command (*)(CLI::App& program);

Command heap_command(CLI::App& program);
Command race_command(CLI::App& program);
Command workload_command(CLI::App& program);
Command layout_command(CLI::App& program);
Command lessons_command(CLI::App& program);
Command lesson_command(CLI::App& program);
Command exercise_command(CLI::App& program);
Command run_all_command(CLI::App& program);
Command measure_command(CLI::App& program);
Command completion_command(CLI::App& program);

/// All of them, in the order of the help.
inline constexpr CommandMaker all_commands[] = {
    heap_command,   race_command,     workload_command, layout_command,  lessons_command,
    lesson_command, exercise_command, run_all_command,  measure_command, completion_command,
};

}  // namespace heapyard::cli
