#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/svg.hpp"

#include <utility>
#include <vector>

using namespace heapyard::test;

namespace {

const std::string fine = "a = malloc 40\nwrite a 0 \"hello\"\nfree a\n";

}  // namespace

TEST_CASE("heap ends with 0 when all is well, 1 on a fault, 2 on bad input", "[cli][heap]") {
  REQUIRE(run_program("heap -", fine).exit_code == 0);
  REQUIRE(run_program("heap -", "").exit_code == 0);
  REQUIRE(run_program("heap -", "a = malloc 99999999\n").exit_code == 0);
  REQUIRE(run_program("heap -", "a = malloc 8\n").exit_code == 1);
  REQUIRE(run_program("heap -", "free 0x1234\n").exit_code == 1);
  REQUIRE(run_program("heap -", "a = mallock 8\n").exit_code == 2);
  REQUIRE(run_program("heap --svg -", "a = malloc 8\n").exit_code == 1);
}

TEST_CASE("Every mistake of a script is told with file, line, column, the line itself and a mark",
          "[cli][heap][errors]") {
  const ScratchDirectory scratch;
  const std::string file = scratch.write("story.heap", "a = malloc 40\nb = mallok 8\nfree\n");
  for (const char* mode : {"", "--json ", "--svg ", "--step 1 "}) {
    const ProgramRun run = run_program("heap " + std::string(mode) + "'" + file + "'");
    REQUIRE(run.exit_code == 2);
    REQUIRE(run.out.empty());
    REQUIRE_THAT(run.err, contains(file + ":2:5: error: "));
    REQUIRE_THAT(run.err, contains("    2 | b = mallok 8\n      |     ^~~~~~\n"));
    REQUIRE_THAT(run.err, contains(file + ":3:5: error: "));
  }
  const ProgramRun trace = run_program("heap -", "0\n1\n2\n1\na 0 8\nf 7\n");
  REQUIRE(trace.exit_code == 2);
  REQUIRE_THAT(trace.err, contains("<stdin>:6:3: error: "));
}

TEST_CASE("What cannot be set up is told in a sentence and ends with 2", "[cli][heap][errors]") {
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"--allocator first-fit", "there is no allocator `first-fit`"},
      {"--allocator pool", "pool takes its block size"},
      {"--allocator pool:0", "pool takes its block size"},
      {"--allocator pool:x", "pool takes its block size"},
      {"--allocator free-list:8", "free-list takes first-fit"},
      {"--arena 8", "too small"},
      {"--arena 4G", "must be smaller than 4 GiB"},
      {"--arena 0", "`0` is no size"},
      {"--arena 12Q", "`12Q` is no size"},
      {"--arena 99999999999G", "is no size"},
      {"--arena -5", "is no size"},
      {"--step 4", "--step 4: there are only 3 steps"},
      {"--step x", "--step"},
      {"--step -1", "--step"},
      {"--step ''", "`` is no step"},
      {"--step 0x2", "`0x2` is no step"},
      {"--allocator free-list:", "`free-list:` ends where a parameter should follow"},
      {"--json --svg", "excludes"},
      {"--json --interactive", "excludes"},
      {"--svg --interactive", "excludes"},
      {"--interactive", "needs a terminal"},
  };
  for (const auto& [arguments, message] : calls) {
    CAPTURE(arguments);
    const ProgramRun run = run_program("heap - " + arguments, fine);
    REQUIRE(run.exit_code == 2);
    REQUIRE(run.out.empty());
    REQUIRE_THAT(run.err, contains(message));
    REQUIRE_THAT(run.err, contains("heapyard: error: "));
  }
  REQUIRE(run_program("heap", fine).exit_code == 2);
  REQUIRE(run_program("heap nowhere.heap").exit_code == 2);
}

