#include "support/catch.hpp"
#include "support/program.hpp"

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

using namespace heapyard::test;
using Json = nlohmann::json;

TEST_CASE("lessons lists every lesson, for readers and for scripts", "[cli][lesson]") {
  const ProgramRun list = run_program("lessons");
  REQUIRE(list.exit_code == 0);
  REQUIRE_THAT(list.out, contains("1  malloc-free"));
  const Json json = Json::parse(run_program("lessons --json").out);
  REQUIRE(json.is_array());
  REQUIRE(json.at(0).at("id") == "malloc-free");
  REQUIRE(json.at(0).at("title") == "malloc and free");
  REQUIRE(json.at(0).at("steps").get<int>() > 10);
}

TEST_CASE("A lesson that is piped prints whole: story, steps, and what comes after", "[cli][lesson]") {
  const ProgramRun run = run_program("lesson malloc-free");
  REQUIRE(run.exit_code == 0);
  for (const char* part : {"You will be able to", "Every block of the heap begins with a call.", "Step 1 of ",
                           "char* name = static_cast<char*>(std::malloc(8));", "malloc gives 8 bytes at 0x020",
                           "main returns", "In the wild", "Further reading"})
    REQUIRE_THAT(run.out, contains(part));
  REQUIRE(run.out.find("\x1b[") == std::string::npos);
}

TEST_CASE("The paragraph that leads to a step stands before it, each once", "[cli][lesson]") {
  const std::string out = run_program("lesson malloc-free").out;
  const std::size_t paragraph = out.find("Every block of the heap begins with a call.");
  REQUIRE(paragraph < out.find("Step 2 of "));
  REQUIRE(paragraph > out.find("Step 1 of "));
  REQUIRE(out.find("Every block of the heap begins with a call.", paragraph + 1) == std::string::npos);
}

TEST_CASE("One step shows its line, what it did, the stack and the heap", "[cli][lesson]") {
  const ProgramRun run = run_program("lesson --step 12 malloc-free", "", "LANG=C.UTF-8");
  REQUIRE(run.exit_code == 0);
  REQUIRE_THAT(run.out, contains("Step 12 of "));
  REQUIRE_THAT(run.out, contains("std::strcat(name, \"yard\");"));
  REQUIRE_THAT(run.out, contains("name is \"heapyard\"."));
  REQUIRE_THAT(run.out, contains("counts  int[4]  {0, 7, 0, 0}"));
}

TEST_CASE("A lesson as JSON has every step with its stack and its heap", "[cli][lesson][json]") {
  const Json json = Json::parse(run_program("lesson --json malloc-free").out);
  REQUIRE(json.at("id") == "malloc-free");
  REQUIRE(json.at("arena_bytes") == 4096);
  const Json& steps = json.at("steps");
  REQUIRE(steps.size() > 10);
  for (const Json& step : steps) {
    for (const char* key : {"step", "line", "kind", "fault", "sentence", "printed", "stack", "heap"})
      REQUIRE(step.contains(key));
  }
  REQUIRE(steps.at(0).at("line").is_null());
  const Json& variable = steps.at(2).at("stack").at(0).at("variables").at(0);
  REQUIRE(variable.at("name") == "name");
  REQUIRE(variable.at("points_to") == 32);
  REQUIRE(steps.at(2).at("heap").at(0).at("offset") == 32);
  REQUIRE(json.at("leaks").empty());
}

TEST_CASE("On a terminal a lesson is turned page by page: Enter goes on, b goes back, q ends",
          "[cli][lesson][interactive]") {
  const std::vector<std::pair<std::string, std::string>> keys = {
      {"", "1 of 26"},         {"\r", "2 of 26"},      {"\r\r \x1b[C", "5 of 26"}, {"\r\rb", "2 of 26"},
      {"b", "1 of 26"},        {"\x1b[F", "26 of 26"}, {"\x1b[F\r", "26 of 26"},   {"\x1b[F\x1b[H", "1 of 26"},
      {"\r\r\x7f", "2 of 26"}, {"x", "1 of 26"},
  };
  for (const auto& [typed, page] : keys) {
    CAPTURE(typed);
    TerminalSession session("\"$HEAPYARD\" lesson malloc-free", "TERM=xterm LANG=C.UTF-8 NO_COLOR=1");
    REQUIRE(session.wait_for("\x1b[?1049h"));
    session.type(typed + "q");
    const ProgramRun run = session.finish();
    REQUIRE(run.exit_code == 0);
    REQUIRE_THAT(run.out.substr(run.out.rfind("\x1b[H")), contains(page));
  }
}

TEST_CASE("The quiz takes an answer before each step, and tells right from wrong", "[cli][lesson][quiz]") {
  const ProgramRun good = run_program("lesson --quiz malloc-free", "0x30\n0x50\n4064\n");
  REQUIRE(good.exit_code == 0);
  REQUIRE_THAT(good.out, contains("3 of 3 right."));
  const ProgramRun bad = run_program("lesson --quiz malloc-free", "0x28\n0x20\nnone\n");
  REQUIRE_THAT(bad.out, contains("No: 0x030. There ends the block of name."));
  REQUIRE_THAT(bad.out, contains("No: 0x050. It could stay only if"));
  REQUIRE_THAT(bad.out, contains("0 of 3 right."));
  REQUIRE(run_program("lesson --quiz malloc-free", "").exit_code == 0);
}

TEST_CASE("Another arena is another run, and what it answers follows", "[cli][lesson][quiz]") {
  const ProgramRun run = run_program("lesson --quiz --arena 2048 malloc-free", "0x30\n0x50\n2016\n");
  REQUIRE_THAT(run.out, contains("3 of 3 right."));
}

TEST_CASE("What lesson cannot do is told, and ends with 2", "[cli][lesson][errors]") {
  const ProgramRun unknown = run_program("lesson nowhere");
  REQUIRE(unknown.exit_code == 2);
  REQUIRE_THAT(unknown.err, contains("there is no lesson `nowhere`; there are malloc-free"));
  REQUIRE_THAT(run_program("lesson --step 999 malloc-free").err, contains("--step 999: there are only "));
  for (const char* call :
       {"lesson", "lesson --step x malloc-free", "lesson --step -1 malloc-free", "lesson --arena 1 malloc-free",
        "lesson --arena 99999999 malloc-free", "lesson --json --quiz malloc-free", "lessons --banana"})
    REQUIRE(run_program(call).exit_code == 2);
}

TEST_CASE("run-all runs every lesson and ends in one line that says so", "[cli][lesson]") {
  const ProgramRun run = run_program("run-all");
  REQUIRE(run.exit_code == 0);
  REQUIRE_THAT(run.out, contains("1. malloc and free\nheap\nheapyard\nno memory\n"));
  const std::size_t count = Json::parse(run_program("lessons --json").out).size();
  REQUIRE_THAT(run.out, contains("All " + std::to_string(count) + " lessons ran.\n"));
  REQUIRE(run.out.ends_with("lessons ran.\n"));
}
