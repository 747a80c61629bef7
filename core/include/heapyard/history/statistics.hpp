#pragma once

#include <cstdint>

namespace heapyard {

/// The numbers of a heap at one step. Bytes are bytes.
struct Statistics {
  std::uint64_t allocations = 0;    ///< successful ones; a realloc of a live allocation is none
  std::uint64_t deallocations = 0;  ///< likewise
  std::uint64_t failed_allocations = 0;
  std::uint64_t live_blocks = 0;
  std::uint64_t live_bytes = 0;              ///< requested bytes of the live blocks
  std::uint64_t high_water_mark = 0;         ///< the greatest `live_bytes` so far
  std::uint64_t internal_fragmentation = 0;  ///< used-block bytes minus requested bytes
  std::uint64_t total_free = 0;              ///< bytes of the free blocks
  std::uint64_t largest_free = 0;            ///< bytes of the largest free block
  double external_fragmentation = 0;         ///< 1 - largest free / total free; 0 when nothing is free
};

}  // namespace heapyard
