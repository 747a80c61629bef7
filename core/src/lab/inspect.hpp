#pragma once
// How an inspector of any allocator does what it does.

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/lab/inspector.hpp"

#include <cstdint>
#include <cstring>

namespace heapyard {

/// Collects inner steps.
class Inspecting {
 public:
  explicit Inspecting(std::vector<Note>& notes) : notes_(&notes) {}
  void wrote(Offset, std::uint32_t) const {}
  void block(const Block&) const {}
  void note(const Note& note) const { notes_->push_back(note); }
  void damage(const Damage&) const {}

 private:
  std::vector<Note>* notes_;
};

inline bool asks_alignment(const Event& event) {
  return event.kind == EventKind::aligned_alloc || (event.kind == EventKind::op_new && event.alignment != 0);
}

/// Reads the structure; the bytes may be damaged.
template <template <class, class> class A>
Structure structure_of(std::span<const std::byte> bytes) {
  Structure structure;
  if (bytes.empty()) return structure;
  // Only read: the allocator never writes through a view of it.
  const A<Checked, Unwatched> allocator{
      Arena<>(const_cast<std::byte*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()))};
  structure.first_free = allocator.first_free();
  allocator.for_each_link([&structure](const Link& link) { structure.links.push_back(link); });
  return structure;
}

/// Carries out a call once more, on a copy.
template <template <class, class> class A>
std::vector<Note> notes_of(const Event& event, std::span<const std::byte> bytes_before) {
  std::vector<Note> notes;
  AllocError error;
  const ArenaMemory copy = ArenaMemory::make(bytes_before.size(), error);
  if (error != AllocError::none || event.fault != FaultKind::none) return notes;
  std::memcpy(copy.data(), bytes_before.data(), bytes_before.size());
  A<Checked, Inspecting> allocator{Arena<Inspecting>(copy, Inspecting(notes))};
  const std::uint64_t size = event.kind == EventKind::calloc ? event.size * event.count : event.size;
  const Result<Layout> layout = asks_alignment(event) ? Layout::make(size, event.alignment) : natural_layout(size);
  if (event.releases()) {
    if (event.address != 0) allocator.deallocate(event.address);
  } else if (event.allocates() && layout && event.error != AllocError::size_overflow) {
    if (event.kind == EventKind::realloc && event.address != 0) {
      static_cast<void>(allocator.reallocate(event.address, *layout));
    } else {
      static_cast<void>(allocator.allocate(*layout));
    }
  }
  return notes;
}

}  // namespace heapyard
