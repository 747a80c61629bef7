// Arenas whose bytes somebody else overwrote. Under `Checked` no call may crash, hang or leave the arena (they run in
// an exact allocation under AddressSanitizer), and damage is found.
#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/seed.hpp"

#include <array>
#include <set>
#include <type_traits>

using namespace heapyard;
using test::FreeListHeap;
using test::Heap;
using test::PoolHeap;
using test::Tracked;

namespace {

struct Live {
  Offset payload;
  std::uint32_t size;
};

template <class Heap>
bool damage_is_found(const Heap& heap, const std::vector<Live>& live) {
  if (heap.allocator.check()) return true;
  return std::any_of(live.begin(), live.end(),
                     [&](const Live& l) { return static_cast<bool>(heap.allocator.damage_at(l.payload, l.size)); });
}

/// The offsets of the bytes that can be changed without anybody finding it.
template <class Heap>
std::set<Offset> silent_bytes(const Heap& heap, const std::vector<Live>& live) {
  std::set<Offset> silent;
  REQUIRE_FALSE(damage_is_found(heap, live));
  for (Offset at = 0; at < heap.memory.size(); ++at) {
    const std::byte before = heap.memory.data()[at];
    for (int value = 0; value < 256; ++value) {
      if (static_cast<std::byte>(value) == before) continue;
      heap.poke(at, static_cast<std::uint8_t>(value));
      if (!damage_is_found(heap, live)) silent.insert(at);
    }
    heap.memory.data()[at] = before;
  }
  return silent;
}

std::set<Offset> payload_bytes(const std::vector<Live>& live) {
  std::set<Offset> bytes;
  for (const Live& l : live) {
    for (Offset at = l.payload; at < l.payload + l.size; ++at) bytes.insert(at);
  }
  return bytes;
}

/// Overwrites some bytes as wild programs and clever attackers do.
template <class Heap>
void overwrite(const Heap& heap, Random& random) {
  const std::uint32_t size = heap.memory.size();
  const auto word_at = [&] { return static_cast<Offset>(random.below(size - 3)) & ~Offset{3}; };
  switch (random.below(8)) {
    case 0: heap.poke(static_cast<Offset>(random.below(size)), static_cast<std::uint8_t>(random.next())); break;
    case 1: heap.poke_word(word_at(), static_cast<std::uint32_t>(random.next())); break;
    case 2: {  // one bit
      const auto at = static_cast<Offset>(random.below(size));
      heap.memory.data()[at] ^= static_cast<std::byte>(1U << random.below(8));
      break;
    }
    case 3: heap.poke_word(word_at(), heap.word(word_at())); break;  // a word that means something elsewhere
    case 4: {                                                        // an offset of a block, or nearly
      const std::vector<Block> blocks = heap.blocks();
      heap.poke_word(word_at(),
                     blocks[random.below(blocks.size())].offset + static_cast<std::uint32_t>(random.below(2) * 8));
      break;
    }
    case 5: {  // a header, a link or the word before one
      const std::vector<Block> blocks = heap.blocks();
      const Offset block = blocks[random.below(blocks.size())].offset;
      const Offset at = block + static_cast<Offset>(random.below(4) * 4);
      if (at >= 4 && at - 4 + 4 <= size) {
        const Offset other = blocks[random.below(blocks.size())].offset;
        heap.poke_word(at - 4, random.chance(50) ? other : other - block);
      }
      break;
    }
    case 6:
      heap.poke_word(std::min(static_cast<Offset>(random.below(10) * 4), size - 4),
                     static_cast<std::uint32_t>(random.next() >> random.below(64)));
      break;
    default: {  // a run
      const auto at = static_cast<Offset>(random.below(size));
      const auto count = std::min(static_cast<std::uint32_t>(random.below(40)), size - at);
      std::memset(heap.memory.data() + at, static_cast<int>(random.next() & 0xff), count);
    }
  }
}

/// Calls everything there is, on a heap that cannot be trusted.
template <template <class, class> class A, class... Parameters>
void call_on_damage(std::uint64_t seed, std::uint32_t arena_size, std::uint64_t largest, Parameters... parameters) {
  CAPTURE(seed, arena_size);
  Heap<A> heap(arena_size, parameters...);
  REQUIRE(heap.error == AllocError::none);
  Random random(seed);
  std::vector<Offset> given;
  const auto payload = [&]() -> Offset {
    if (given.empty() || random.chance(10)) return static_cast<Offset>(random.below(arena_size + 32));
    return given[random.below(given.size())];
  };
  const auto layout = [&] { return *Layout::make(random.between(1, largest), std::uint64_t{1} << random.below(8)); };
  const auto accept = [&](Result<Offset> result, std::uint64_t size) {
    if (result.error() == AllocError::damaged) REQUIRE_FALSE(heap.reports.damages.empty());
    if (!result) return;
    REQUIRE((*result != 0 && *result + size <= arena_size));
    given.push_back(*result);
  };
  for (int i = 0; i < 120; ++i) {
    CAPTURE(i);
    if (i > 10 && random.chance(25)) overwrite(heap, random);
    heap.reports.clear();
    const Layout wanted = layout();
    switch (random.below(6)) {
      case 0:
      case 1: accept(heap.allocator.allocate(wanted), wanted.size()); break;
      case 2:
      case 3: static_cast<void>(heap.allocator.deallocate(payload())); break;
      case 4: accept(heap.allocator.reallocate(payload(), wanted), wanted.size()); break;
      default: {
        static_cast<void>(heap.allocator.judge(payload()));
        static_cast<void>(heap.allocator.damage_at(payload(), static_cast<std::uint32_t>(random.below(100))));
        static_cast<void>(heap.allocator.check());
        // Somebody who attaches now sees the damaged words for the first time.
        A<Checked, Unwatched> attached{Arena<>(heap.memory)};
        static_cast<void>(attached.check());
        static_cast<void>(attached.damage_at(payload(), 8));
        static_cast<void>(attached.judge(payload()));
      }
    }
    // No list is walked for ever: a heap has no more blocks than this.
    const std::uint32_t most = arena_size / 4 + 16;
    const bool bounded = heap.reports.notes.size() <= most && heap.reports.damages.size() <= most &&
                         heap.blocks().size() <= most && heap.free_list().size() <= most;
    REQUIRE((bounded && !heap.reports.wrote_outside));
  }
}

}  // namespace

