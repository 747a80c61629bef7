#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

using namespace heapyard::test;

namespace {

const std::string story =
    "# reuse after free\n"
    "a = malloc 40\n"
    "b = malloc 64\n"
    "c = calloc 4 18\n"
    "free b\n"
    "d = malloc 20\n"
    "free a\n"
    "free c\n"
    "free d\n";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

}  // namespace

TEST_CASE("heap draws a step: the call, what it did, the bytes in rows, the numbers, the free list",
          "[cli][heap][drawing]") {
  const ProgramRun run = run_program("heap --arena 256 --step 5 -", story, "LANG=C.UTF-8 COLUMNS=80");
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  const std::vector<std::string> lines = lines_of(run.out);
  REQUIRE(lines[0] == "Step 5 of 8  free-list, 256 bytes");
  REQUIRE(lines[1] == "▶ line 6: d = malloc 20");
  REQUIRE_THAT(run.out, contains("\n0x000  ░░░░░░░░░░░░░░░░░░░░░░░░████████a·40▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒\n"));
  REQUIRE_THAT(run.out, contains("\n0x040  ▒▒▒▒▒▒▒▒████████▶d·20▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒╱╱╱╱· free 48 ··············\n"));
  REQUIRE_THAT(run.out, contains("\n0x080  ························████████c·72▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒\n"));
  REQUIRE_THAT(run.out, contains("▔▔▔▔"));
  REQUIRE_THAT(run.out, contains("  132 B   176 B "));
  REQUIRE_THAT(run.out, contains("  in use  high water "));
  REQUIRE_THAT(run.out, contains("  free list: 0x068"));
}

TEST_CASE("The drawing fits the width it has, on narrow terminals and on wide ones", "[cli][heap][drawing]") {
  for (const std::size_t width : {20U, 40U, 60U, 80U, 100U, 120U, 200U, 300U}) {
    for (const char* step : {"0", "3", "5", "8"}) {
      CAPTURE(width, step);
      const ProgramRun run = run_program(std::string("heap --arena 4K --step ") + step + " -", story,
                                         "LANG=C.UTF-8 COLUMNS=" + std::to_string(width));
      REQUIRE(run.exit_code == 0);
      for (const std::string& line : lines_of(run.out)) {
        CAPTURE(line);
        // Below 40 columns a row of 16 bytes, the title and an address decide.
        REQUIRE(code_points(line) <= std::max<std::size_t>(width, 40));
      }
    }
  }
}

TEST_CASE("heap draws in ASCII where the locale has no more, or when asked", "[cli][heap][drawing]") {
  for (const ProgramRun& run : {run_program("heap --arena 512 --step 5 -", story, "LANG=C COLUMNS=80"),
                                run_program("heap --arena 512 --step 5 --ascii -", story, "LANG=C.UTF-8 COLUMNS=80")}) {
    REQUIRE(run.exit_code == 0);
    REQUIRE(is_ascii(run.out));
    REQUIRE_THAT(run.out, contains("0x040  ========########>d:20===============////. free 48 .............."));
    REQUIRE_THAT(run.out, contains("^^^^"));
    REQUIRE_THAT(run.out, contains("> line 6: d = malloc 20"));
  }
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "v" + std::to_string(i) + " = malloc 24\n";
  REQUIRE(is_ascii(run_program("heap --arena 1M -", many, "LANG=C").out));
}

TEST_CASE("heap colours terminals alone, and never under NO_COLOR", "[cli][heap][terminal]") {
  const ScratchDirectory scratch;
  const std::string call = "heap '" + scratch.write("story.heap", story) + "'";
  REQUIRE(run_program(call, "", "TERM=xterm").out.find('\x1b') == std::string::npos);
  REQUIRE_THAT(run_in_terminal(call, "TERM=xterm").out, contains("\x1b["));
  REQUIRE(run_in_terminal(call, "TERM=xterm NO_COLOR=1").out.find('\x1b') == std::string::npos);
}

TEST_CASE("Without --step the end is shown, with every fault in plain words", "[cli][heap][drawing]") {
  const ProgramRun run =
      run_program("heap --arena 512 -", "a = malloc 24\nfree a\nfree a\nb = malloc 16\nbig = malloc 5000\n");
  REQUIRE(run.exit_code == 1);
  REQUIRE_THAT(run.out, contains("End, after 5 steps"));
  REQUIRE_THAT(run.out, contains("Failed: big = malloc 5000  step 5, line 5\n"));
  REQUIRE_THAT(run.out, contains("✗ Double free of a  step 3, line 3\n"));
  REQUIRE_THAT(run.out, contains("Line 3 releases a, but line 2 released it already."));
  REQUIRE_THAT(run.out, contains("An ordinary malloc would"));
  REQUIRE_THAT(run.out, contains("✗ Leak of b  at the end\n"));
  REQUIRE_THAT(run.out, contains("!b·16"));
  const ProgramRun step =
      run_program("heap --arena 512 --step 5 -", "a = malloc 24\nfree a\nfree a\nb = malloc 16\nfree b\n");
  REQUIRE(step.exit_code == 1);
  REQUIRE(step.out.find("Leak") == std::string::npos);
}

TEST_CASE("A long free tail takes a line that says how long it is", "[cli][heap][drawing]") {
  const ProgramRun run = run_program("heap --arena 1M --step 1 -", "a = malloc 40\n", "LANG=C.UTF-8 COLUMNS=80");
  REQUIRE_THAT(run.out, contains(" rows more, all free: "));
  REQUIRE(lines_of(run.out).size() < 20);
}

TEST_CASE("Thousands of blocks are summarised, and one leak among them shows", "[cli][heap][drawing]") {
  std::string script;
  for (int i = 0; i < 5000; ++i) script += "v" + std::to_string(i) + " = malloc 40\n";
  for (int i = 0; i < 5000; ++i) {
    // Every other one, so that no two free blocks coalesce.
    if (i % 2 == 0 && i != 2468) script += "free v" + std::to_string(i) + "\n";
  }
  const ProgramRun middle = run_program("heap --arena 1M --step 7000 -", script, "LANG=C.UTF-8 COLUMNS=80");
  REQUIRE(middle.exit_code == 0);
  REQUIRE_THAT(middle.out, contains("blocks; a character is "));
  REQUIRE(lines_of(middle.out).size() < 45);
  const ProgramRun end = run_program("heap --arena 1M -", script, "LANG=C.UTF-8 COLUMNS=80");
  REQUIRE(end.exit_code == 1);
  REQUIRE_THAT(end.out, contains("!!!!"));
  REQUIRE_THAT(end.out, contains("And 2495 more faults."));
  REQUIRE_THAT(end.out, contains("100040 bytes in 2501 allocations leaked."));
}
