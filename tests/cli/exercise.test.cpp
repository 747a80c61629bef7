#include "support/catch.hpp"
#include "support/program.hpp"

#include <string>

#include <nlohmann/json.hpp>

using namespace heapyard::test;
using Json = nlohmann::json;

namespace {

constexpr const char* solution =
    "a = malloc 24\nb = malloc 24\nc = malloc 40\nd = malloc 16\nx = malloc 24\nfree a\nfree x\ne = malloc "
    "64\n";

}  // namespace

TEST_CASE("exercise tells the task, its goals, and what to begin with", "[cli][exercise]") {
  const ProgramRun run = run_program("exercise malloc-free");
  REQUIRE(run.exit_code == 0);
  for (const char* part :
       {"malloc and free: exercise", "It is solved when", "e has its 64 bytes", "Begin with this:", "e = malloc 64"})
    REQUIRE_THAT(run.out, contains(part));
  REQUIRE(run_program("exercise --start malloc-free").out.rfind("a = malloc 24\n", 0) == 0);
}

TEST_CASE("What the reader begins with does not solve an exercise, a solution does", "[cli][exercise]") {
  const ProgramRun not_yet = run_program("exercise malloc-free -", run_program("exercise --start malloc-free").out);
  REQUIRE(not_yet.exit_code == 1);
  REQUIRE_THAT(not_yet.out, contains("Not yet: 3 of 6 goals are met."));
  REQUIRE_THAT(not_yet.out, contains("line 7 gives e no block. No free block has room for 64 bytes"));
  const ProgramRun solved = run_program("exercise malloc-free -", solution);
  REQUIRE(solved.exit_code == 0);
  REQUIRE_THAT(solved.out, contains("e has its 64 bytes: e (line 8) has 64 bytes"));
  REQUIRE_THAT(solved.out, contains("Solved."));
}

TEST_CASE("An exercise that is a program is played with the reader's choice", "[cli][exercise]") {
  REQUIRE_THAT(run_program("exercise smart-pointers").out, contains("to-parent"));
  REQUIRE(run_program("exercise smart-pointers to-parent").exit_code == 0);
  const ProgramRun wrong = run_program("exercise smart-pointers neither");
  REQUIRE(wrong.exit_code == 1);
  REQUIRE_THAT(wrong.out, contains("nothing leaks: 2 blocks are never given back: parent"));
  const ProgramRun none = run_program("exercise smart-pointers sideways");
  REQUIRE(none.exit_code == 2);
  REQUIRE_THAT(none.err, contains("is none of the choices"));
}

TEST_CASE("An exercise's result is JSON for scripts", "[cli][exercise]") {
  const ProgramRun run = run_program("exercise --json malloc-free -", solution);
  REQUIRE(run.exit_code == 0);
  const Json json = Json::parse(run.out);
  REQUIRE(json.at("solved") == true);
  REQUIRE(json.at("goals").size() == 6);
  REQUIRE(json.at("goals").at(0).at("goal") == "size of e = 64");
  REQUIRE(json.at("problems").empty());
  const ProgramRun broken = run_program("exercise --json malloc-free -", "a = mallok 3\n");
  REQUIRE(broken.exit_code == 2);
  REQUIRE(Json::parse(broken.out).at("problems").at(0).at("line") == 1);
}

TEST_CASE("A mistake in an attempt, and what there is not, are told plainly", "[cli][exercise]") {
  const ProgramRun broken = run_program("exercise malloc-free -", "a = malloc 8\nb = mallok 3\n");
  REQUIRE(broken.exit_code == 2);
  REQUIRE_THAT(broken.err, contains("2:"));
  REQUIRE(run_program("exercise nowhere").exit_code == 2);
  REQUIRE(run_program("exercise malloc-free /nowhere/at/all").exit_code == 2);
  REQUIRE(run_program("exercise --json malloc-free").exit_code == 2);
}

TEST_CASE("The teacher's page has the notes, every answer of this machine, and a solution", "[cli][lesson]") {
  const ProgramRun run = run_program("lesson --teacher malloc-free");
  REQUIRE(run.exit_code == 0);
  for (const char* part : {"for the teacher", "Answers", "0x030", "A solution of the exercise", "free x"})
    REQUIRE_THAT(run.out, contains(part));
}

TEST_CASE("A lesson's sizes stand there for every ABI", "[cli][lesson]") {
  const std::string out = run_program("lesson sizes-and-layout").out;
  REQUIRE_THAT(out, contains("x86_64   aarch64      i386  msvc_x64    wasm32"));
  REQUIRE_THAT(out, contains("long                      8 (8)     8 (8)     4 (4)     4 (4)     4 (4)"));
  REQUIRE_THAT(out, contains("std::vector<T>           24 (8)    24 (8)    12 (4)    24 (8)    12 (4)"));
}

TEST_CASE("What a lesson says of speed is measured when it is told", "[cli][lesson][measure]") {
  const std::string out = run_program("lesson memory-pools").out;
  REQUIRE_THAT(out, contains("Measured on this machine"));
  REQUIRE_THAT(out, contains("Pool, unchecked"));
  REQUIRE_THAT(out, contains("ratio"));
}
