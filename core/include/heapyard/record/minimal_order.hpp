#pragma once

#include "heapyard/base/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heapyard {

/// Up to this many members the least size is found exactly, whatever their sizes and alignments.
inline constexpr std::size_t max_searched_members = 16;

struct MemberOrder {
  std::uint64_t size = 0;          ///< of the struct in that order, tail padding included
  std::vector<std::size_t> order;  ///< indices of the members, first byte first
  bool proved = false;             ///< no order is smaller
};

/// The order of members that takes the fewest bytes.
///
/// No order is smaller than the sum of all sizes rounded up to the greatest alignment: an order that reaches it is
/// proved. The order given is kept when it does; else members are sorted by descending alignment, stably. That always
/// reaches the bound when each size is a multiple of its alignment, as for all types of C; for members that are aligned
/// more strictly than their size, up to `max_searched_members`, all orders are searched (Held and Karp, 1962: the least
/// end of every subset of members), and beyond it the better of the two orders is given, unproved.
///
/// Requires the sum of all sizes and alignments to stay below 2^63. O(n log n), or O(n 2^n) when searched.
MemberOrder minimal_order(std::span<const Layout> members);

}  // namespace heapyard
