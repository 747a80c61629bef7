// Fits, orders of the list and coalescing of a free list; what all of them share stands in free_list.test.cpp.
#include "heapyard/alloc/free_list.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

#include <algorithm>
#include <vector>

using namespace heapyard;

namespace {

using Offsets = std::vector<Offset>;

/// Three holes, of 64, 32 and 48 bytes in the order of their addresses, released in that order.
struct Holes {
  explicit Holes(FreeListPolicy policy) : heap(1024, policy) {
    for (const std::uint64_t size : {56U, 24U, 40U}) {
      holes.push_back(heap.take(size));
      heap.take(8);
    }
    for (const Offset hole : holes) heap.give(hole);
  }
  test::Heap<AnyFreeList> heap;
  Offsets holes;
};

}  // namespace

TEST_CASE("Each fit takes the block that its name says", "[free-list]") {
  Holes first({Fit::first}), best({Fit::best}), worst({Fit::worst});
  CHECK(first.heap.take(20) == first.holes[2]);  // released last, so at the head
  CHECK(best.heap.take(20) == best.holes[1]);
  CHECK(best.heap.take(36) == best.holes[2]);
  const Offset rest = worst.heap.free_list().back() + 8;  // the arena's large rest is the last of the list
  CHECK(worst.heap.take(20) == rest);
}

TEST_CASE("Worst fit takes the largest block though another fits exactly", "[free-list]") {
  Holes worst({Fit::worst});
  const Offset rest = worst.heap.free_list().back() + 8;
  REQUIRE(worst.heap.free_list().front() + 8 == worst.holes[2]);
  CHECK(worst.heap.take(40) == rest);
}

TEST_CASE("Best fit looks at every block unless one fits exactly", "[free-list]") {
  Holes best({Fit::best});
  best.heap.reports.clear();
  best.heap.take(8);
  CHECK(best.heap.reports.steps() == "considered considered considered considered chosen split linked");
  best.heap.reports.clear();
  best.heap.take(40);
  CHECK(best.heap.reports.steps() == "visited chosen");  // others behind it are not looked at
}

TEST_CASE("Next fit goes on where it stopped the last time", "[free-list]") {
  test::Heap<AnyFreeList> heap(1024, FreeListPolicy{Fit::next, ListOrder::address});
  Offsets holes;
  for (int i = 0; i < 4; ++i) {
    holes.push_back(heap.take(24));
    heap.take(8);
  }
  for (const Offset hole : holes) heap.give(hole);
  CHECK(heap.take(24) == holes[0]);
  CHECK(heap.take(24) == holes[1]);
  heap.give(holes[0]);
  CHECK(heap.take(24) == holes[2]);
  CHECK(heap.allocator.structure().parts.size() == 2);
}

TEST_CASE("An address-ordered list names its blocks by address", "[free-list]") {
  Holes ordered({Fit::first, ListOrder::address});
  const Offsets list = ordered.heap.free_list();
  CHECK(std::is_sorted(list.begin(), list.end()));
  CHECK(list.size() == 4);
  CHECK(ordered.heap.take(20) == ordered.holes[0]);
}

TEST_CASE("Without coalescing, neighbours stay apart and the heap crumbles", "[free-list]") {
  test::Heap<AnyFreeList> heap(256, FreeListPolicy{.coalesces = false});
  Offsets blocks;
  for (int i = 0; i < 14; ++i) blocks.push_back(heap.take(8));
  for (const Offset block : blocks) heap.give(block);
  CHECK(heap.free_list().size() == 14);
  CHECK(heap.refusal(9) == AllocError::out_of_memory);
  CHECK(heap.take(8) == blocks.back());
}

TEST_CASE("A policy is read from the arena's bytes", "[free-list]") {
  test::Heap<AnyFreeList> heap(256, FreeListPolicy{Fit::best, ListOrder::address, false});
  heap.give(heap.take(8));
  AnyFreeList<Checked> again{Arena<>(heap.memory)};
  CHECK_FALSE(again.check());
  FreeList<Checked> other{Arena<>(heap.memory)};
  CHECK(other.check().part == DamagedPart::control);
  test::Heap<AnyFreeList> plain(256, FreeListPolicy{});
  FreeList<Checked> same{Arena<>(plain.memory)};
  CHECK_FALSE(same.check());
}

TEST_CASE("Next fit that comes round looks at what lies before its rover, and at each block once", "[free-list]") {
  test::Heap<AnyFreeList> heap(512, FreeListPolicy{Fit::next, ListOrder::address});
  Offsets holes;
  for (int i = 0; i < 3; ++i) {
    holes.push_back(heap.take(40));
    heap.take(8);
  }
  const std::uint32_t rest = heap.blocks()[7].size;
  heap.take(rest - 8);
  for (const Offset hole : holes) heap.give(hole);
  REQUIRE(heap.take(40) == holes[0]);
  REQUIRE(heap.take(40) == holes[1]);  // the rover stands behind it now
  heap.give(holes[0]);
  heap.reports.clear();
  CHECK(heap.refusal(100) == AllocError::out_of_memory);
  CHECK(heap.reports.steps() == "visited visited");
  CHECK(heap.take(40) == holes[2]);
  CHECK(heap.take(40) == holes[0]);
  CHECK(heap.refusal(1) == AllocError::out_of_memory);
}

TEST_CASE("Worst fit takes the first of two blocks that are as large", "[free-list]") {
  test::Heap<AnyFreeList> heap(512, FreeListPolicy{Fit::worst});
  Offsets holes;
  for (int i = 0; i < 2; ++i) {
    holes.push_back(heap.take(100));
    heap.take(8);
  }
  while (heap.refusal(8) == AllocError::none) continue;
  for (const Offset hole : holes) heap.give(hole);
  CHECK(heap.take(20) == holes[1]);  // released last, so at the head
}