TEST_CASE("Every changed byte of a free list that is no payload is found", "[free-list][damage]") {
  FreeListHeap heap(600);
  std::vector<Live> live;
  const auto take = [&](std::uint32_t size, std::uint64_t alignment = 1) {
    live.push_back({heap.take(size, alignment), size});
  };
  take(40);
  take(1);
  const Offset hole = heap.take(60);
  take(24, 128);
  const Offset small_hole = heap.take(8);
  take(33);
  heap.give(hole);
  heap.give(small_hole);
  REQUIRE(heap.free_list().size() >= 3);
  CHECK(silent_bytes(heap, live) == payload_bytes(live));
}

TEMPLATE_TEST_CASE("Every changed byte of a general allocator that is no payload is found",
                   "[tlsf][buddy][slab][damage]", Heap<Tlsf>, Heap<Buddy>, Heap<Slab>) {
  TestType heap(2100);
  std::vector<Live> live;
  std::vector<Offset> holes;
  for (const std::uint32_t size : {40U, 60U, 1U, 8U, 33U, 60U, 24U}) {
    const Offset payload = heap.take(size);
    if (size == 60 || size == 8) {
      holes.push_back(payload);
    } else {
      live.push_back({payload, size});
    }
  }
  live.push_back({heap.take(24, 128), 24});
  for (const Offset payload : holes) heap.give(payload);
  REQUIRE(heap.free_list().size() >= 4);
  CHECK(silent_bytes(heap, live) == payload_bytes(live));
}

TEST_CASE("Every changed byte of a stack or a bump allocator that is no payload is found", "[stack][bump][damage]") {
  const auto find = [](auto heap_type) {
    typename decltype(heap_type)::type heap(600);
    std::vector<Live> live;
    live.push_back({heap.take(40), 40});
    live.push_back({heap.take(1), 1});
    live.push_back({heap.take(30, 128), 30});
    heap.give(heap.take(60));
    live.push_back({heap.take(5, 16), 5});
    CHECK(silent_bytes(heap, live) == payload_bytes(live));
  };
  find(std::type_identity<Heap<Stack>>());
  find(std::type_identity<Heap<Bump>>());
}

TEST_CASE("Every changed byte of a stack with a marker is found", "[stack][damage]") {
  Heap<Stack> heap(300);
  std::vector<Live> live;
  live.push_back({heap.take(20), 20});
  REQUIRE(heap.allocator.mark());
  live.push_back({heap.take(8), 8});
  CHECK(silent_bytes(heap, live) == payload_bytes(live));
}

TEST_CASE("Every changed byte of a pool that is no payload is found", "[pool][damage]") {
  const std::uint32_t block_size = GENERATE(1U, 24U, 64U);
  CAPTURE(block_size);
  PoolHeap heap(700, block_size);
  std::vector<Live> live;
  std::vector<Offset> holes;
  for (int i = 0; i < 6; ++i) {
    const std::uint32_t size = std::min(block_size, 1U + 5U * static_cast<std::uint32_t>(i));
    const Offset payload = heap.take(size);
    if (i % 2 == 0) {
      live.push_back({payload, size});
    } else {
      holes.push_back(payload);
    }
  }
  for (const Offset payload : holes) heap.give(payload);
  CHECK(silent_bytes(heap, live) == payload_bytes(live));
}

