#include "heapyard/history/history.hpp"

#include "heapyard/base/random.hpp"
#include "heapyard/lab/lab.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/lab_check.hpp"
#include "support/random_programs.hpp"
#include "support/replay.hpp"
#include "support/seed.hpp"

using namespace heapyard;

namespace {

std::vector<OwnedBlock> blocks_of(const History& history) {
  std::vector<OwnedBlock> blocks;
  for (const auto& [offset, block] : history.blocks()) blocks.push_back(block);
  return blocks;
}

std::vector<std::byte> bytes_of(const History& history) {
  return {history.bytes().begin(), history.bytes().end()};
}

/// The first `count` lines.
std::string prefix(const std::string& text, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0; --count) end = text.find('\n', end) + 1;
  return text.substr(0, end);
}

void require_equal(const Statistics& a, const Statistics& b) {
  REQUIRE(a.allocations == b.allocations);
  REQUIRE(a.deallocations == b.deallocations);
  REQUIRE(a.failed_allocations == b.failed_allocations);
  REQUIRE(a.live_blocks == b.live_blocks);
  REQUIRE(a.live_bytes == b.live_bytes);
  REQUIRE(a.high_water_mark == b.high_water_mark);
  REQUIRE(a.internal_fragmentation == b.internal_fragmentation);
  REQUIRE(a.total_free == b.total_free);
  REQUIRE(a.largest_free == b.largest_free);
  REQUIRE(a.external_fragmentation == b.external_fragmentation);
}

/// Runs a correct program as a lab and by hand, and compares them after every call.
template <template <class, class> class A, class... Parameters>
void compare_with_replay(const std::string& script, const std::string& allocator, std::uint32_t arena,
                         Parameters... parameters) {
  CAPTURE(script, allocator);
  Lab lab = Lab::run(script, allocator, arena);
  REQUIRE(lab.history().trace().faults.empty());
  test::Heap<A> heap(arena, parameters...);
  test::Replay replay(heap.allocator, lab.program());
  lab.history().seek(0);
  for (const Call& call : lab.program().calls) {
    lab.history().forward();
    replay.call(call);
    CAPTURE(lab.history().now());
    REQUIRE(std::memcmp(lab.history().bytes().data(), heap.bytes(), arena) == 0);
    std::vector<Block> expected = heap.blocks();
    const std::vector<OwnedBlock> blocks = blocks_of(lab.history());
    REQUIRE(blocks.size() == expected.size());
    bool same = true;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      // A pool's arena does not hold requested sizes.
      const bool sizeless = expected[i].payload_offset == expected[i].offset && expected[i].state == BlockState::used;
      if (sizeless) expected[i].payload_size = blocks[i].payload_size;
      same = same && static_cast<const Block&>(blocks[i]) == expected[i] &&
             (blocks[i].allocation != 0) == (blocks[i].state == BlockState::used);
    }
    REQUIRE(same);
    require_equal(lab.history().statistics(), replay.statistics());
  }
}

}  // namespace

TEST_CASE("Each step of a history is what a live heap holds after that call", "[history][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 25; ++i) {
    CAPTURE(seed + i);
    Random random(seed + i);
    compare_with_replay<FreeList>(test::random_script(random, {.calls = 120}), "free-list", 16384);
    compare_with_replay<FreeList>(test::random_script(random, {.calls = 120, .variables = 40, .largest = 30}),
                                  "free-list", 5000);
    compare_with_replay<Pool>(test::random_script(random, {.calls = 120, .largest = 48, .widest_alignment = 16}),
                              "pool:48", 3000, 48U);
  }
}

TEST_CASE("Stepping and seeking agree on every step, whatever the program did", "[history][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 40; ++i) {
    CAPTURE(seed + i);
    Random random(seed + i);
    const std::string script =
        test::random_script(random, {.calls = 150, .variables = 8, .misuse = true, .poke = i % 2 == 0, .arena = 2048});
    CAPTURE(script);
    REQUIRE(parse_program(script).problems.empty());
    REQUIRE(test::wrong_in_program_text(script) == "");
  }
}

