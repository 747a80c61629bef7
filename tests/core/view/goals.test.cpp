#include "heapyard/view/goals.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace heapyard;

namespace {

Quantity seven(std::string_view name) {
  if (name == "seven") return {7, "there are seven"};
  return {{}, "there is none of these"};
}

std::string said(const ExerciseResult& result, std::size_t goal) {
  return result.goals.at(goal).said;
}

std::vector<bool> met(const ExerciseResult& result) {
  std::vector<bool> goals;
  for (const GoalResult& each : result.goals) goals.push_back(each.met);
  return goals;
}

}  // namespace

TEST_CASE("A goal compares a quantity with a number or another quantity", "[exercise]") {
  REQUIRE(judge("seven = 7", seven).met);
  REQUIRE(judge("seven >= 7", seven).met);
  REQUIRE(judge("seven <= 7", seven).met);
  REQUIRE(judge("seven = seven", seven).met);
  REQUIRE_FALSE(judge("seven = 8", seven).met);
  REQUIRE_FALSE(judge("seven >= 8", seven).met);
  REQUIRE_FALSE(judge("seven <= 6", seven).met);
}

TEST_CASE("A goal says what was found, and when it is not met, what was wanted", "[exercise]") {
  REQUIRE(judge("seven = 7", seven).said == "there are seven");
  REQUIRE(judge("seven = 8", seven).said == "there are seven; wanted: 8");
  REQUIRE(judge("seven >= 8", seven).said == "there are seven; wanted: at least 8");
  REQUIRE(judge("seven <= 6", seven).said == "there are seven; wanted: at most 6");
  REQUIRE(judge("8 = seven", seven).said == "8, and there are seven");
}

TEST_CASE("What is said of a script names the variables and the lines that made it so", "[exercise]") {
  const ExerciseResult result = check_heap_exercise(
      "a = malloc 40\nb = malloc 24\nfree a\nfree a\nbig = malloc 4000\nc = malloc 8\n", "free-list", 256,
      {"size of a = 40", "size of b = 32", "size of big = 4000", "size of d = 1", "address of c = address of b",
       "alignment of b >= 64", "faults = 0", "double_free faults = 2", "use_after_free faults = 1", "leaks = 0",
       "live blocks = 0", "allocations = 4", "failed allocations = 0", "calls = 5", "high-water mark = 40"});
  REQUIRE(said(result, 0) == "a (line 1) is given back in line 3; wanted: 40");
  REQUIRE(said(result, 1) == "b (line 2) has 24 bytes; wanted: 32");
  REQUIRE_THAT(said(result, 2), test::contains("line 5 gives big no block. No free block has room for 4000 bytes"));
  REQUIRE(said(result, 3) == "no line gives d a block");
  REQUIRE(said(result, 4) == "c (line 6) lies at 0x020, and b (line 2) lies at 0x050");
  REQUIRE(said(result, 5) == "b (line 2) begins at 0x050, a multiple of 16 and not of 32; wanted: at least 64");
  REQUIRE(said(result, 6) == "1 fault is found: double free (line 4); wanted: 0");
  REQUIRE(said(result, 7) == "1 double free fault is found: line 4; wanted: 2");
  REQUIRE(said(result, 8) == "no use after free fault is found; wanted: 1");
  REQUIRE(said(result, 9) == "2 blocks are never given back: b (line 2), c (line 6); wanted: 0");
  REQUIRE(said(result, 10) == "2 blocks live at the end: b (line 2), c (line 6); wanted: 0");
  REQUIRE(said(result, 11) == "3 allocations succeed, and 1 allocation fails: line 5; wanted: 4");
  REQUIRE(said(result, 12) == "1 allocation fails: line 5; wanted: 0");
  REQUIRE(said(result, 13) == "6 calls are made; wanted: 5");
  REQUIRE(said(result, 14) == "64 bytes live at once after line 2; wanted: 40");
}

TEST_CASE("A long list of blocks is cut", "[exercise]") {
  const ExerciseResult result =
      check_heap_exercise("a = malloc 8\nb = malloc 8\nc = malloc 8\nd = malloc 8\ne = malloc 8\nf = malloc 8\n",
                          "free-list", 512, {"leaks = 0"});
  REQUIRE(said(result, 0) ==
          "6 blocks are never given back: a (line 1), b (line 2), c (line 3), d (line 4) and 2 more; wanted: 0");
}

