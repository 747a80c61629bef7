#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/base/layout.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace heapyard {

/// An allocator of this library as the standard library's containers take one: `std::vector<int, StdAllocator<int,
/// FreeList<>>>`. It names the allocator and does not own it: containers with the same one may exchange memory.
///
/// Standard: [allocator.requirements].
template <class T, class A>
class StdAllocator {
 public:
  using value_type = T;

  /// Requires an allocator that outlives the containers.
  explicit StdAllocator(A& allocator) noexcept : allocator_(&allocator) {}
  template <class Other>
  StdAllocator(const StdAllocator<Other, A>& other) noexcept : allocator_(&other.allocator()) {}

  /// Memory for `count` objects. Throws `std::bad_alloc` when it is refused, whatever the reason; where there are no
  /// exceptions the program ends. Of 0 objects, as of 1.
  T* allocate(std::size_t count) {
    const Result<Layout> layout = Layout::of<T>().array(count == 0 ? 1 : count);
    const Result<Offset> payload = layout ? allocator_->allocate(*layout) : Result<Offset>(layout.error());
    if (!payload) refuse();
    return reinterpret_cast<T*>(allocator_->arena().at(*payload));
  }

  /// Gives it back. What the allocator refuses stays taken: in this order (`FaultKind::out_of_order`), or, where it
  /// checks, with another count than was asked for (`FaultKind::wrong_size`).
  void deallocate(T* memory, std::size_t count) noexcept {
    const Offset payload = payload_of(*allocator_, memory);
    static_cast<void>(deallocate_sized(*allocator_, payload, std::uint64_t{count == 0 ? 1 : count} * sizeof(T)));
  }

  A& allocator() const noexcept { return *allocator_; }

  template <class Other>
  friend bool operator==(const StdAllocator& a, const StdAllocator<Other, A>& b) noexcept {
    return &a.allocator() == &b.allocator();
  }

 private:
  [[noreturn]] static void refuse() {
#ifdef __cpp_exceptions
    throw std::bad_alloc();
#else
    std::abort();
#endif
  }

  A* allocator_;
};

}  // namespace heapyard
