// What is said of one word or byte that was overwritten, and what is not followed then; every byte, and any, stand in
// damage.test.cpp.
#include "support/catch.hpp"
#include "support/heap.hpp"

#include <array>
#include <type_traits>
#include <utility>
#include <vector>

using namespace heapyard;
using test::FreeListHeap;
using test::Heap;
using test::PoolHeap;
using test::Tracked;

TEST_CASE("A free list whose links run in a circle ends its search", "[free-list][damage]") {
  FreeListHeap heap(4096);
  const Offset a = heap.take(24), wall = heap.take(24), b = heap.take(24);
  heap.take(heap.blocks().back().offset - (b - 8 + 32) - 8);
  heap.give(a);
  heap.give(b);
  REQUIRE(heap.free_list() == std::vector<Offset>{b - 8, a - 8});
  // Two blocks that name each other in both directions, and a count that promises more than four thousand million.
  heap.poke_word(a - 8 + 4, b - 8);
  heap.poke_word(b - 8 + 8, a - 8);
  heap.poke_word(16, ~std::uint32_t{0});
  heap.reports.clear();
  CHECK(heap.refusal(100) == AllocError::damaged);
  CHECK(heap.reports.notes.size() <= 2);
  CHECK(heap.reports.damages.size() == 1);
  CHECK(heap.allocator.check());
  CHECK(heap.allocator.judge(wall) == FaultKind::none);
}

TEST_CASE("A boundary tag that names another free block is not followed", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset first = heap.take(24), used = heap.take(24), second = heap.take(24), last = heap.take(24);
  const Offset third = heap.take(24), end = heap.take(24);
  heap.give(first);
  heap.give(second);
  heap.give(third);

  SECTION("before the block") {
    heap.poke_word(last - 8 - 4, last - first);
  }
  SECTION("behind the block") {
    heap.poke_word(last - 8 - 4, last - third);
  }
  heap.reports.clear();
  CHECK(heap.allocator.deallocate(last) == FaultKind::damage);
  CHECK_FALSE(heap.reports.damages.empty());
  CHECK(heap.allocator.judge(last) == FaultKind::none);
  CHECK(heap.allocator.judge(used) == FaultKind::none);
  CHECK(heap.allocator.judge(end) == FaultKind::none);
  CHECK(heap.allocator.check());
}

TEST_CASE("A flag that claims a free block before a used one is not believed", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(24), b = heap.take(24);
  heap.take(24);
  heap.poke_word(b - 8, heap.word(b - 8) | 2);
  CHECK(heap.allocator.check().part == DamagedPart::header);
  CHECK(heap.allocator.damage_at(a, 24).part == DamagedPart::header);
  CHECK(heap.allocator.damage_at(a, 24).at == b - 8);
  // With the payload before it holding what looks like a boundary tag.
  heap.poke_word(b - 8 - 4, b - 8 - 24);
  heap.reports.clear();
  const std::uint32_t header = heap.word(a - 8);
  CHECK(heap.allocator.deallocate(b) == FaultKind::damage);
  CHECK(heap.reports.damages.size() == 1);
  CHECK(heap.word(a - 8) == header);
}

TEST_CASE("A head of the free list that was overwritten is not followed", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(24), b = heap.take(24), c = heap.take(24);
  heap.give(b);
  const Offset head = GENERATE(Offset{0}, Offset{24}, Offset{7}, Offset{1016}, Offset{1024}, ~Offset{0}, Offset{88});
  CAPTURE(head);
  heap.poke_word(8, head);
  CHECK(heap.allocator.check());
  const Result<Offset> payload = heap.allocator.allocate(*Layout::make(8));
  CHECK_FALSE(payload);
  CHECK((payload.error() == AllocError::damaged || head == 0));
  heap.reports.clear();
  // Their free neighbour cannot be taken out of the list, so they stay as they are.
  CHECK(heap.allocator.deallocate(a) == FaultKind::damage);
  CHECK(heap.allocator.deallocate(c) == FaultKind::damage);
  CHECK(heap.reports.damages.size() == 2);
  CHECK(heap.allocator.judge(a) == FaultKind::none);
}