TEST_CASE("--arena takes bytes, and kibibytes and mebibytes under their names", "[cli][heap]") {
  const std::vector<std::pair<std::string, std::string>> sizes = {
      {"1024", "1024"}, {"4K", "4096"}, {"4KiB", "4096"}, {"1M", "1048576"}, {"2MiB", "2097152"}, {"1G", "1073741824"},
  };
  for (const auto& [written, bytes] : sizes) {
    const ProgramRun run = run_program("heap --json --arena " + written + " -", "");
    REQUIRE(run.exit_code == 0);
    REQUIRE_THAT(run.out, contains("\"arena_bytes\": " + bytes + ","));
  }
  const ProgramRun help = run_program("heap --help");
  REQUIRE(help.exit_code == 0);
  REQUIRE_THAT(help.out, contains("64K"));
  REQUIRE_THAT(help.out, contains("MiB"));
  REQUIRE_THAT(help.out, contains("Examples:\n"));
}

TEST_CASE("A trace is recognised by its content, from a file as from a pipe", "[cli][heap]") {
  const std::string trace = "0\n2\n5\n1\na 0 100\na 1 50\nr 0 200\nf 1\nf 0\n";
  const ScratchDirectory scratch;
  const ProgramRun file = run_program("heap --json '" + scratch.write("any.name", trace) + "'");
  const ProgramRun piped = run_program("heap --json -", trace);
  REQUIRE(file.exit_code == 0);
  REQUIRE_THAT(file.out, contains("\"steps\": 5,"));
  REQUIRE(file.out == piped.out);
}

TEST_CASE("A reader that leaves ends the output of heap quietly", "[cli][heap][terminal]") {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "v" + std::to_string(i) + " = malloc 24\n";
  for (const char* mode : {"--json", "--svg", ""}) {
    const ProgramRun run = run_shell(
        "{ \"$HEAPYARD\" heap --arena 4M " + std::string(mode) + " -; echo \"ended with $?\" >&2; } | head -n 1", many);
    REQUIRE_FALSE(run.out.empty());
    REQUIRE(run.err == "ended with 1\n");
  }
}

TEST_CASE("heap --svg writes one picture, of the step that was asked for", "[cli][heap][svg]") {
  for (const char* step : {"0", "1", "2", "3"}) {
    const ProgramRun run = run_program(std::string("heap --svg --arena 512 --step ") + step + " -", fine);
    REQUIRE(run.exit_code == 0);
    REQUIRE(run.err.empty());
    REQUIRE(is_well_formed(run.out));
    REQUIRE(elements(run.out, "svg").size() == 1);
    REQUIRE(run.out.substr(0, 5) == "<svg ");
  }
  REQUIRE_THAT(run_program("heap --svg --step 1 -", fine).out, contains("line 1: a = malloc 40"));

  // Leaks are judged at the end alone, and a step is not the end, even the last.
  const std::string leak = "a = malloc 8\n";
  REQUIRE_THAT(run_program("heap --svg -", leak).out, contains("Leak of a"));
  const ProgramRun step = run_program("heap --svg --step 1 -", leak);
  REQUIRE(step.exit_code == 0);
  REQUIRE(step.out.find("Leak of a") == std::string::npos);
}

TEST_CASE("A run that takes a while shows on a terminal how far it is, and wipes that away", "[cli][heap][rep]") {
  std::string trace = "0\n100000\n200000\n1\n";
  for (int id = 0; id < 100'000; ++id) trace += "a " + std::to_string(id) + " 24\n";
  for (int id = 0; id < 100'000; ++id) trace += "f " + std::to_string(id) + "\n";
  const ScratchDirectory scratch;
  const std::string file = scratch.write("long.rep", trace);
  const ProgramRun shown = run_in_terminal("heap '" + file + "'", "TERM=xterm LANG=C.UTF-8");
  REQUIRE(shown.exit_code == 0);
  const std::size_t last = shown.out.rfind("Running: ");
  REQUIRE(last != std::string::npos);
  REQUIRE(shown.out.find("\r                \r", last) != std::string::npos);
  REQUIRE_THAT(shown.out, contains("End, after 200000 steps"));
  REQUIRE(run_program("heap '" + file + "'").err.empty());
}
