#include "app.hpp"

#include "commands.hpp"

#include <csignal>
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace heapyard::cli {
namespace {

constexpr const char* description = "Heapyard: see memory. Real allocators on real bytes, one step at a time.";
constexpr const char* footer =
    "Each command has its own help:\n"
    "  heapyard layout --help\n"
    "\n"
    "Exit codes: 0 fine, 1 a fault was found, 2 bad usage or input.";

struct GlobalOptions {
  ColorChoice color = ColorChoice::automatic;
  bool ascii = false;
};

void add_global_options(CLI::App& program, GlobalOptions& options) {
  program.set_help_flag("-h,--help", "Show this help and end");
  program.set_version_flag("--version", std::string("heapyard ") + HEAPYARD_VERSION, "Show the version and end");
  const std::map<std::string, ColorChoice> choices = {
      {"auto", ColorChoice::automatic}, {"always", ColorChoice::always}, {"never", ColorChoice::never}};
  program
      .add_option_function<std::string>(
          "--color", [&options, choices](const std::string& choice) { options.color = choices.at(choice); },
          "Colour the output; auto: on a terminal, unless NO_COLOR is set")
      ->check(CLI::IsMember(std::vector<std::string>{"auto", "always", "never"}))
      ->type_name("WHEN")
      ->default_str("auto");
  program.add_flag("--ascii", options.ascii, "Draw with ASCII characters alone");
}

std::string message_of(const CLI::App& program, const CLI::ParseError& error) {
  const std::vector<std::string> unknown = program.remaining();
  if (!program.get_subcommands().empty() || unknown.empty()) return error.what();
  std::string message = "unknown command '" + unknown.front() + "'; expected one of";
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
    message += " " + command->get_name();
  }
  return message;
}

/// Help and version are no errors; everything else that CLI11 throws is a wrong call.
Exit end_of_parsing(const CLI::App& program, const CLI::ParseError& error, Terminal& terminal) {
  if (error.get_exit_code() == 0) {
    std::ostringstream out;
    program.exit(error, out, out);
    terminal.write(out.str());
    return Exit::fine;
  }
  std::string call = "heapyard";
  for (const CLI::App* command : program.get_subcommands()) call += " " + command->get_name();
  terminal.write_error(terminal.error_ink(Ink::strong, "heapyard:") + " " + terminal.error_ink(Ink::fault, "error:") +
                       " " + message_of(program, error) + "\nTry: " + call + " --help\n");
  return Exit::usage;
}

Exit run_command(CLI::App& program, const GlobalOptions& options, const std::vector<Command>& commands, int count,
                 char** arguments) {
  try {
    program.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    Terminal terminal(options.color, options.ascii);
    const Exit result = end_of_parsing(program, error, terminal);
    return terminal.finish() ? result : Exit::usage;
  }
  Terminal terminal(options.color, options.ascii);
  Exit result = Exit::usage;
  for (const Command& command : commands) {
    if (command.app->parsed()) result = command.run(terminal);
  }
  return terminal.finish() ? result : Exit::usage;
}

}  // namespace

int run(int argument_count, char** arguments) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves is seen by the write that fails
  GlobalOptions options;
  CLI::App program(description, "heapyard");
  program.footer(footer);
  program.fallthrough();
  program.require_subcommand(1);
  program.get_formatter()->column_width(28);
  add_global_options(program, options);
  std::vector<Command> commands;
  for (const CommandMaker make : all_commands) commands.push_back(make(program));
  return static_cast<int>(run_command(program, options, commands, argument_count, arguments));
}

}  // namespace heapyard::cli