TEST_CASE("A step depends on the calls before it alone", "[history][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 12; ++i) {
    CAPTURE(seed + i);
    Random random(seed + i);
    const std::string script = test::random_script(random, {.calls = 100, .misuse = true, .poke = true, .arena = 2048});
    CAPTURE(script);
    const char* const allocator = i % 2 == 0 ? "free-list" : "pool:100";
    Lab whole = Lab::run(script, allocator, 2048);
    for (int j = 0; j < 8; ++j) {
      const auto step = static_cast<std::uint32_t>(random.below(whole.history().steps() + 1));
      const Lab part = Lab::run(prefix(script, step), allocator, 2048);
      whole.history().seek(step);
      CAPTURE(step);
      REQUIRE(part.history().now() == step);
      REQUIRE(bytes_of(part.history()) == bytes_of(whole.history()));
      REQUIRE(blocks_of(part.history()) == blocks_of(whole.history()));
      require_equal(part.history().statistics(), whole.history().statistics());
    }
  }
}

TEST_CASE("A long trace is sought from its checkpoints", "[history][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  Lab lab = Lab::run(test::random_trace(random, 20000, 60, 400), "free-list", 65536);
  REQUIRE(lab.problems().empty());
  History& history = lab.history();
  std::map<std::uint32_t, std::uint64_t> seen;
  for (history.seek(0); history.now() < history.steps(); history.forward()) {
    if (history.now() % 97 == 0) seen[history.now()] = test::digest_of_step(history);
  }
  for (int i = 0; i < 300; ++i) {
    const auto step = static_cast<std::uint32_t>(random.below(history.steps()) / 97 * 97);
    history.seek(step);
    REQUIRE(history.now() == step);
    REQUIRE(test::digest_of_step(history) == seen[step]);
  }
  history.seek(~std::uint32_t{0});
  CHECK(history.now() == history.steps());
}

TEST_CASE("The empty history has one step that nothing can leave", "[history]") {
  Lab lab = Lab::run("", "free-list", 1024);
  History& history = lab.history();
  CHECK(history.steps() == 0);
  CHECK_FALSE(history.forward());
  CHECK_FALSE(history.back());
  history.seek(7);
  CHECK(history.now() == 0);
  CHECK(history.changed().empty());
  CHECK(history.bytes().size() == 1024);
  CHECK(blocks_of(history).size() == 3);
}

TEST_CASE("The high-water mark is the greatest live bytes so far", "[history]") {
  Lab lab = Lab::run("a = malloc 40\nb = malloc 60\nfree a\nc = malloc 10\nb = realloc b 20\nd = malloc 100\n",
                     "free-list", 1024);
  History& history = lab.history();
  const std::uint64_t live[] = {0, 40, 100, 60, 70, 30, 130}, high[] = {0, 40, 100, 100, 100, 100, 130};
  for (std::uint32_t step = 0; step <= history.steps(); ++step) {
    history.seek(step);
    CHECK(history.statistics().live_bytes == live[step]);
    CHECK(history.live_bytes(step) == live[step]);
    CHECK(history.statistics().high_water_mark == high[step]);
  }
  CHECK(history.statistics().internal_fragmentation == (32 - 20) + (32 - 10) + (112 - 100));
}

TEST_CASE("External fragmentation is what the largest free block lacks of all free bytes", "[history]") {
  const Lab whole = Lab::run("a = malloc 40\n", "free-list", 1024);
  CHECK(whole.history().statistics().external_fragmentation == 0);
  CHECK(whole.history().statistics().largest_free == 1024 - 24 - 8 - 48);

  const Lab holes = Lab::run("a = malloc 88\nb = malloc 8\nc = malloc 824\nfree a\n", "free-list", 1024);
  const Statistics statistics = holes.history().statistics();
  CHECK(statistics.total_free == 96 + 48);
  CHECK(statistics.largest_free == 96);
  CHECK(statistics.external_fragmentation == test::Approx(1 - 96.0 / 144.0));

  const Lab full = Lab::run("a = malloc 984\n", "free-list", 1024);
  CHECK(full.history().statistics().total_free == 0);
  CHECK(full.history().statistics().external_fragmentation == 0);
}