TEST_CASE("A freed block's head of the list that names itself makes no circle", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(24);
  heap.take(24);
  heap.poke_word(8, a - 8);
  heap.reports.clear();
  CHECK(heap.allocator.deallocate(a) == FaultKind::none);
  CHECK(heap.reports.damages.size() == 1);
  CHECK(heap.word(a - 8 + 4) != a - 8);
}

TEST_CASE("A write behind a payload is found at the first byte that it reached", "[free-list][pool][damage]") {
  FreeListHeap list(1024);
  const Offset a = list.take(20);
  list.poke(a + 22, 1);
  CHECK(list.allocator.damage_at(a, 20).part == DamagedPart::guard);
  CHECK(list.allocator.damage_at(a, 20).at == a + 22);
  CHECK(list.allocator.damage_at(a, 20).block == a - 8);
  CHECK(list.allocator.damage_at(a, 21).part == DamagedPart::header);
  CHECK(list.allocator.check().part == DamagedPart::guard);

  PoolHeap pool(1024, 64U);
  const Offset b = pool.take(20);
  pool.poke(b + 63, 1);
  CHECK(pool.allocator.damage_at(b, 20).part == DamagedPart::guard);
  CHECK(pool.allocator.damage_at(b, 20).at == b + 63);
}

TEST_CASE("A write to freed memory is found by whoever takes it next", "[free-list][pool][damage]") {
  FreeListHeap list(1024);
  const Offset a = list.take(40);
  list.take(8);
  list.give(a);
  list.poke(a + 9, 1);
  CHECK(list.allocator.check().part == DamagedPart::fill);
  CHECK(list.allocator.check().at == a + 9);
  list.reports.clear();
  CHECK(list.allocator.allocate(*Layout::make(40)));
  REQUIRE(list.reports.damages.size() == 1);
  CHECK(list.reports.damages[0].part == DamagedPart::fill);
  CHECK(list.reports.damages[0].at == a + 9);

  PoolHeap pool(1024, 64U);
  const Offset b = pool.take(40);
  pool.give(b);
  pool.poke(b + 4, 1);
  CHECK(pool.allocator.check().at == b + 4);
  pool.reports.clear();
  CHECK(pool.allocator.allocate(*Layout::make(40)));
  REQUIRE(pool.reports.damages.size() == 1);
  CHECK(pool.reports.damages[0].at == b + 4);
}

TEST_CASE("A marker is not looked for behind a newest block that was overwritten", "[stack][damage]") {
  Heap<Stack> heap(300);
  heap.take(20);
  const Result<Offset> marker = heap.allocator.mark();
  REQUIRE(marker);
  heap.take(8);
  // Outside the arena, between blocks, and a block that is not the newest.
  const Offset newest = GENERATE_COPY(Offset{0xfffffff8}, Offset{304}, Offset{53}, *marker);
  CAPTURE(newest);
  heap.poke_word(12, newest);
  heap.reports.clear();
  const std::vector<Block> before = heap.blocks();
  CHECK(heap.allocator.release_to(*marker) == FaultKind::damage);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].at == 12);
  CHECK(heap.word(12) == newest);
  CHECK(heap.blocks() == before);
}

TEST_CASE("A pool does not follow a link that was overwritten", "[pool][damage]") {
  for (std::size_t kind = 0; kind < 6; ++kind) {
    for (const bool at_head : {false, true}) {
      PoolHeap heap(1024, 64U);
      const Offset a = heap.take(8), b = heap.take(8);
      heap.give(a);
      const Offset link = std::array<Offset, 6>{b, a + 1, 64 + 1, 1024, ~Offset{0}, 16}[kind];
      CAPTURE(link, at_head);
      heap.poke_word(at_head ? 16 : a, link);
      CHECK(heap.refusal(8) == AllocError::damaged);
      REQUIRE_FALSE(heap.reports.damages.empty());
      CHECK(heap.reports.damages.back().part == DamagedPart::link);
      if (!at_head) CHECK(heap.reports.damages.back().at == a);
      CHECK(heap.allocator.check());
    }
  }
}

