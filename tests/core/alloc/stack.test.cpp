#include "heapyard/alloc/stack.hpp"

#include "heapyard/alloc/std_allocator.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

#include <vector>

using namespace heapyard;
using StackHeap = test::Heap<Stack>;

namespace {

static_assert(Allocator<Stack<>>);
static_assert(Allocator<Stack<Checked>>);
static_assert(sizeof(Stack<>) == sizeof(Arena<>), "all of its state lives in its arena");

}  // namespace

TEST_CASE("Blocks of a stack lie one on top of the other", "[stack]") {
  StackHeap heap(256);
  CHECK(heap.take(20) == 32);
  CHECK(heap.take(8) == 64);
  CHECK(heap.blocks() == std::vector<Block>{{0, 24, 0, 0, BlockState::control},
                                            {24, 32, 32, 20, BlockState::used},
                                            {56, 16, 64, 8, BlockState::used},
                                            {72, 184, 0, 0, BlockState::free}});
}

TEST_CASE("A stack gives back its newest block only", "[stack]") {
  StackHeap heap(256);
  const Offset a = heap.take(20), b = heap.take(20), c = heap.take(20);
  CHECK(heap.allocator.deallocate(a) == FaultKind::out_of_order);
  CHECK(heap.allocator.deallocate(b) == FaultKind::out_of_order);
  CHECK_FALSE(heap.allocator.check());
  heap.give(c);
  CHECK(heap.allocator.deallocate(c) == FaultKind::double_free);
  heap.give(b);
  CHECK(heap.allocator.deallocate(a + 8) == FaultKind::interior_pointer);
  heap.give(a);
  CHECK(heap.allocator.deallocate(a) == FaultKind::double_free);
  CHECK(heap.allocator.deallocate(7) == FaultKind::foreign_pointer);
  CHECK(heap.blocks().size() == 2);
}

TEST_CASE("Without checks, too, a stack gives back its newest block only", "[stack]") {
  test::Heap<Stack, Unchecked> heap(256);
  CHECK(heap.allocator.deallocate(0) == FaultKind::out_of_order);
  const Offset a = heap.take(20), b = heap.take(20);
  CHECK(heap.allocator.deallocate(a) == FaultKind::out_of_order);
  heap.give(b);
  CHECK(heap.allocator.deallocate(b) == FaultKind::out_of_order);
  heap.give(a);
  CHECK(heap.blocks().size() == 2);
}

TEST_CASE("Two vectors that grow on a stack without checks keep their elements", "[stack][std-allocator]") {
  test::Heap<Stack, Unchecked> heap(4096);
  using Ints = StdAllocator<int, Stack<Unchecked, test::Reporting>>;
  std::vector<int, Ints> one{Ints(heap.allocator)}, other{Ints(heap.allocator)};
  for (int i = 0; i < 8; ++i) one.push_back(i);
  for (int i = 0; i < 8; ++i) other.push_back(100 + i);
  for (int i = 0; i < 8; ++i) {
    CHECK(one[static_cast<std::size_t>(i)] == i);
    CHECK(other[static_cast<std::size_t>(i)] == 100 + i);
  }
}

TEST_CASE("Without checks, too, a marker that a stack does not have gives back nothing", "[stack]") {
  test::Heap<Stack, Unchecked> heap(256);
  CHECK(heap.allocator.release_to(32) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.release_to(0) == FaultKind::foreign_pointer);
  const Offset a = heap.take(20), marker = *heap.allocator.mark(), b = heap.take(20);
  for (const Offset other : {Offset{0}, a, marker - 8, marker + 8, b, b + 8}) {
    CAPTURE(other);
    CHECK(heap.allocator.release_to(other) == FaultKind::foreign_pointer);
  }
  CHECK(heap.blocks().size() == 5);
  CHECK(heap.allocator.release_to(marker) == FaultKind::none);
  heap.give(a);
}

TEST_CASE("A marker gives back all that came after it", "[stack]") {
  StackHeap heap(512);
  const Offset a = heap.take(20);
  const Offset outer = *heap.allocator.mark();
  heap.take(30, 64);
  const Offset inner = *heap.allocator.mark();
  heap.take(10);
  heap.take(10);
  CHECK(heap.allocator.judge(inner) != FaultKind::none);
  CHECK(heap.allocator.structure().parts.size() == 5);
  CHECK(heap.allocator.release_to(inner) == FaultKind::none);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.release_to(inner) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.release_to(outer) == FaultKind::none);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.release_to(a) == FaultKind::foreign_pointer);
  heap.give(a);
  CHECK(heap.blocks().size() == 2);
}

TEST_CASE("The newest block of a stack changes its size in place, another only within its padding", "[stack]") {
  StackHeap heap(256);
  const Offset a = heap.take(20), b = heap.take(20);
  CHECK(*heap.allocator.reallocate(b, *Layout::make(100)) == b);
  CHECK_FALSE(heap.allocator.check());
  CHECK(*heap.allocator.reallocate(b, *Layout::make(1)) == b);
  CHECK_FALSE(heap.allocator.check());
  CHECK(*heap.allocator.reallocate(a, *Layout::make(24, 1)) == a);
  CHECK(heap.allocator.reallocate(a, *Layout::make(25, 1)).error() == AllocError::out_of_order);
  CHECK(heap.allocator.reallocate(b, *Layout::make(1000)).error() == AllocError::out_of_memory);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.damage_at(a, 24).part == DamagedPart::none);
}

TEST_CASE("What is no block of a stack is damage to where its header would be", "[stack][damage]") {
  StackHeap heap(256);
  heap.take(20);
  for (const auto& [payload, at] : std::vector<std::pair<Offset, Offset>>{{40, 32}, {9, 1}, {8, 0}, {7, 0}, {0, 0}}) {
    CAPTURE(payload);
    CHECK(heap.allocator.damage_at(payload, 20).part == DamagedPart::header);
    CHECK(heap.allocator.damage_at(payload, 20).at == at);
  }
}

TEST_CASE("A stack that is full says so", "[stack]") {
  StackHeap heap(64);
  CHECK(heap.refusal(33) == AllocError::out_of_memory);
  heap.take(32);
  CHECK(heap.refusal(1) == AllocError::out_of_memory);
  CHECK(heap.allocator.mark().error() == AllocError::out_of_memory);
  CHECK(StackHeap(39).error == AllocError::arena_too_small);
}

TEST_CASE("A block of a stack takes its payload, what pads it and a header", "[stack]") {
  CHECK(Stack<>::block_bytes(1) == 16);
  CHECK(Stack<>::block_bytes(8) == 16);
  CHECK(Stack<>::block_bytes(9) == 24);
}

TEST_CASE("A full stack reports no free block, and an empty one is free from its first byte on", "[stack]") {
  StackHeap heap(248);
  CHECK(heap.allocator.judge(24) == FaultKind::double_free);
  CHECK(heap.allocator.judge(23) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(248) == FaultKind::foreign_pointer);
  while (heap.refusal(8) == AllocError::none) continue;
  CHECK(heap.blocks().back().state == BlockState::used);
  for (const Block& block : heap.reports.blocks) CHECK(block.size > 0);
}

TEST_CASE("A stack whose word for the newest block was overwritten is found to be damaged", "[stack][damage]") {
  StackHeap heap(256);
  heap.take(8);
  heap.poke_word(12, 48);
  const Damage damage = heap.allocator.check();
  CHECK(damage.part == DamagedPart::control);
  CHECK(damage.at == 12);
}
