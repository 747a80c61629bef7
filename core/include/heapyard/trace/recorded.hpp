#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstdint>
#include <vector>

namespace heapyard {

/// An allocator whose arena is recorded, behind one interface: what watches it knows no allocator, and is compiled
/// once. The calls are those of the concept `Allocator`.
class RecordedAllocator {
 public:
  virtual ~RecordedAllocator() = default;

  virtual Result<Offset> allocate(Layout layout) = 0;
  virtual Result<Offset> reallocate(Offset payload, Layout layout) = 0;
  virtual FaultKind deallocate(Offset payload) = 0;
  virtual Damage damage_at(Offset payload, std::uint32_t requested) const = 0;
  virtual std::vector<Damage> damage() const = 0;
  virtual Structure structure() const = 0;

  // Those of an allocator with markers; others have none to give, and know none.
  virtual Result<Offset> mark() { return AllocError::no_markers; }
  virtual FaultKind release_to(Offset) { return FaultKind::foreign_pointer; }

  const Arena<Recording>& arena() const { return arena_; }

 protected:
  explicit RecordedAllocator(Arena<Recording> arena) : arena_(arena) {}

 private:
  Arena<Recording> arena_;
};

template <Allocator A>
class Recorded final : public RecordedAllocator {
 public:
  explicit Recorded(Arena<Recording> arena) : RecordedAllocator(arena), allocator_(arena) {}

  A& allocator() { return allocator_; }

  Result<Offset> allocate(Layout layout) override { return allocator_.allocate(layout); }
  Result<Offset> reallocate(Offset payload, Layout layout) override { return allocator_.reallocate(payload, layout); }
  FaultKind deallocate(Offset payload) override { return allocator_.deallocate(payload); }
  Damage damage_at(Offset payload, std::uint32_t requested) const override {
    return allocator_.damage_at(payload, requested);
  }
  std::vector<Damage> damage() const override {
    std::vector<Damage> all;
    allocator_.for_each_damage([&all](const Damage& each) { all.push_back(each); });
    return all;
  }
  Structure structure() const override { return allocator_.structure(); }
  Result<Offset> mark() override {
    if constexpr (requires(A a) { a.mark(); }) return allocator_.mark();
    return RecordedAllocator::mark();
  }
  FaultKind release_to(Offset marker) override {
    if constexpr (requires(A a) { a.release_to(marker); }) return allocator_.release_to(marker);
    return RecordedAllocator::release_to(marker);
  }

 private:
  A allocator_;
};

}  // namespace heapyard
