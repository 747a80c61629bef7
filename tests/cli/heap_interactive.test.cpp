#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace heapyard::test;

namespace {

const std::string script =
    "# the story\n"
    "a = malloc 40\n"
    "b = malloc 64\n"
    "free a\n"
    "free a\n"
    "c = malloc 16\n"
    "free b\n";

constexpr const char* entered = "\x1b[?1049h";
constexpr const char* left = "\x1b[?1049l";
constexpr const char* environment = "TERM=xterm LANG=C.UTF-8 NO_COLOR=1";

/// What the last screen showed, after these keys and q.
struct Stepped {
  ProgramRun run;
  std::string screen;
};
Stepped after(const std::string& keys, const std::string& options = "", const std::string& before = "") {
  const ScratchDirectory scratch;
  TerminalSession session(before + "\"$HEAPYARD\" heap --interactive --arena 512 " + options + " '" +
                              scratch.write("story.heap", script) + "'",
                          environment);
  REQUIRE(session.wait_for(entered));
  session.type(keys + "q");
  Stepped result;
  result.run = session.finish();
  const std::size_t begin = result.run.out.rfind("\x1b[H");
  const std::size_t end = result.run.out.rfind(left);
  INFO(result.run.out);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  REQUIRE(end > begin);
  result.screen = result.run.out.substr(begin, end - begin);
  return result;
}

}  // namespace

TEST_CASE("--interactive steps with keys, both ways", "[cli][heap][interactive]") {
  const std::vector<std::pair<std::string, int>> keys = {
      {"", 0},       {"l", 1},       {"nn", 2},           {"   ", 3},         {"lh", 0},
      {"h", 0},      {"\x1b[C", 1},  {"\x1b[C\x1bOC", 2}, {"ll\x1b[D", 1},    {"lllp", 2},
      {"\x1b[F", 6}, {"\x1b[Fh", 5}, {"\x1b[F\x1b[H", 0}, {"\x1b[6~", 6},     {"\x1b[F\x1b[5~", 0},
      {"g3\r", 3},   {"g4\n", 4},    {"g12\x7f\r", 1},    {"g5\x1b[Dl\r", 5}, {"lg\r", 1},
      {"f", 4},      {"\x1b[FF", 4}, {"\x1b[Z\x01l", 1},
  };
  for (const auto& [typed, step] : keys) {
    CAPTURE(typed);
    const Stepped stepped = after(typed);
    REQUIRE_THAT(stepped.screen, contains("step " + std::to_string(step) + " of 6"));
    REQUIRE(stepped.run.exit_code == 1);
  }
}

TEST_CASE("The screen shows the line that runs, what it did, the map, the numbers and the fault",
          "[cli][heap][interactive]") {
  const Stepped first = after("l");
  REQUIRE_THAT(first.screen, contains("▶     2  a = malloc 40"));
  REQUIRE_THAT(first.screen, contains("▶a·40"));
  REQUIRE_THAT(first.screen, contains("in use  high water"));
  const Stepped fault = after("f");
  REQUIRE_THAT(fault.screen, contains("▶     5  free a"));
  REQUIRE_THAT(fault.screen, contains("✗ Double free of a"));
  REQUIRE_THAT(after("\x1b[F").screen, contains("✗ Leak of c"));
  REQUIRE_THAT(after("lw").screen, contains("Took the free block at "));
  REQUIRE_THAT(after("w").screen, contains("No inner steps"));
  REQUIRE_THAT(after("lww").screen, contains("a = malloc 40"));
  REQUIRE_THAT(after("?x").run.out, contains("a step forward"));
  REQUIRE_THAT(after("g77\r").screen, contains("There are only 6 steps."));
  REQUIRE_THAT(after("ff").screen, contains("step 6 of 6"));
  REQUIRE_THAT(after("fff").screen, contains("No fault after this step."));
  REQUIRE_THAT(after("y").screen, contains("? shows the keys."));
  REQUIRE_THAT(after("l", "--step 3").screen, contains("step 4 of 6"));
}

