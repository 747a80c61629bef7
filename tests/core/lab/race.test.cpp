#include "heapyard/lab/race.hpp"

#include "heapyard/lab/race_timing.hpp"
#include "heapyard/script/workload.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/race_words.hpp"

#include "support/catch.hpp"
#include "support/lab_check.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace heapyard;
using heapyard::test::contains;

namespace {

const std::vector<std::string> rivals = {"free-list", "free-list:best-fit", "bump", "stack", "buddy", "slab", "tlsf"};

std::string script_of(std::string_view workload, std::uint64_t seed = 1) {
  return write_workload(*find_workload(workload), seed, Workload::default_operations);
}

}  // namespace

TEST_CASE("A lane of a race is what its allocator does alone", "[race]") {
  const std::string text = script_of("sawtooth");
  Race race = Race::run(text, rivals, 65536);
  REQUIRE(race.lanes().size() == rivals.size());
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    CAPTURE(rivals[i]);
    const Lab alone = Lab::run(text, rivals[i], 65536);
    const Lane& lane = race.lanes()[i];
    CHECK(lane.lab.allocator() == rivals[i]);
    CHECK(lane.lab.history().steps() == alone.history().steps());
    CHECK(std::equal(alone.history().bytes().begin(), alone.history().bytes().end(), lane.lab.history().bytes().begin(),
                     lane.lab.history().bytes().end()));
    CHECK(lane.result.high_water_mark == alone.history().statistics().high_water_mark);
    CHECK(lane.result.completed() == (alone.history().statistics().failed_allocations == 0));
  }
}

TEST_CASE("The curves of a race are the statistics of each step, on random scripts", "[race]") {
  for (const std::string_view workload : {"churn", "bimodal", "against-slab", "fifo"}) {
    Race race = Race::run(script_of(workload, 5), rivals, 65536);
    for (Lane& lane : race.lanes()) {
      CAPTURE(workload, lane.lab.allocator());
      History& history = lane.lab.history();
      REQUIRE(lane.curve.size() == history.steps() + std::size_t{1});
      Offset touched = 0;
      for (const CurvePoint& point : lane.curve) {
        history.seek(point.step);
        const Statistics statistics = history.statistics();
        for (const auto& [offset, block] : history.blocks()) {
          if (block.state == BlockState::used) touched = std::max(touched, block.end());
        }
        REQUIRE(point.live_bytes == statistics.live_bytes);
        REQUIRE(point.internal_fragmentation() == statistics.internal_fragmentation);
        REQUIRE(point.total_free == statistics.total_free);
        REQUIRE(point.largest_free == statistics.largest_free);
        REQUIRE(point.external_fragmentation() == statistics.external_fragmentation);
        REQUIRE(point.touched == touched);
      }
      history.seek(lane.result.high_water_step);
      const Statistics most = history.statistics();
      CHECK(lane.result.high_water_mark == most.live_bytes);
      CHECK(lane.result.internal_fragmentation == most.internal_fragmentation);
      CHECK(lane.result.external_fragmentation == most.external_fragmentation);
      CHECK(lane.result.touched == touched);
      CHECK(lane.result.utilisation() == static_cast<double>(most.live_bytes) / touched);
    }
  }
}