TEST_CASE("What is said of a struct names its members, their lines and the ABI", "[exercise]") {
  const ExerciseResult result =
      check_struct_exercise("struct R {\n  char a;\n  long b;\n};\n",
                            {"size of R = 12", "offset of R.b on wasm32 = 8", "size of R.b = 4", "padding of R = 0",
                             "size of R.z = 1", "size of Q = 1", "members of R = 3", "size of R on vax = 1"});
  REQUIRE(said(result, 0) == "R has 16 bytes on x86_64; wanted: 12");
  REQUIRE(said(result, 1) == "b (line 3) begins at 4 on wasm32; wanted: 8");
  REQUIRE(said(result, 2) == "b (line 3) has 8 bytes on x86_64; wanted: 4");
  REQUIRE(said(result, 3) == "7 bytes of R are padding on x86_64, the first behind a (line 2); wanted: 0");
  REQUIRE(said(result, 4) == "R has no member z");
  REQUIRE(said(result, 5) == "there is no struct Q");
  REQUIRE(said(result, 6) == "R has 2 members; wanted: 3");
  REQUIRE(said(result, 7) == "there is no ABI vax");
}

TEST_CASE("A goal that is none, or speaks of what is not there, is not met and says so", "[exercise]") {
  REQUIRE_FALSE(judge("seven", seven).met);
  REQUIRE_FALSE(judge("= 7", seven).met);
  REQUIRE_FALSE(judge("", seven).met);
  const GoalResult result = judge("eight = 8", seven);
  REQUIRE_FALSE(result.met);
  REQUIRE(result.said == "there is none of these");
}

TEST_CASE("A script is judged at its end: sizes, addresses, faults and leaks", "[exercise]") {
  const ExerciseResult result = check_heap_exercise(
      "a = malloc 24\nb = aligned_alloc 64 32\nfree a\nfree a\nc = malloc 24\nwrite c 30 \"x\"\n", "free-list", 1024,
      {"size of a = 0", "address of c = address of a", "alignment of b >= 64", "double_free faults = 1",
       "out_of_bounds faults = 1", "faults = 2", "leaks = 2", "live blocks = 2", "allocations = 3", "size of a = 24"});
  REQUIRE(result.problems.empty());
  REQUIRE(met(result) == std::vector<bool>{true, true, true, true, true, true, true, true, true, false});
  REQUIRE_FALSE(result.solved());
}

TEST_CASE("A script that cannot be read, and an allocator that is none, are problems", "[exercise]") {
  const ExerciseResult result = check_heap_exercise("a = malloc 8\nb = mallok\n", "free-list", 1024, {"leaks = 0"});
  REQUIRE(result.problems.size() == 1);
  REQUIRE(result.problems[0].line == 2);
  REQUIRE(result.goals.empty());
  REQUIRE_FALSE(result.solved());
  REQUIRE_FALSE(check_heap_exercise("a = malloc 8\n", "pool:0", 1024, {}).problems.empty());
}

TEST_CASE("Structs are judged on the ABI that a goal names", "[exercise]") {
  const ExerciseResult result = check_struct_exercise(
      "struct R { long a; void* b; char c; };",
      {"size of R = 24", "size of R on msvc_x64 = 24", "size of R on wasm32 = 12", "offset of R.b on msvc_x64 = 8",
       "size of R.a on msvc_x64 = 4", "padding of R = 7", "members of R = 3", "alignment of R on i386 = 4",
       "size of R on vax = 1", "size of Q = 1", "size of R.z = 1"});
  REQUIRE(met(result) == std::vector<bool>{true, true, true, true, true, true, true, true, false, false, false});
  REQUIRE(check_struct_exercise("struct R {", {"size of R = 0"}).problems.size() == 1);
}

TEST_CASE("A program is played with the reader's choice and judged by what it leaves and prints", "[exercise]") {
  const std::vector<std::string> goals = {"leaks = 0", "printed = 2", "faults = 0"};
  REQUIRE(met(check_program_exercise("smart-pointers", "neither", goals)) == std::vector<bool>{false, true, true});
  REQUIRE(met(check_program_exercise("smart-pointers", "to-child", goals)) == std::vector<bool>{true, false, true});
  REQUIRE(met(check_program_exercise("smart-pointers", "both", goals)) == std::vector<bool>{true, false, true});
  REQUIRE(check_program_exercise("smart-pointers", "to-parent", goals).solved());
  REQUIRE(check_program_exercise("malloc-free", "x", goals).problems.size() == 1);
  REQUIRE(said(check_program_exercise("smart-pointers", "neither", goals), 0) ==
          "2 blocks are never given back: parent (line 24), child (line 26); wanted: 0");
  REQUIRE(said(check_program_exercise("smart-pointers", "both", goals), 1) ==
          "the last number that it prints is 0; wanted: 2");
}
