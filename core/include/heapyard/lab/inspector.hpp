#pragma once

#include "heapyard/arena/watch.hpp"
#include "heapyard/base/structure.hpp"
#include "heapyard/trace/event.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace heapyard {

/// Looks into the bytes of an allocator's arena.
class Inspector {
 public:
  virtual ~Inspector() = default;

  /// Reads the structure from the bytes of an arena. Damaged bytes give a part of it, never a crash.
  virtual Structure structure(std::span<const std::byte> bytes) const = 0;

  /// Carries out one call of a trace once more, on a copy of the bytes before it, and tells its inner steps.
  virtual std::vector<Note> explain(const Event& event, std::span<const std::byte> bytes_before) const = 0;
};

/// That of the free list, on which lessons play.
std::unique_ptr<Inspector> make_free_list_inspector();

}  // namespace heapyard
