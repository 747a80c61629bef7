#pragma once

#include "heapyard/arena/arena.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/base/structure.hpp"
#include "heapyard/trace/event.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace heapyard {

class RecordedAllocator;

/// Looks into the bytes of an allocator's arena.
class Inspector {
 public:
  virtual ~Inspector() = default;

  /// The allocator on an arena that it has formatted, in whatever state that is.
  virtual std::unique_ptr<RecordedAllocator> attach(Arena<Recording> arena) const = 0;

  /// Reads the structure from the bytes of an arena. Damaged bytes give a part of it, never a crash.
  Structure structure(std::span<const std::byte> bytes) const;

  /// Carries out one call of a trace once more, on a copy of the bytes before it, by the very code that carried it out
  /// before, and tells its inner steps.
  std::vector<Note> explain(const Event& event, std::span<const std::byte> bytes_before) const;
};

/// That of the free list, on which lessons play.
std::unique_ptr<Inspector> make_free_list_inspector();

/// What an event that allocates asked for; the error of a size that cannot be.
Result<Layout> asked_layout(const Event& event);

}  // namespace heapyard
