// Sized deallocation, on every allocator.
#include "heapyard/alloc/memory_resource.hpp"
#include "heapyard/alloc/std_allocator.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/tracked.hpp"

using namespace heapyard;
using test::Heap;

namespace {

constexpr std::uint64_t two_to_63 = std::uint64_t{1} << 63;

template <class H>
Offset allocate(H& heap, std::uint64_t size) {
  const Result<Offset> payload = heap.allocator.allocate(*Layout::make(size));
  REQUIRE(payload);
  return *payload;
}

/// A request of 40 bytes cannot have been one of these; of the sizes that it can have been, 40 is one.
template <class H>
void refuses_sizes(H& heap, std::initializer_list<std::uint64_t> impossible) {
  const Offset payload = allocate(heap, 40);
  const std::vector<Block> before = heap.blocks();
  for (const std::uint64_t size : impossible) {
    CAPTURE(size);
    CHECK(deallocate_sized(heap.allocator, payload, size) == FaultKind::wrong_size);
  }
  CHECK(heap.blocks() == before);
  CHECK(deallocate_sized(heap.allocator, payload, 40) == FaultKind::none);
  CHECK(deallocate_sized(heap.allocator, payload, 40) == FaultKind::double_free);
  CHECK_FALSE(heap.allocator.check());
}

}  // namespace

TEMPLATE_TEST_CASE("An allocator that keeps the size of a request refuses any other", "[sized]", Heap<FreeList>,
                   Heap<Tlsf>, Heap<Stack>, Heap<test::Tracked<FreeList>::By>, Heap<test::Tracked<Buddy>::By>) {
  TestType heap(8192);
  refuses_sizes(heap, {0, 1, 39, 41, two_to_63, two_to_63 + 40});
}

TEMPLATE_TEST_CASE("An allocator with size classes refuses what the class has no room for", "[sized]", Heap<Buddy>,
                   Heap<Slab>) {
  TestType heap(8192);
  refuses_sizes(heap, {0, 65, 4096, two_to_63});
}

TEST_CASE("A pool refuses a size beyond its blocks", "[sized][pool]") {
  Heap<Pool> heap(4096, 48U);
  refuses_sizes(heap, {0, 49, two_to_63});
}

TEST_CASE("A bump allocator refuses what does not fill its newest block", "[sized][bump]") {
  Heap<Bump> heap(4096);
  refuses_sizes(heap, {0, 32, 49, two_to_63});
}

TEST_CASE("A resized block is given back with its new size", "[sized]") {
  Heap<FreeList> heap(4096);
  const Offset payload = allocate(heap, 40);
  REQUIRE(heap.allocator.reallocate(payload, *Layout::make(100)));
  CHECK(deallocate_sized(heap.allocator, payload, 40) == FaultKind::wrong_size);
  CHECK(deallocate_sized(heap.allocator, payload, 100) == FaultKind::none);
}

TEST_CASE("What a sized release misuses besides the size is told as without one", "[sized]") {
  Heap<FreeList> heap(4096);
  const Offset payload = allocate(heap, 40);
  CHECK(deallocate_sized(heap.allocator, payload + 16, 24) == FaultKind::interior_pointer);
  CHECK(deallocate_sized(heap.allocator, 4, 40) == FaultKind::foreign_pointer);
  Heap<Stack> stack(4096);
  const Offset below = allocate(stack, 40);
  static_cast<void>(allocate(stack, 8));
  CHECK(deallocate_sized(stack.allocator, below, 40) == FaultKind::out_of_order);
}

TEST_CASE("A container that gives back another count than it asked for keeps its block", "[sized][std-allocator]") {
  Heap<FreeList> heap(4096);
  StdAllocator<int, std::remove_reference_t<decltype(heap.allocator)>> allocator(heap.allocator);
  int* const four = allocator.allocate(4);
  allocator.deallocate(four, 5);
  CHECK(heap.allocator.judge(heap.allocator.arena().offset_of(four)) == FaultKind::none);
  allocator.deallocate(four, 4);
  CHECK(heap.allocator.judge(heap.allocator.arena().offset_of(four)) == FaultKind::double_free);
  int* const none = allocator.allocate(0);
  allocator.deallocate(none, 0);
  CHECK(heap.allocator.judge(heap.allocator.arena().offset_of(none)) == FaultKind::double_free);
}
