#pragma once

#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/bump.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/stack.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include "support/catch.hpp"
#include "support/tracked.hpp"
#include "support/watched_heap.hpp"

namespace heapyard::test {

/// A watched heap whose calls are tests: what is asked of it must be had.
template <template <class, class> class A, class Checks = Checked>
class Heap : public WatchedHeap<A, Checks> {
 public:
  using WatchedHeap<A, Checks>::WatchedHeap, WatchedHeap<A, Checks>::allocator;

  /// The payload, which must be had.
  Offset take(std::uint64_t size, std::uint64_t alignment = 1) {
    const Result<Layout> layout = Layout::make(size, alignment);
    REQUIRE(layout);
    const Result<Offset> payload = allocator.allocate(*layout);
    CAPTURE(size, alignment, name_of(payload.error()));
    REQUIRE(payload);
    REQUIRE_FALSE(allocator.check());
    return *payload;
  }
  AllocError refusal(std::uint64_t size, std::uint64_t alignment = 1) {
    const Result<Layout> layout = Layout::make(size, alignment);
    return layout ? allocator.allocate(*layout).error() : layout.error();
  }
  void give(Offset payload) {
    CAPTURE(payload);
    REQUIRE(allocator.deallocate(payload) == FaultKind::none);
    REQUIRE_FALSE(allocator.check());
  }
};

using FreeListHeap = Heap<FreeList>;
using PoolHeap = Heap<Pool>;

}  // namespace heapyard::test