TEST_CASE("A long curve keeps its ends, its highest point and its steps, in at most a thousand stretches", "[race]") {
  const std::string text = write_workload(*find_workload("churn"), 3, 10'000);
  const Race race = Race::run(text, {"free-list"}, 65536);
  const Lane& lane = race.lanes().front();
  REQUIRE(race.steps() >= 10'000);
  REQUIRE(lane.curve.size() <= Race::curve_points + 1);
  CHECK(lane.curve.front().step == 0);
  CHECK(lane.curve.back().step == race.steps());
  CHECK(std::is_sorted(lane.curve.begin(), lane.curve.end(),
                       [](const CurvePoint& a, const CurvePoint& b) { return a.step < b.step; }));
  const auto most =
      std::max_element(lane.curve.begin(), lane.curve.end(),
                       [](const CurvePoint& a, const CurvePoint& b) { return a.live_bytes < b.live_bytes; });
  CHECK(most->live_bytes == lane.result.high_water_mark);
  CHECK(lane.curve.back().touched == lane.result.touched);
}

TEST_CASE("Lanes part where one puts a block behind another neighbour, not where headers differ", "[race]") {
  const std::string text =
      "a = malloc 100\nb = malloc 64\nc = malloc 60\nd = malloc 64\nfree a\nfree c\ne = malloc 50\nf = malloc 20\n";
  // Newest first puts e into the hole of c, the last one released; by address it is that of a.
  const Race race = Race::run(text, {"free-list", "free-list:best-fit", "free-list:address-ordered", "tlsf"}, 4096);
  CHECK(race.lanes()[0].diverges_at == 0);
  CHECK(race.lanes()[1].diverges_at == 0);
  CHECK(race.lanes()[2].diverges_at == 7);
  CHECK(race.first_divergence() == 7);
  CHECK(race.lanes()[2].placements[6] == Placement::behind(0));
  CHECK(race.lanes()[0].placements[6] == Placement::behind(2));
  CHECK(divergence_sentence(race, Called::name) ==
        "They part at step 7, line 7: e = malloc 50. Behind b: free-list; free-list:best-fit; tlsf. First of all: "
        "free-list:address-ordered.");
  CHECK_THAT(divergence_sentence(race, Called::title), contains("First of all: free list, first fit by address."));
}

TEST_CASE("One allocator has nobody to part from, and two of a kind never part", "[race]") {
  CHECK(Race::run(script_of("churn"), {"buddy"}, 0).first_divergence() == 0);
  const Race race = Race::run(script_of("churn"), {"buddy", "buddy"}, 0);
  CHECK(race.first_divergence() == 0);
  CHECK(divergence_sentence(race, Called::name) ==
        "All of them lay their blocks in the same order, from the first step to the last.");
}

TEST_CASE("A failed allocation and a refused release are told, with step and line", "[race]") {
  const Race race =
      Race::run("a = malloc 100\nb = malloc 100\n# x\nfree a\nc = malloc 3000\n", {"bump", "free-list"}, 2048);
  const Lane& bump = race.lanes()[0];
  CHECK(bump.result.failed_at == 4);
  CHECK(bump.result.failures == 1);
  CHECK(bump.result.refusals == 1);
  CHECK(!bump.result.completed());
  CHECK(outcome_words(bump) == "failed at step 4, line 5: no room; refused 1 release out of order");
  CHECK(placement_words(bump, 4) == "finds no room");
  CHECK(placement_words(bump, 3) == "refuses it: out of order");
  CHECK(race.lanes()[1].diverges_at == 3);
}

TEST_CASE("A fault is counted, and no lane is praised for what it was never asked", "[race]") {
  const Race twice = Race::run("a = malloc 8\nfree a\nfree a\n", {"free-list", "tlsf"}, 4096);
  CHECK(outcome_words(twice.lanes()[1]) == "served every allocation; 1 fault");
  CHECK(placement_words(twice.lanes()[0], 3) == "refuses it: double free");
  CHECK(outcome_words(Race::run("# nothing\n", {"tlsf"}, 4096).lanes()[0]) == "was asked for nothing");
  CHECK(outcome_words(Race::run("m = mark\n", {"tlsf"}, 4096).lanes()[0]) == "failed at step 1, line 1: no markers");
}

TEST_CASE("The next failure of a race is that of any lane, and behind the last one the first again", "[race]") {
  const Race race = Race::run("a = malloc 3000\nb = malloc 8\nfree a\nfree b\nfree b\nc = malloc 9000\nd = malloc 8\n",
                              {"pool:64", "free-list"}, 4096);
  CHECK(race.next_failure(0) == 1);
  CHECK(race.next_failure(1) == 5);
  CHECK(race.next_failure(5) == 6);
  CHECK(race.next_failure(6) == 1);
  CHECK(race.next_failure(7) == 1);
  CHECK(Race::run("a = malloc 8\n", {"free-list"}, 4096).next_failure(0) == 0);
  CHECK(Race::run("", {"free-list"}, 4096).next_failure(0) == 0);
}

TEST_CASE("Where neighbours of one name differ, the sentence tells them apart by their lines", "[race]") {
  const Race twins = Race::run(
      "a = malloc 100\nb = malloc 64\na = malloc 60\nd = malloc 40\nc = malloc 64\nfree b\nfree d\ne = malloc 30\n",
      {"free-list", "free-list:address-ordered"}, 4096);
  CHECK(divergence_sentence(twins, Called::name) ==
        "They part at step 8, line 8: e = malloc 30. Behind a of line 3: free-list. Behind a of line 1: "
        "free-list:address-ordered.");
}

TEST_CASE("A block of a lane is told by name, size, place and what it is made of", "[race]") {
  Race race = Race::run("a = malloc 40\n", {"free-list"}, 4096);
  race.seek(1);
  const OwnedBlock* const block = subject_of_step(race.lanes()[0].lab);
  REQUIRE(block != nullptr);
  const std::string words = block_words(race.lanes()[0], block->payload_offset);
  CHECK_THAT(words, contains("a: "));
  CHECK_THAT(words, contains("40 payload"));
  CHECK_THAT(block_words(race.lanes()[0], 4000), contains("free: "));
  CHECK(block_words(race.lanes()[0], 4096).empty());
}

TEST_CASE("All lanes have arenas of one size: the one asked for, or what the most demanding needs", "[race]") {
  const std::string trace = "0\n2\n4\n1\na 0 40000\na 1 33000\nf 0\nf 1\n";
  for (const std::uint64_t asked : {std::uint64_t{0}, std::uint64_t{1} << 18}) {
    const Race race = Race::run(trace, {"free-list", "buddy", "tlsf"}, asked);
    for (const Lane& lane : race.lanes()) {
      CHECK(lane.lab.arena_bytes() == race.arena_bytes());
      CHECK(lane.result.completed());
    }
    if (asked != 0) CHECK(race.arena_bytes() == asked);
  }
}

TEST_CASE("A race that cannot be says why: names, their number, arenas, problems of the script", "[race]") {
  const auto refused = [](const std::string& text, const std::vector<std::string>& names, std::uint64_t arena) {
    const Race race = Race::run(text, names, arena);
    CHECK(race.lanes().empty());
    CHECK(race_twin(race).empty());
    return race.setup_error();
  };
  CHECK_THAT(refused("a = malloc 8\n", {"free-list", "banana"}, 0), contains("there is no allocator `banana`"));
  CHECK(refused("a = malloc 8\n", {}, 0) == "a race needs an allocator");
  CHECK(refused("a = malloc 8\n", std::vector<std::string>(13, "bump"), 0) ==
        "a race takes up to 12 allocators, and not 13");
  CHECK_THAT(refused("a = malloc 8\n", {"free-list", "slab"}, 64), contains("too small for"));
  CHECK_THAT(refused("a = malloc 8\n", {"free-list"}, std::uint64_t{1} << 33), contains("smaller than 4 GiB"));
  CHECK(refused("a = maloc 8\n", {"free-list"}, 0).empty());
  CHECK(Race::run("a = maloc 8\n", {"free-list"}, 0).problems().size() == 1);
}

TEST_CASE("A race in pieces says how far it is, and never goes back", "[race]") {
  RaceRun run(script_of("churn"), {"free-list", "buddy", "tlsf"}, 0);
  double last = 0;
  std::size_t pieces = 0;
  while (run.advance(50)) {
    ++pieces;
    const double now = run.progress();
    REQUIRE(now >= last);
    REQUIRE(now <= 1);
    last = now;
  }
  CHECK(pieces > 50);
  CHECK(run.progress() == 1);
  CHECK(run.take().lanes().size() == 3);
}

TEST_CASE("The times of a race are those of its calls without the making empty", "[race]") {
  const Race race = Race::run(script_of("against-bump"), {"free-list", "bump", "buddy"}, 0);
  // A clock that goes on by a batch at each reading: a round that lasts as long with calls as without costs nothing.
  std::uint64_t now = 0;
  RaceTiming timing(race, [&now] { return now += RaceTiming::least_batch_ns; });
  double last = 0;
  while (timing.advance()) {
    REQUIRE(timing.progress() >= last);
    last = timing.progress();
  }
  const std::vector<double> times = timing.ns_per_operation();
  REQUIRE(times.size() == 3);
  for (const double time : times) CHECK(time == 0);
}

TEST_CASE("A program that damages its heap is measured without harm", "[race]") {
  const Race race = Race::run(
      "a = malloc 64\nb = malloc 64\nc = malloc 64\nfree b\npoke 0x40 \"stray stray stray stray stray stray\"\n"
      "d = malloc 64\nfree a\nfree c\ne = malloc 500\nfree d\n",
      rivals, 65536);
  REQUIRE(race.lanes().size() == rivals.size());
  std::uint64_t now = 0;
  RaceTiming timing(race, [&now] { return now += RaceTiming::least_batch_ns; });
  while (timing.advance()) continue;
  CHECK(timing.ns_per_operation().size() == rivals.size());
}

TEST_CASE("The twin of a race tells every lane, and what each shows at the step", "[race]") {
  Race race = Race::run(script_of("against-best-fit"), {"free-list", "free-list:best-fit"}, 0);
  race.seek(10);
  const std::string twin = race_twin(race);
  CHECK_THAT(twin, contains("A race of 2 allocators over 16 steps, in arenas of 65536 bytes."));
  CHECK_THAT(twin, contains("\nfree list, first fit served every allocation. At most 61128 bytes live, at step 5"));
  CHECK_THAT(twin, contains("\nfree list, best fit failed at step 10"));
  CHECK_THAT(
      twin, contains("\nStep 10 of 16, line " + std::to_string(race.lanes()[0].lab.history().trace().line_of_step(10)) +
                     ": c = malloc 4800\n"));
  CHECK_THAT(twin, contains("free list, best fit: finds no room; "));
}