TEST_CASE("A realloc is no allocation, a realloc of null is one", "[history]") {
  const Lab lab = Lab::run(
      "a = malloc 8\nb = realloc a 800\nc = realloc null 8\nd = malloc 0\nfree b\nfree b\nfree d\n", "free-list", 1024);
  const Statistics statistics = lab.history().statistics();
  CHECK(statistics.allocations == 2);
  CHECK(statistics.deallocations == 1);
  CHECK(statistics.failed_allocations == 1);
  CHECK(statistics.live_blocks == 1);
}

TEST_CASE("The biography of a block tells all that happened to its bytes", "[history]") {
  Lab lab = Lab::run(
      "a = malloc 40\n"
      "write a 4 \"text\"\n"
      "wall = malloc 8\n"
      "a = realloc a 20\n"
      "read a 0 4\n"
      "a = realloc a 200\n"
      "b = malloc 10\n"
      "free a+1\n"
      "free b\n"
      "poke 33 \"x\"\n",
      "free-list", 1024);
  const Offset first = 24;
  std::vector<std::pair<std::uint32_t, EpisodeKind>> told;
  for (const Episode& episode : lab.history().biography({first, 32})) told.emplace_back(episode.step, episode.kind);
  CHECK(told == std::vector<std::pair<std::uint32_t, EpisodeKind>>{{1, EpisodeKind::allocated},
                                                                   {2, EpisodeKind::written},
                                                                   {4, EpisodeKind::resized},
                                                                   {5, EpisodeKind::read},
                                                                   {6, EpisodeKind::moved_away},
                                                                   {7, EpisodeKind::allocated},
                                                                   {9, EpisodeKind::freed},
                                                                   {10, EpisodeKind::poked}});
  const Offset moved = lab.history().trace().event(6).payload;
  told.clear();
  for (const Episode& episode : lab.history().biography({moved, 1})) told.emplace_back(episode.step, episode.kind);
  CHECK(told == std::vector<std::pair<std::uint32_t, EpisodeKind>>{{6, EpisodeKind::moved_in}});
  told.clear();
  for (const Episode& episode : lab.history().biography({moved + 1, 1})) told.emplace_back(episode.step, episode.kind);
  CHECK(told ==
        std::vector<std::pair<std::uint32_t, EpisodeKind>>{{6, EpisodeKind::moved_in}, {8, EpisodeKind::refused}});
}

TEST_CASE("What a call made and what it released is known at its step", "[history]") {
  const Lab lab = Lab::run("a = malloc 40\nwall = malloc 8\na = realloc a 100\nfree a\nfree a\n", "free-list", 1024);
  const History& history = lab.history();
  REQUIRE(history.made_by(1) != nullptr);
  CHECK(history.made_by(1)->offset == 24);
  CHECK(history.released_by(1) == nullptr);
  REQUIRE(history.released_by(3) != nullptr);
  CHECK(history.released_by(3)->offset == 24);
  CHECK(history.made_by(3)->payload_size == 100);
  CHECK(history.released_by(4)->payload_size == 100);
  CHECK(history.made_by(4) == nullptr);
  CHECK(history.released_by(5) == nullptr);
}

TEST_CASE("The block at an offset is the one that holds that byte", "[history]") {
  const Lab lab = Lab::run("a = malloc 40\n", "free-list", 1024);
  CHECK(lab.history().block_at(0)->state == BlockState::control);
  CHECK(lab.history().block_at(23)->state == BlockState::control);
  CHECK(lab.history().block_at(24)->allocation == 1);
  CHECK(lab.history().block_at(71)->allocation == 1);
  CHECK(lab.history().block_at(72)->state == BlockState::free);
  CHECK(lab.history().block_at(1023)->state == BlockState::control);
  CHECK(lab.history().block_at(1024) == nullptr);
  CHECK(lab.history().block_at(~Offset{0}) == nullptr);
}
