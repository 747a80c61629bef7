#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using heapyard::test::contains;
using heapyard::test::ProgramRun;
using heapyard::test::run_program;
using heapyard::test::run_shell;

namespace {

/// What bash offers behind `words`, the last of which is being typed.
std::vector<std::string> completed(const std::string& words) {
  const ProgramRun run =
      run_shell("bash -c 'source <(\"$HEAPYARD\" completion bash) && COMP_WORDS=(" + words +
                ") && COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && { _heapyard; printf \"%s\\n\" \"${COMPREPLY[@]}\"; }'");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  std::vector<std::string> offers;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) offers.push_back(line);
  }
  return offers;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("bash completes commands, options, their values and the shells", "[cli][completion]") {
  REQUIRE(completed("heapyard lay") == Words{"layout"});
  REQUIRE(completed("heapyard layout --js") == Words{"--json"});
  REQUIRE(completed("heapyard layout --abi \"\"") == Words{"x86_64", "aarch64", "i386", "msvc_x64", "wasm32", "all"});
  REQUIRE(completed("heapyard layout --abi w") == Words{"wasm32"});
  REQUIRE(completed("heapyard layout --abi = m") == Words{"msvc_x64"});
  REQUIRE(completed("heapyard layout --abi all --col") == Words{"--color"});
  REQUIRE(completed("heapyard --color a") == Words{"auto", "always"});
  REQUIRE(completed("heapyard completion \"\"") == Words{"bash", "zsh", "fish"});
  REQUIRE(completed("heapyard layout packet").empty());  // then bash offers files
}

TEST_CASE("bash completes every option that the help names", "[cli][completion]") {
  for (const char* command : {"", "layout", "completion"}) {
    const std::string help = run_program(std::string(command) + " --help").out;
    const Words offers = completed(std::string("heapyard ") + command + " -");
    std::istringstream words(help.substr(help.find("Options:"), help.find("\n\n", help.find("Options:"))));
    std::size_t options = 0;
    for (std::string word; words >> word;) {
      word = word.substr(0, word.find_first_of(",:"));
      if (word.rfind("--", 0) != 0 || word.size() < 3) continue;
      CAPTURE(command, word);
      REQUIRE(std::find(offers.begin(), offers.end(), word) != offers.end());
      ++options;
    }
    REQUIRE((options > 0 || std::string(command) == "completion"));
  }
}

TEST_CASE("The scripts for zsh and fish hold every command and choice", "[cli][completion]") {
  for (const char* shell : {"zsh", "fish"}) {
    const ProgramRun run = run_program(std::string("completion ") + shell);
    REQUIRE(run.exit_code == 0);
    for (const char* word : {"layout", "completion", "abi", "x86_64 aarch64 i386 msvc_x64 wasm32 all", "json", "svg",
                             "color", "auto always never"}) {
      REQUIRE_THAT(run.out, contains(word));
    }
  }
}
