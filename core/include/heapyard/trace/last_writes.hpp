#pragma once

#include "heapyard/trace/trace.hpp"

#include <cstdint>
#include <vector>

namespace heapyard {

/// When each word of an arena was last written, by anything but a poke. It follows a trace that grows.
class LastWrites {
 public:
  explicit LastWrites(const Trace& trace) : trace_(trace) {}

  /// The last step in which the 4-byte word at `at` changed; 0 when none did, or when bytes are not kept. O(1), and
  /// once O(what it changed) for each step of the trace. Takes as many bytes as the arena.
  std::uint32_t of(Offset at);

 private:
  const Trace& trace_;
  std::vector<std::uint32_t> steps_;  ///< of each word
  std::uint32_t until_ = 0;           ///< the step up to which they are known
};

}  // namespace heapyard
