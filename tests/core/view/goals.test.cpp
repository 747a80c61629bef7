#include "heapyard/view/goals.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace heapyard;

namespace {

std::optional<std::uint64_t> seven(std::string_view name) {
  return name == "seven" ? std::optional<std::uint64_t>(7) : std::nullopt;
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
  REQUIRE(judge("seven = 8", seven).said == "seven is 7");
}

TEST_CASE("A goal that is none, or speaks of what is not there, is not met and says so", "[exercise]") {
  REQUIRE_FALSE(judge("seven", seven).met);
  REQUIRE_FALSE(judge("= 7", seven).met);
  REQUIRE_FALSE(judge("", seven).met);
  const GoalResult result = judge("eight = 8", seven);
  REQUIRE_FALSE(result.met);
  REQUIRE(result.said == "there is no eight yet");
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
}