TEMPLATE_TEST_CASE("Every changed byte of a tracking allocator that is no payload is found", "[tracking][damage]",
                   Heap<Tracked<FreeList>::By>, Heap<Tracked<Buddy>::By>) {
  TestType heap(1200);
  std::vector<Live> live;
  live.push_back({heap.take(40), 40});
  const Offset hole = heap.take(60);
  live.push_back({heap.take(24, 128), 24});
  live.push_back({heap.take(1, 16), 1});
  heap.give(hole);
  CHECK(silent_bytes(heap, live) == payload_bytes(live));
}

TEST_CASE("Every changed byte of a tracked pool or stack that is no payload is found", "[tracking][damage]") {
  Heap<Tracked<Pool>::By> pool(700, 32U);
  std::vector<Live> live;
  live.push_back({pool.take(24), 24});
  pool.give(pool.take(8));
  live.push_back({pool.take(5, 16), 5});
  CHECK(silent_bytes(pool, live) == payload_bytes(live));

  Heap<Tracked<Stack>::By> stack(600);
  live.clear();
  live.push_back({stack.take(40), 40});
  live.push_back({stack.take(30, 64), 30});
  stack.give(stack.take(60));
  CHECK(silent_bytes(stack, live) == payload_bytes(live));
}

TEST_CASE("No call on a damaged tracking allocator crashes, hangs or leaves its arena",
          "[tracking][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto more = static_cast<std::uint32_t>((seed + i) % 1900);
    call_on_damage<Tracked<FreeList>::By>(seed + i, 128 + more, 300);
    call_on_damage<Tracked<Stack>::By>(seed + i, 128 + more, 300);
    call_on_damage<Tracked<Pool>::By>(seed + i, 200 + more, 30, 40U);
  }
}

TEST_CASE("No call on a damaged free list crashes, hangs or leaves its arena", "[free-list][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 400; ++i)
    call_on_damage<FreeList>(seed + i, 48 + static_cast<std::uint32_t>((seed + i) % 1900), 300);
}

TEST_CASE("No call on a damaged two-level segregated fit crashes, hangs or leaves its arena",
          "[tlsf][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 400; ++i)
    call_on_damage<Tlsf>(seed + i, 160 + static_cast<std::uint32_t>((seed + i) % 2400), 300);
}

TEST_CASE("No call on a damaged free list crashes under any policy", "[free-list][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 640; ++i) {
    const FreeListPolicy policy{static_cast<Fit>(i % 4), static_cast<ListOrder>(i / 4 % 2), i / 8 % 2 == 0};
    call_on_damage<AnyFreeList>(seed + i, 48 + static_cast<std::uint32_t>((seed + i) % 1900), 300, policy);
  }
}

TEST_CASE("No call on a damaged buddy, stack or bump allocator crashes, hangs or leaves its arena",
          "[buddy][stack][bump][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 400; ++i) {
    const auto arena_size = 160 + static_cast<std::uint32_t>((seed + i) % 2400);
    call_on_damage<Buddy>(seed + i, arena_size, 300);
    call_on_damage<Slab>(seed + i, 1024 + arena_size, 700);
    call_on_damage<Stack>(seed + i, arena_size, 100);
    call_on_damage<Bump>(seed + i, arena_size, 100);
  }
}

TEST_CASE("No call on a damaged pool crashes, hangs or leaves its arena", "[pool][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 600; ++i) {
    const std::uint32_t block_size = 1 + static_cast<std::uint32_t>((seed + i) % 90);
    const auto arena_size = static_cast<std::uint32_t>(Pool<>::arena_bytes(block_size, 1 + (seed + i) % 40) + i % 7);
    call_on_damage<Pool>(seed + i, arena_size, block_size, block_size);
  }
}

TEMPLATE_TEST_CASE("Formatting makes an arena as new, whatever stood in it, and reports the blocks that a walk finds",
                   "[free-list][tlsf][buddy][slab][stack][bump][damage]", Heap<FreeList>, Heap<Tlsf>, Heap<Buddy>,
                   Heap<Slab>, Heap<Stack>, Heap<Bump>) {
  const TestType fresh(4096);
  CHECK(fresh.reports.blocks == fresh.blocks());
  TestType used(4096);
  std::memset(used.memory.data(), 0xaa, 4096);
  REQUIRE(used.allocator.format() == AllocError::none);
  CHECK(std::memcmp(used.bytes(), fresh.bytes(), 4096) == 0);
  CHECK_FALSE(used.allocator.check());
}

TEMPLATE_TEST_CASE("What is reported of blocks that nobody uses has no payload",
                   "[free-list][tlsf][buddy][slab][damage]", Heap<FreeList>, Heap<Tlsf>, Heap<Buddy>, Heap<Slab>) {
  TestType heap(1 << 16);
  const Offset first = heap.take(5000), second = heap.take(70), third = heap.take(9000);
  heap.give(first);
  heap.give(third);
  heap.take(6000);
  heap.give(second);
  for (const Block& block : heap.reports.blocks) {
    CAPTURE(block.offset, block.size);
    if (block.state != BlockState::used) CHECK((block.payload_offset == 0 && block.payload_size == 0));
  }
}
