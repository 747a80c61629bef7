#include "heapyard/view/heap_numbers.hpp"

#include <cmath>

#include <fmt/format.h>

namespace heapyard {

std::vector<HeapNumber> heap_numbers(const Statistics& statistics) {
  return {
      {fmt::format("{} B", statistics.live_bytes), "in use"},
      {fmt::format("{} B", statistics.high_water_mark), "high water"},
      {fmt::format("{} B", statistics.total_free), "free"},
      {fmt::format("{} B", statistics.largest_free), "largest free"},
      {fmt::format("{} %", std::lround(statistics.external_fragmentation * 100)), "fragmented"},
      {fmt::format("{} B", statistics.internal_fragmentation), "lost inside"},
  };
}

}  // namespace heapyard
