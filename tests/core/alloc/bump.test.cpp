#include "heapyard/alloc/bump.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

#include <cstring>

using namespace heapyard;
using BumpHeap = test::Heap<Bump>;

namespace {

static_assert(Allocator<Bump<>>);
static_assert(Allocator<Bump<Checked>>);
static_assert(sizeof(Bump<>) == sizeof(Arena<>), "all of its state lives in its arena");

}  // namespace

TEST_CASE("Blocks of a bump allocator have no header", "[bump]") {
  BumpHeap heap(256);
  const Offset first = heap.take(24);
  CHECK(heap.take(1) == first + 24);
  CHECK(heap.take(8) == first + 32);
}

TEST_CASE("What aligns a block of a bump allocator is a hole that nobody uses", "[bump]") {
  BumpHeap heap(512);
  const Offset a = heap.take(8), b = heap.take(8, 128);
  CHECK(b % 128 == 0);
  const std::vector<Block> blocks = heap.blocks();
  CHECK(blocks[2] == Block{a + 8, b - a - 8, 0, 0, BlockState::free});
  CHECK(heap.allocator.judge(a + 16) == FaultKind::double_free);
}

TEST_CASE("A bump allocator gives back its newest block, once, and the rest all at once", "[bump]") {
  BumpHeap heap(256);
  const Offset a = heap.take(8), b = heap.take(8), c = heap.take(8);
  CHECK(heap.allocator.deallocate(a) == FaultKind::out_of_order);
  heap.give(c);
  CHECK(heap.allocator.deallocate(b) == FaultKind::out_of_order);
  CHECK(heap.allocator.deallocate(c) == FaultKind::double_free);
  CHECK(heap.take(16) == c);
  heap.allocator.reset();
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.take(8) == a);
}

TEST_CASE("The newest block of a bump allocator changes its size in place", "[bump]") {
  BumpHeap heap(256);
  const Offset a = heap.take(8), b = heap.take(8);
  CHECK(*heap.allocator.reallocate(b, *Layout::make(60, 1)) == b);
  CHECK_FALSE(heap.allocator.check());
  CHECK(*heap.allocator.reallocate(b, *Layout::make(3, 1)) == b);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.reallocate(a, *Layout::make(3)).error() == AllocError::out_of_order);
  CHECK(heap.allocator.reallocate(b, *Layout::make(300, 1)).error() == AllocError::out_of_memory);
  CHECK(heap.allocator.reallocate(b + 1, *Layout::make(3)).error() == AllocError::refused);
}

TEST_CASE("Without its bits, a bump allocator still knows which block is the newest", "[bump]") {
  test::Heap<Bump, Unchecked> heap(256);
  const Result<Offset> a = heap.allocator.allocate(*Layout::make(8)), b = heap.allocator.allocate(*Layout::make(8));
  CHECK(heap.allocator.deallocate(*a) == FaultKind::out_of_order);
  CHECK(heap.allocator.deallocate(*b) == FaultKind::none);
  CHECK(*heap.allocator.allocate(*Layout::make(8)) == *b);
}

TEST_CASE("A bump allocator that grows a block over overwritten memory says so", "[bump][damage]") {
  BumpHeap heap(256);
  const Offset a = heap.take(8);
  heap.poke(a + 20, 1);
  heap.reports.clear();
  CHECK(*heap.allocator.reallocate(a, *Layout::make(16, 1)) == a);
  CHECK(heap.reports.damages.empty());
  CHECK(*heap.allocator.reallocate(a, *Layout::make(24, 1)) == a);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].part == DamagedPart::fill);
  CHECK(heap.reports.damages[0].at == a + 20);
}

TEST_CASE("What is no block of a bump allocator is damage to its bits, outside its blocks to its words", "[bump]") {
  BumpHeap heap(256);
  const Offset a = heap.take(8);
  heap.give(a);
  CHECK(heap.allocator.damage_at(a, 8).at == 24);  // the first word of the bits
  CHECK(heap.allocator.damage_at(a - 8, 8).at == 0);
  CHECK(heap.allocator.damage_at(248, 8).at == 24);
  CHECK(heap.allocator.damage_at(256, 8).at == 0);
}

TEST_CASE("Formatting clears the bits of a bump allocator that never sets them, too", "[bump]") {
  test::Heap<Bump, Unchecked> heap(4096);
  std::memset(heap.memory.data(), 0xaa, 4096);
  REQUIRE(heap.allocator.format() == AllocError::none);
  for (Offset at = Bump<>::control_size; at < heap.blocks().front().size; at += 4) REQUIRE(heap.word(at) == 0);
}

TEST_CASE("A bump allocator puts nothing over blocks when its top or its newest was overwritten", "[bump][damage]") {
  BumpHeap heap(4096);
  const Offset a = heap.take(40), b = heap.take(300), c = heap.take(40), top = heap.word(8);
  for (const Offset wrong : {a, b, b + 8, c}) {
    CAPTURE(wrong);
    heap.poke_word(8, wrong);
    heap.reports.clear();
    CHECK(heap.refusal(40) == AllocError::damaged);
    REQUIRE(heap.reports.damages.size() == 1);
    CHECK(heap.reports.damages[0].at == 8);
    CHECK(heap.allocator.deallocate(c) != FaultKind::none);
    CHECK_FALSE(heap.allocator.reallocate(c, *Layout::make(60)));
    heap.poke_word(8, top);
  }
  for (const Offset wrong : {a, b}) {
    CAPTURE(wrong);
    heap.poke_word(12, wrong);
    CHECK(heap.allocator.deallocate(wrong) == FaultKind::damage);
    CHECK(heap.allocator.reallocate(wrong, *Layout::make(8)).error() == AllocError::refused);
    heap.poke_word(12, c);
  }
  heap.give(c);
  heap.poke_word(8, b);  // no block is the newest now
  CHECK(heap.refusal(40) == AllocError::damaged);
}
