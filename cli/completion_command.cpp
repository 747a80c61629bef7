// `heapyard completion`: scripts for shells, made from the program's own options, so that they cannot drift from them.
#include "commands.hpp"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heapyard::cli {
namespace {

struct OptionFacts {
  std::vector<std::string> names;  ///< with their dashes; empty for a positional argument
  std::string description;
  bool takes_value = false;
  std::vector<std::string> choices;  ///< of the value; none: a file
};

struct CommandFacts {
  std::string name;
  std::string description;
  std::vector<OptionFacts> options;
};

/// CLI11 tells the choices of an option in its type name alone: `WHEN:{auto,always,never}`.
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

CommandFacts facts_of(const CLI::App& app) {
  CommandFacts facts{app.get_name(), app.get_description(), {}};
  for (const CLI::Option* option : app.get_options()) {
    OptionFacts found{{}, option->get_description(), option->get_items_expected_max() > 0, choices_of(*option)};
    for (const std::string& name : option->get_snames()) found.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) found.names.push_back("--" + name);
    facts.options.push_back(std::move(found));
  }
  return facts;
}

/// The program first, without a name that is typed, then its subcommands.
std::vector<CommandFacts> all_facts(const CLI::App& program) {
  std::vector<CommandFacts> commands = {facts_of(program)};
  commands[0].name.clear();
  for (const CLI::App* app : program.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(facts_of(*app));
    // The program's options are also taken behind the command.
    for (const OptionFacts& option : commands[0].options) {
      bool known = false;
      for (const OptionFacts& own : commands.back().options) known = known || own.names == option.names;
      if (!known) commands.back().options.push_back(option);
    }
  }
  return commands;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// For single quotes of a shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char character : text) {
    if (character == '\'') {
      result += "'\\''";
    } else {
      result += character;
    }
  }
  return result + "'";
}

std::string for_bash(const std::vector<CommandFacts>& commands) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < commands.size(); ++i) names.push_back(commands[i].name);
  std::string values;
  std::string words;
  for (const CommandFacts& command : commands) {
    std::vector<std::string> dashed;
    std::string arguments = command.name.empty() ? joined(names, " ") : "";
    for (const OptionFacts& option : command.options) {
      dashed.insert(dashed.end(), option.names.begin(), option.names.end());
      if (option.names.empty()) {
        arguments = joined(option.choices, " ");
      } else if (option.takes_value) {
        std::vector<std::string> patterns;
        for (const std::string& name : option.names) patterns.push_back(command.name + ":" + name);
        values += fmt::format("    {}) words='{}' ;;\n", joined(patterns, "|"), joined(option.choices, " "));
      }
    }
    words += fmt::format("      {}:-*) words='{}' ;;\n      {}:*) words='{}' ;;\n", command.name, joined(dashed, " "),
                         command.name, arguments);
  }
  return fmt::format(R"(# bash completion of heapyard: source <(heapyard completion bash)
_heapyard() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= words= i
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case $command:$prev in
{}    *) case $command:$cur in
{}    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -o default -F _heapyard heapyard
)",
                     joined(names, "|"), values, words);
}

/// One argument of zsh's _arguments: `{-h,--help}'[text]:value:(a b)'`.
std::string zsh_argument(const OptionFacts& option) {
  std::string description;
  for (const char character : option.description) {
    if (character == '[' || character == ']' || character == ':') description += '\\';
    description += character;
  }
  const std::string value = option.choices.empty() ? ":_files" : ":(" + joined(option.choices, " ") + ")";
  if (option.names.empty()) return quoted("*:" + description + value);
  const std::string text = "[" + description + "]" + (option.takes_value ? ":value" + value : "");
  if (option.names.size() == 1) return quoted(option.names[0] + text);
  return "{" + joined(option.names, ",") + "}" + quoted(text);
}

std::string for_zsh(const std::vector<CommandFacts>& commands) {
  std::string globals;
  for (const OptionFacts& option : commands[0].options) globals += "    " + zsh_argument(option) + " \\\n";
  std::string list;
  std::string cases;
  for (std::size_t i = 1; i < commands.size(); ++i) {
    list += "    " + quoted(commands[i].name + ":" + commands[i].description) + "\n";
    cases += fmt::format("    {}) _arguments", commands[i].name);
    for (const OptionFacts& option : commands[i].options) cases += " \\\n      " + zsh_argument(option);
    cases += " ;;\n";
  }
  return fmt::format(R"(#compdef heapyard
# zsh completion of heapyard: source <(heapyard completion zsh)
_heapyard() {{
  local curcontext=$curcontext state line
  local -a commands=(
{}  )
  _arguments -C \
{}    '1: :->command' '*:: :->arguments'
  case $state in
    command) _describe command commands ;;
    arguments) case $line[1] in
{}    esac ;;
  esac
}}
if [[ $funcstack[1] == _heapyard ]]; then _heapyard "$@"; else compdef _heapyard heapyard; fi
)",
                     list, globals, cases);
}

std::string fish_line(const std::string& condition, const OptionFacts& option) {
  std::string line = "complete -c heapyard -n " + quoted(condition);
  for (const std::string& name : option.names) {
    line += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.choices.empty())
    line += (option.names.empty() ? " -f -a " : " -x -a ") + quoted(joined(option.choices, " "));
  if (option.choices.empty() && (option.takes_value || option.names.empty()))
    line += option.names.empty() ? " -F" : " -r";
  return line + " -d " + quoted(option.description) + "\n";
}

std::string for_fish(const std::vector<CommandFacts>& commands) {
  std::string text = "# fish completion of heapyard: heapyard completion fish | source\n";
  for (const OptionFacts& option : commands[0].options) text += fish_line("__fish_use_subcommand", option);
  for (std::size_t i = 1; i < commands.size(); ++i) {
    text += "complete -c heapyard -f -n __fish_use_subcommand -a " + commands[i].name + " -d " +
            quoted(commands[i].description) + "\n";
    for (const OptionFacts& option : commands[i].options) {
      text += fish_line("__fish_seen_subcommand_from " + commands[i].name, option);
    }
  }
  return text;
}

}  // namespace

Command completion_command(CLI::App& program) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("completion", "Write a completion script for a shell");
  command->footer(
      "Examples:\n"
      "  source <(heapyard completion bash)\n"
      "  heapyard completion zsh > ~/.zfunc/_heapyard\n"
      "  heapyard completion fish > ~/.config/fish/completions/heapyard.fish");
  command->add_option("SHELL", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>{"bash", "zsh", "fish"}))
      ->type_name("");
  return {command, [shell, &program](Terminal& terminal) {
            const std::vector<CommandFacts> commands = all_facts(program);
            terminal.write(*shell == "bash"  ? for_bash(commands)
                           : *shell == "zsh" ? for_zsh(commands)
                                             : for_fish(commands));
            return Exit::fine;
          }};
}

}  // namespace heapyard::cli
