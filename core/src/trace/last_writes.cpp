#include "heapyard/trace/last_writes.hpp"

#include <algorithm>

namespace heapyard {

std::uint32_t LastWrites::of(Offset at) {
  constexpr std::uint32_t word = sizeof(std::uint32_t);
  if (!trace_.keeps_bytes || at >= trace_.arena_size) return 0;
  steps_.resize(trace_.arena_size / word + 1);
  while (until_ < trace_.steps()) {
    ++until_;
    if (trace_.event(until_).kind == EventKind::poke) continue;
    for (const Patch& patch : trace_.patches_of(until_)) {
      const auto first = steps_.begin() + patch.offset() / word;
      const auto last = steps_.begin() + (patch.offset() + patch.size() - 1) / word;
      std::fill(first, last + 1, until_);
    }
  }
  return steps_[at / word];
}

}  // namespace heapyard
