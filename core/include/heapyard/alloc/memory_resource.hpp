#pragma once

// Where the toolchain has polymorphic memory resources; libc++ before 16 does not.
#if __has_include(<memory_resource>)

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/base/layout.hpp"

#include <cstddef>
#include <memory_resource>
#include <new>

namespace heapyard {

/// An allocator of this library as a `std::pmr::memory_resource`, so that `std::pmr::string` and its like can use it.
/// It names the allocator and does not own it.
///
/// Standard: [mem.res].
template <class A>
class MemoryResource final : public std::pmr::memory_resource {
 public:
  /// Requires an allocator that outlives the resource.
  explicit MemoryResource(A& allocator) noexcept : allocator_(&allocator) {}

  A& allocator() const noexcept { return *allocator_; }

 private:
  /// Throws `std::bad_alloc` when it is refused, whatever the reason. Of 0 bytes, as of 1.
  void* do_allocate(std::size_t size, std::size_t alignment) override {
    const Result<Layout> layout = Layout::make(size == 0 ? 1 : size, alignment);
    const Result<Offset> payload = layout ? allocator_->allocate(*layout) : Result<Offset>(layout.error());
    if (!payload) throw std::bad_alloc();
    return allocator_->arena().at(*payload);
  }
  void do_deallocate(void* memory, std::size_t size, std::size_t) override {
    const Offset payload = payload_of(*allocator_, memory);
    static_cast<void>(deallocate_sized(*allocator_, payload, size == 0 ? 1 : size));
  }
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    const auto* const same = dynamic_cast<const MemoryResource*>(&other);
    return same != nullptr && same->allocator_ == allocator_;
  }

  A* allocator_;
};

}  // namespace heapyard

#endif
