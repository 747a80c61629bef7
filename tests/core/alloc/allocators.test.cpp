// What holds for every allocator: random calls beside an oracle, `check()` after each.
#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/oracle.hpp"
#include "support/seed.hpp"

using namespace heapyard;
using test::Heap;
using test::Oracle;

namespace {

/// Random layouts that the allocator under test could grant.
struct Requests {
  std::uint64_t largest;
  std::uint64_t widest_alignment;

  Layout next(Random& random) const {
    const std::uint64_t bound = random.chance(70) ? std::min<std::uint64_t>(largest, 64) : largest;
    std::uint64_t alignment = 1;
    while (random.chance(60) && alignment < widest_alignment) alignment *= 2;
    return *Layout::make(random.between(1, bound), alignment);
  }
};

/// Calls to make, the same for every policy of an allocator.
struct Call {
  enum class Kind { allocate, deallocate, reallocate, misuse } kind;
  Offset payload;
  Layout layout;
};

Call next_call(Random& random, const Oracle& oracle, const Requests& requests, std::uint32_t arena_size) {
  const Layout layout = requests.next(random);
  const std::optional<Offset> live = oracle.any(random);
  if (random.chance(5)) return {Call::Kind::misuse, static_cast<Offset>(random.below(arena_size + 16)), layout};
  if (!live || random.chance(50)) return {Call::Kind::allocate, 0, layout};
  return {random.chance(70) ? Call::Kind::deallocate : Call::Kind::reallocate, *live, layout};
}

template <template <class, class> class A, class... Parameters>
void exercise(std::uint64_t seed, std::uint32_t arena_size, const Requests& requests, int calls,
              Parameters... parameters) {
  CAPTURE(seed, arena_size, requests.largest, requests.widest_alignment);
  Heap<A> heap(arena_size, parameters...);
  Heap<A, Unchecked> unchecked(arena_size, parameters...);
  REQUIRE(heap.error == AllocError::none);
  const std::vector<Block> empty = heap.blocks();
  Oracle oracle(heap.memory.data(), arena_size);
  Random random(seed);

  const auto deallocate = [&](Offset payload) {
    REQUIRE_FALSE(heap.allocator.damage_at(payload, oracle.size_of(payload)));
    REQUIRE(oracle.released(payload) == "");
    REQUIRE(heap.allocator.deallocate(payload) == FaultKind::none);
    unchecked.allocator.deallocate(payload);
  };

  for (int i = 0; i < calls; ++i) {
    const Call call = next_call(random, oracle, requests, arena_size);
    CAPTURE(i, static_cast<int>(call.kind), call.payload, call.layout.size(), call.layout.alignment());
    switch (call.kind) {
      case Call::Kind::allocate: {
        const Result<Offset> payload = heap.allocator.allocate(call.layout);
        const Result<Offset> same = unchecked.allocator.allocate(call.layout);
        REQUIRE((payload.error() == same.error() && *payload == *same));
        if (payload) REQUIRE(oracle.allocated(*payload, call.layout) == "");
        break;
      }
      case Call::Kind::reallocate: {
        const Result<Offset> payload = heap.allocator.reallocate(call.payload, call.layout);
        const Result<Offset> same = unchecked.allocator.reallocate(call.payload, call.layout);
        REQUIRE((payload.error() == same.error() && *payload == *same));
        REQUIRE((payload ? oracle.reallocated(call.payload, *payload, call.layout) : oracle.kept(call.payload)) == "");
        break;
      }
      case Call::Kind::deallocate: deallocate(call.payload); break;
      case Call::Kind::misuse:
        if (heap.allocator.judge(call.payload) != FaultKind::none)
          REQUIRE(heap.allocator.deallocate(call.payload) != FaultKind::none);
    }
    REQUIRE_FALSE(heap.allocator.check());
    REQUIRE_FALSE((unchecked.allocator.check() || heap.reports.wrote_outside));
    if (i % 64 == 0) REQUIRE(oracle.all_kept() == "");
    heap.reports.clear();
    unchecked.reports.clear();
  }

  while (const std::optional<Offset> payload = oracle.any(random)) deallocate(*payload);
  REQUIRE_FALSE(heap.allocator.check());
  REQUIRE(heap.reports.damages.empty());
  REQUIRE(heap.blocks() == empty);
  REQUIRE(heap.free_list().size() == empty.size() - (empty.back().state == BlockState::control ? 2 : 1));
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

    const Call call = next_call(random, oracle, requests, arena_size);
    if (call.kind == Call::Kind::allocate) {
      if (const Result<Offset> payload = heap.allocator.allocate(call.layout))
        REQUIRE(oracle.allocated(*payload, call.layout) == "");
    } else if (call.kind == Call::Kind::reallocate) {
      if (const Result<Offset> payload = heap.allocator.reallocate(call.payload, call.layout))
        REQUIRE(oracle.reallocated(call.payload, *payload, call.layout) == "");
    } else if (call.kind == Call::Kind::deallocate) {
      REQUIRE(oracle.released(call.payload) == "");
      REQUIRE(heap.allocator.deallocate(call.payload) == FaultKind::none);
    }
  }
}

}  // namespace

TEST_CASE("A free list keeps what its callers may expect, whatever they call", "[free-list][property]") {
  const std::uint64_t seed = test::fresh_seed();
  exercise<FreeList>(seed, 48, {16, 16}, 200);
  exercise<FreeList>(seed + 1, 1000, {200, 64}, 1500);
  exercise<FreeList>(seed + 2, 4096 + 13, {1000, 512}, 2000);
  exercise<FreeList>(seed + 3, 32768, {4000, 4096}, 2000);
  exercise<FreeList>(seed + 4, 20000, {40, 8}, 2000);
}

TEST_CASE("A pool keeps what its callers may expect, whatever they call", "[pool][property]") {
  const std::uint64_t seed = test::fresh_seed();
  exercise<Pool>(seed, 40, {4, 4}, 200, 1U);
  exercise<Pool>(seed + 1, 1000, {64, 64}, 1500, 64U);
  exercise<Pool>(seed + 2, 4096 + 13, {24, 32}, 2000, 24U);
  exercise<Pool>(seed + 3, 8192, {7, 8}, 2000, 7U);
  exercise<Pool>(seed + 4, 30000, {1000, 16}, 1500, 1000U);
}

TEST_CASE("The blocks that an allocator reports are those that it has", "[free-list][pool][property]") {
  const std::uint64_t seed = test::fresh_seed();
  follow_reports<FreeList>(seed, 2048, {300, 128});
  follow_reports<FreeList>(seed + 1, 10000, {100, 16});
  follow_reports<Pool>(seed + 2, 1500, {48, 16}, 48U);
}