TEST_CASE("The terminal is given back on q, on Ctrl-C and on a signal", "[cli][heap][interactive]") {
  const ScratchDirectory scratch;
  const std::string file = scratch.write("story.heap", script);
  const std::string pid_file = scratch.file("pid");
  for (const std::string ending : {"q", "\x03", "\x04", "TERM", "HUP", "INT", "SEGV"}) {
    CAPTURE(ending);
    // What the terminal is like afterwards, stty tells.
    TerminalSession session(
        "sh -c 'echo $$ >\"" + pid_file + "\"; exec \"$HEAPYARD\" heap -i \"" + file + "\"'; echo ended; stty -a",
        environment);
    REQUIRE(session.wait_for("q quit"));
    if (ending.size() == 1) {
      session.type(ending);
    } else {
      REQUIRE(run_shell("kill -" + ending + " $(cat '" + pid_file + "')").exit_code == 0);
    }
    const ProgramRun run = session.finish();
    INFO(run.out);
    const std::size_t end = run.out.rfind("ended");
    REQUIRE(end != std::string::npos);
    REQUIRE(run.out.rfind(left, end) != std::string::npos);
    REQUIRE(run.out.rfind("\x1b[?25h", end) != std::string::npos);
    for (const char* setting : {"icanon", "echo", "isig", "icrnl"}) {
      REQUIRE_THAT(run.out.substr(end), contains(setting));
      REQUIRE(run.out.find("-" + std::string(setting) + " ", end) == std::string::npos);
    }
  }
}

TEST_CASE("Ctrl-Z gives the terminal to the shell, and it is taken again after", "[cli][heap][interactive]") {
  const ScratchDirectory scratch;
  const std::string file = scratch.write("story.heap", script);
  const std::string pid_file = scratch.file("pid");
  TerminalSession session("echo $$ >'" + pid_file + "'; exec \"$HEAPYARD\" heap -i '" + file + "'", environment);
  REQUIRE(session.wait_for("q quit"));
  session.type("l\x1a");
  REQUIRE(session.wait_for(left));
  const auto state = [&] { return run_shell("ps -o state= -p $(cat '" + pid_file + "')").out.substr(0, 1); };
  // A process group without a shell above it is never stopped from its terminal: then it just goes on.
  REQUIRE((state() == "T" || state() == "S" || state() == "R"));
  run_shell("kill -CONT $(cat '" + pid_file + "')");
  REQUIRE(session.wait_for(entered));
  REQUIRE(session.wait_for("step 1 of 6"));
  session.type("q");
  REQUIRE(session.finish().exit_code == 1);
}

TEST_CASE("--interactive draws on any size of window without leaving it", "[cli][heap][interactive]") {
  for (const std::string size :
       {"rows 24 cols 80", "rows 8 cols 30", "rows 1 cols 20", "rows 3 cols 200", "rows 60 cols 132"}) {
    CAPTURE(size);
    const Stepped stepped = after("llllwlh", "", "stty " + size + "; ");
    REQUIRE(stepped.run.exit_code == 1);
    REQUIRE(std::count(stepped.screen.begin(), stepped.screen.end(), '\n') + 1 == std::stol(size.substr(5)));
  }
}

TEST_CASE("The screen is drawn anew when the window changes", "[cli][heap][interactive]") {
  const ScratchDirectory scratch;
  TerminalSession session(
      "stty rows 30 cols 60; exec \"$HEAPYARD\" heap -i '" + scratch.write("story.heap", script) + "'", environment);
  const auto timeline = [](std::size_t columns) {
    std::string line = "●";
    for (std::size_t at = 1; at < columns; ++at) line += at == 4 * (columns - 1) / 6 || at == columns - 1 ? "✗" : "─";
    return line;
  };
  REQUIRE(session.wait_for(timeline(60) + "\x1b[K"));
  session.resize(30, 44);
  REQUIRE(session.wait_for(timeline(44) + "\x1b[K"));
  session.type("q");
  REQUIRE(session.finish().exit_code == 1);
}

TEST_CASE("--interactive refuses politely where there is no terminal", "[cli][heap][interactive]") {
  const ProgramRun run = run_program("heap --interactive -", script);
  REQUIRE(run.exit_code == 2);
  REQUIRE(run.out.empty());
  REQUIRE(run.err == "heapyard: error: --interactive needs a terminal for its input and its output\n");
}
