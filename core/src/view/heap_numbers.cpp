#include "heapyard/view/heap_numbers.hpp"

#include "heapyard/say/say.hpp"

#include <cmath>

#include <fmt/format.h>

namespace heapyard {

std::vector<HeapNumber> heap_numbers(const Statistics& statistics) {
  return {
      {fmt::format("{} B", statistics.live_bytes), say("in use")},
      {fmt::format("{} B", statistics.high_water_mark), say("high water")},
      {fmt::format("{} B", statistics.total_free), say("free")},
      {fmt::format("{} B", statistics.largest_free), say("largest free")},
      {fmt::format("{} %", std::lround(statistics.external_fragmentation * 100)), say("fragmented")},
      {fmt::format("{} B", statistics.internal_fragmentation), say("lost inside")},
  };
}

}  // namespace heapyard
