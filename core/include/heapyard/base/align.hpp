#pragma once

#include <bit>
#include <cstdint>

namespace heapyard {

/// True for 1, 2, 4, 8, …; false for 0.
constexpr bool is_power_of_two(std::uint64_t value) {
  return std::has_single_bit(value);
}

/// The least multiple of `alignment` that is not below `value`. Requires a power of two; wraps past 2^64.
constexpr std::uint64_t align_up(std::uint64_t value, std::uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

/// The greatest multiple of `alignment` that is not above `value`. Requires a power of two.
constexpr std::uint64_t align_down(std::uint64_t value, std::uint64_t alignment) {
  return value & ~(alignment - 1);
}

}  // namespace heapyard