TEST_CASE("A pool's block that is its own successor is not given out", "[pool][damage]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(8);
  heap.give(a);
  heap.poke_word(a, a);
  CHECK(heap.refusal(8) == AllocError::damaged);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].at == a);
}

TEST_CASE("A pool does not pass on a head that was overwritten", "[pool][damage]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(8);
  heap.poke_word(16, 77);
  CHECK(heap.allocator.deallocate(a) == FaultKind::none);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].part == DamagedPart::link);
  CHECK(heap.reports.damages[0].at == 16);
  CHECK(heap.free_list() == std::vector<Offset>{a});
}

TEMPLATE_TEST_CASE("An overrun is told when its block is resized or given back, before its traces are written over",
                   "[free-list][tlsf][stack][tracking][damage]", Heap<FreeList>, Heap<Tlsf>, Heap<Stack>,
                   Heap<Tracked<FreeList>::By>, Heap<Tracked<Buddy>::By>, Heap<Tracked<Slab>::By>,
                   Heap<Tracked<Bump>::By>, Heap<Tracked<Stack>::By>) {
  TestType heap(1 << 16);
  const Offset block = heap.take(17);
  const auto told_of = [&](Offset at) {
    const std::vector<Damage> told = std::exchange(heap.reports.damages, {});
    return told.size() == 1 && told[0].part == DamagedPart::guard && told[0].at == at;
  };
  heap.poke(block + 17, 0);
  CHECK(*heap.allocator.reallocate(block, *Layout::make(18, 1)) == block);  // where it stays
  CHECK(told_of(block + 17));
  CHECK_FALSE(heap.allocator.check());
  heap.poke(block + 18, 0);
  CHECK(*heap.allocator.reallocate(block, *Layout::make(90, 1)) != 0);  // where it grows or moves
  CHECK(told_of(block + 18));
  CHECK_FALSE(heap.allocator.check());

  const Offset other = heap.take(17);
  heap.poke(other + 17, 0);
  CHECK(heap.allocator.deallocate(other) == FaultKind::none);
  CHECK(told_of(other + 17));
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("An overrun is told when its block moves into room that another had", "[free-list][tlsf][damage]") {
  const auto moves = [](auto heap_type) {
    typename decltype(heap_type)::type heap(4096);
    const Offset block = heap.take(17);
    heap.take(8);
    heap.poke(block + 17, 0);
    CHECK(*heap.allocator.reallocate(block, *Layout::make(90, 1)) != block);
    REQUIRE(heap.reports.damages.size() == 1);
    CHECK(heap.reports.damages[0].at == block + 17);
  };
  moves(std::type_identity<Heap<FreeList>>());
  moves(std::type_identity<Heap<Tlsf>>());
  moves(std::type_identity<Heap<Tracked<Slab>::By>>());
}

TEST_CASE("Overruns are told when all above a marker is given back, and when all is", "[stack][tracking][damage]") {
  Heap<Stack> stack(1024);
  const Offset marker = *stack.allocator.mark(), low = stack.take(17), high = stack.take(3);
  stack.poke(low + 17, 0);
  stack.poke(high + 3, 0);
  CHECK(stack.allocator.release_to(marker) == FaultKind::none);
  REQUIRE(stack.reports.damages.size() == 2);
  CHECK((stack.reports.damages[0].at == high + 3 && stack.reports.damages[1].at == low + 17));

  Heap<Tracked<Bump>::By> bump(1024);
  const Offset block = bump.take(17);
  bump.take(17);
  bump.poke(block + 17, 0);
  bump.allocator.reset();
  REQUIRE(bump.reports.damages.size() == 1);
  CHECK(bump.reports.damages[0].at == block + 17);
}
