#pragma once
// How an inspector of any allocator does what it does.

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/lab/inspector.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstdint>
#include <cstring>

namespace heapyard {

inline bool asks_alignment(const Event& event) {
  return event.kind == EventKind::aligned_alloc || (event.kind == EventKind::op_new && event.alignment != 0);
}

/// Reads the structure; the bytes may be damaged.
template <template <class, class> class A>
Structure structure_of(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  // Only read: the allocator never writes through a view of it.
  const Arena<Recording> arena(const_cast<std::byte*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
  return A<Checked, Recording>(arena).structure();
}

/// Carries out a call once more, on a copy, by the very code that carried it out before; of what is recorded, only the
/// inner steps are of interest.
template <template <class, class> class A>
std::vector<Note> notes_of(const Event& event, std::span<const std::byte> bytes_before) {
  std::vector<Note> notes;
  AllocError error;
  const ArenaMemory copy = ArenaMemory::make(bytes_before.size(), error);
  if (error != AllocError::none || event.fault != FaultKind::none) return notes;
  std::memcpy(copy.data(), bytes_before.data(), bytes_before.size());
  Recorder recorder;
  recorder.collect(notes);
  A<Checked, Recording> allocator{Arena<Recording>(copy, Recording(recorder))};
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
