// What holds for every allocator: random calls beside an oracle, `check()` after each.
#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/oracle.hpp"
#include "support/seed.hpp"
#include "support/subjects.hpp"

#include <initializer_list>
#include <map>

using namespace heapyard;
using test::Heap;
using test::Operation;
using test::Oracle;
using test::Requests;
using test::subject_named;
using test::Tracked;

namespace {

struct Size {
  std::uint32_t arena;
  std::uint64_t largest, widest_alignment;
  std::uint64_t operations;
};

void exercise_named(const char* name, std::initializer_list<Size> sizes, std::uint32_t variant = 0) {
  std::uint64_t seed = test::fresh_seed();
  for (const Size& size : sizes) {
    const Requests requests{size.largest, size.widest_alignment};
    CAPTURE(seed, size.largest, size.widest_alignment);
    const test::Broken broken =
        test::exercise(*subject_named(name), {size.arena, variant}, requests, seed++, size.operations);
    REQUIRE(broken.words == "");
  }
}

/// Blocks told by the watch, kept as a map: what a history does with them.
template <template <class, class> class A, class... Parameters>
void follow_reports(std::uint64_t seed, std::uint32_t arena_size, const Requests& requests, Parameters... parameters) {
  CAPTURE(seed, arena_size);
  Heap<A> heap(arena_size, parameters...);
  Oracle oracle(heap.memory.data(), arena_size);
  Random random(seed);
  std::map<Offset, Block> told;
  for (int i = 0; i < 400; ++i) {
    for (const Block& block : heap.reports.blocks) {
      auto first = told.upper_bound(block.offset);
      if (first != told.begin() && std::prev(first)->second.end() > block.offset) --first;
      while (first != told.end() && first->first < block.end()) first = told.erase(first);
      told[block.offset] = block;
    }
    heap.reports.clear();
    auto each = told.begin();
    CAPTURE(i);
    heap.allocator.for_each_block([&](Block block) {
      REQUIRE(each != told.end());
      // A pool's arena does not hold requested sizes.
      if (block.state == BlockState::used && block.payload_offset == block.offset)
        block.payload_size = each->second.payload_size;
      REQUIRE(each->second == block);
      ++each;
    });
    REQUIRE(each == told.end());

    const Operation call =
        next_operation(random, oracle, requests, {test::abilities_of<A<Checked, Unwatched>>().stacks}, arena_size);
    if (call.kind == Operation::Kind::allocate) {
      if (const Result<Offset> payload = heap.allocator.allocate(call.layout))
        REQUIRE(oracle.allocated(*payload, call.layout) == "");
    } else if (call.kind == Operation::Kind::reallocate) {
      if (const Result<Offset> payload = heap.allocator.reallocate(call.payload, call.layout))
        REQUIRE(oracle.reallocated(call.payload, *payload, call.layout) == "");
    } else if (call.kind == Operation::Kind::deallocate) {
      if (heap.allocator.judge(call.payload) == FaultKind::out_of_order) continue;
      REQUIRE(oracle.released(call.payload) == "");
      REQUIRE(heap.allocator.deallocate(call.payload) == FaultKind::none);
    }
  }
}

}  // namespace

TEST_CASE("A free list keeps what its callers may expect, whatever they call", "[free-list][property]") {
  exercise_named("free-list", {{48, 16, 16, 200},
                               {1000, 200, 64, 1500},
                               {4096 + 13, 1000, 512, 2000},
                               {32768, 4000, 4096, 2000},
                               {20000, 40, 8, 2000}});
}

TEST_CASE("A free list keeps it under every policy", "[free-list][property]") {
  for (std::uint32_t variant = 0; variant < test::free_list_policies; ++variant)
    exercise_named("any-free-list", {{1000, 200, 64, 300}, {20000, 1000, 512, 1000}}, variant);
}

TEST_CASE("A two-level segregated fit keeps what its callers may expect, whatever they call", "[tlsf][property]") {
  exercise_named("tlsf", {{128, 16, 16, 200},
                          {1000, 200, 64, 1500},
                          {4096 + 13, 1000, 512, 2000},
                          {65536, 4000, 4096, 2000},
                          {20000, 40, 8, 2000}});
}

