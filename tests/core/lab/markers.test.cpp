// `m = mark` and `release m` in scripts.
#include "heapyard/lab/lab.hpp"
#include "heapyard/lab/race.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_words.hpp"

#include "support/catch.hpp"
#include "support/lab_check.hpp"

#include <string>

using namespace heapyard;

namespace {

const std::string frame =
    "level = malloc 96\n"
    "m = mark\n"
    "a = malloc 24\n"
    "b = malloc 40\n"
    "c = malloc 16\n"
    "release m\n"
    "d = malloc 8\n";

Lab on(std::string_view allocator, const std::string& script, std::uint32_t step, std::uint64_t arena = 1024) {
  Lab lab = Lab::run(script, allocator, arena);
  CHECK(lab.problems().empty());
  lab.history().seek(step);
  return lab;
}

std::string sentence(std::string_view allocator, const std::string& script, std::uint32_t step) {
  return step_sentence(on(allocator, script, step));
}

}  // namespace

TEST_CASE("A release of a marker gives back all that lies above it, in one step", "[markers][stack]") {
  Lab lab = on("stack", frame, 5);
  CHECK(lab.history().statistics().live_blocks == 4);
  lab.history().forward();
  const Statistics after = lab.history().statistics();
  CHECK(after.live_blocks == 1);
  CHECK(after.live_bytes == 96);
  CHECK(after.deallocations == 3);
  CHECK(test::wrong_in_lab(lab, 1) == "");
  for (const AllocationId id : {2U, 3U, 4U}) CHECK(lab.history().trace().allocation(id).freed_step == 6);
  CHECK(lab.history().trace().allocation(1).live());
  CHECK(lab.history().trace().faults.size() == 2);  // level and d leak, and nothing else
}

TEST_CASE("Marks and releases say what they did", "[markers][stack]") {
  CHECK(sentence("stack", frame, 2) == "m marks the top, at 0x088: a release of it gives back all that comes above.");
  CHECK(sentence("stack", frame, 6) == "m is released with all that lay above it: 3 allocations of 80 bytes.");
  CHECK(sentence("stack", "m = mark\nrelease m\n", 2) == "m is released; nothing lay above it.");
  CHECK(sentence("stack", "m = mark\na = malloc 1\nrelease m\n", 3) ==
        "m is released with all that lay above it: one allocation of 1 byte.");
  Lab lab = on("stack", frame, 6);
  CHECK(call_text(lab, 2) == "m = mark");
  CHECK(call_text(lab, 6) == "release m");
}

TEST_CASE("An allocator without markers gives none, and the null that it gives releases nothing", "[markers]") {
  for (const char* allocator : {"free-list", "pool:128", "bump", "buddy", "slab", "tlsf"}) {
    CAPTURE(allocator);
    CHECK(sentence(allocator, frame, 2) == "Only a stack has markers: the result is null.");
    CHECK(sentence(allocator, frame, 6) == "The marker is null: nothing to release.");
    Lab lab = on(allocator, frame, 6, 4096);
    CHECK(lab.history().statistics().failed_allocations == 1);
    CHECK(lab.history().statistics().live_blocks == 4);
  }
}

TEST_CASE("What is no marker is not released, and a fault says so", "[markers][fault]") {
  for (const char* script : {"m = mark\nrelease m\nrelease m\n", "a = malloc 8\nx = mark\nrelease a\n"}) {
    CAPTURE(script);
    Lab lab = on("stack", script, 3);
    const auto faults = faults_of_step(lab, Moment::step);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].kind == FaultKind::foreign_pointer);
    CHECK_THAT(fault_words(lab, faults[0]).message, test::contains("no marker stands there"));
  }
}

TEST_CASE("What was refused out of order can still be given back by a marker below it", "[markers][fault]") {
  const Lab lab = on("stack", "m = mark\na = malloc 8\nb = malloc 8\nfree a\nrelease m\n", 5);
  REQUIRE(lab.history().trace().faults.size() == 1);
  CHECK(lab.history().trace().faults[0].kind == FaultKind::out_of_order);
  CHECK(lab.history().statistics().live_blocks == 0);
}

TEST_CASE("Use of what a marker gave back is a use after free, and its release a double free", "[markers][fault]") {
  const Lab lab = on("stack", "m = mark\na = malloc 8\nrelease m\nwrite a 0 \"x\"\nfree a\n", 5);
  REQUIRE(lab.history().trace().faults.size() == 2);
  CHECK(lab.history().trace().faults[0].kind == FaultKind::use_after_free);
  CHECK(lab.history().trace().faults[1].kind == FaultKind::double_free);
}

TEST_CASE("A guard byte that was overwritten above a marker is found when the marker is released",
          "[markers][damage]") {
  Lab lab = on("stack", "m = mark\na = malloc 9\nb = malloc 8\nrelease m\n", 2);
  const Offset guard = lab.history().trace().allocation(1).payload + 9;
  const std::string script =
      "m = mark\na = malloc 9\nb = malloc 8\npoke " + std::to_string(guard) + " \"!\"\nrelease m\n";
  Lab damaged = on("stack", script, 5);
  REQUIRE_FALSE(faults_of_step(damaged, Moment::step).empty());
  CHECK(faults_of_step(damaged, Moment::step)[0].kind == FaultKind::damage);
}

TEST_CASE("The bytes of what a marker gave back have it in their biography", "[markers][history]") {
  Lab lab = on("stack", frame, 7);
  const Allocation& b = lab.history().trace().allocation(3);
  const std::vector<Episode> episodes = lab.history().biography({b.payload, b.size});
  REQUIRE(episodes.size() == 2);
  CHECK(episodes[1].kind == EpisodeKind::freed);
  CHECK(episodes[1].step == 6);
}

TEST_CASE("A race tells which allocators have markers", "[markers][race]") {
  const Race race = Race::run(frame, {"stack", "free-list"}, 4096);
  CHECK(race.first_divergence() == 2);
  CHECK(race.lanes()[0].result.failed_at == 0);
  CHECK(race.lanes()[1].result.failed_at == 2);
}
