#include "heapyard/trace/trace.hpp"

namespace heapyard {

std::uint32_t Trace::last_write(Offset at, std::uint32_t step, std::uint32_t after) const {
  if (!keeps_bytes) return 0;
  for (; step > after; --step) {
    if (event(step).kind == EventKind::poke) continue;
    for (const Patch& patch : patches_of(step)) {
      if (at >= patch.offset() && at - patch.offset() < patch.size()) return step;
    }
  }
  return 0;
}

}  // namespace heapyard