TEST_CASE("A buddy allocator keeps what its callers may expect, whatever they call", "[buddy][property]") {
  exercise_named("buddy", {{80, 16, 16, 200},
                           {1000, 200, 64, 1500},
                           {4096 + 13, 1000, 512, 2000},
                           {65536, 4000, 4096, 2000},
                           {20000, 40, 8, 2000}});
}

TEST_CASE("A slab allocator keeps what its callers may expect, whatever they call", "[slab][property]") {
  exercise_named("slab", {{1024, 16, 16, 500},
                          {2000, 200, 64, 1500},
                          {8192 + 13, 1000, 256, 1500},
                          {65536, 4000, 1024, 1500},
                          {300000, 40000, 4096, 1000}});
}

TEST_CASE("A stack keeps what its callers may expect, whatever they call", "[stack][property]") {
  exercise_named("stack",
                 {{40, 8, 8, 200}, {1000, 100, 64, 1500}, {4096 + 13, 300, 512, 2000}, {65536, 1000, 4096, 1000}});
}

TEST_CASE("A bump allocator keeps what its callers may expect, whatever they call", "[bump][property]") {
  exercise_named("bump",
                 {{48, 8, 8, 200}, {1000, 100, 64, 1500}, {4096 + 13, 300, 512, 2000}, {65536, 200, 4096, 1000}});
}

TEST_CASE("A pool keeps what its callers may expect, whatever they call", "[pool][property]") {
  exercise_named("pool", {{40, 4, 4, 200}}, 0);
  exercise_named("pool", {{1000, 64, 64, 1500}}, 63);
  exercise_named("pool", {{4096 + 13, 24, 32, 2000}}, 23);
  exercise_named("pool", {{8192, 7, 8, 2000}}, 6);
  exercise_named("pool", {{30000, 160, 16, 1500}}, 159);
}

TEST_CASE("A tracking allocator keeps what its callers may expect, whatever it tracks", "[tracking][property]") {
  for (const char* name : {"tracking-free-list", "tracking-tlsf", "tracking-buddy"}) {
    exercise_named(name, {{1000, 200, 64, 500}, {4096 + 13, 1000, 512, 1000}, {32768, 4000, 4096, 1000}});
  }
  exercise_named("tracking-slab", {{8192 + 13, 1000, 256, 1000}});
  exercise_named("tracking-stack", {{4096 + 13, 300, 512, 1000}});
  exercise_named("tracking-bump", {{4096 + 13, 300, 512, 1000}});
  exercise_named("tracking-pool", {{1000, 1, 1, 500}}, 8);
  exercise_named("tracking-pool", {{4096 + 13, 56, 32, 1500}}, 63);
}

TEST_CASE("The blocks that an allocator reports are those that it has", "[free-list][tlsf][pool][property]") {
  const std::uint64_t seed = test::fresh_seed();
  follow_reports<FreeList>(seed, 2048, {300, 128});
  follow_reports<FreeList>(seed + 1, 10000, {100, 16});
  for (std::uint32_t variant = 0; variant < test::free_list_policies; ++variant)
    follow_reports<AnyFreeList>(seed + 3, 5000, {200, 64}, test::policy_of_variant(variant));
  follow_reports<Buddy>(seed + 5, 10000, {300, 128});
  follow_reports<Slab>(seed + 8, 20000, {1200, 128});
  follow_reports<Stack>(seed + 6, 20000, {300, 128});
  follow_reports<Bump>(seed + 7, 20000, {300, 128});
  follow_reports<Tlsf>(seed + 4, 10000, {300, 128});
  follow_reports<Pool>(seed + 2, 1500, {48, 16}, 48U);
  follow_reports<Tracked<FreeList>::By>(seed + 9, 10000, {300, 128});
  follow_reports<Tracked<Slab>::By>(seed + 10, 20000, {1200, 128});
  follow_reports<Tracked<Stack>::By>(seed + 11, 20000, {300, 128});
  follow_reports<Tracked<Pool>::By>(seed + 12, 1500, {40, 16}, 48U);
}
