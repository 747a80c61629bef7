#include "heapyard/record/minimal_order.hpp"

#include "heapyard/base/align.hpp"

#include <algorithm>
#include <numeric>

namespace heapyard {
namespace {

std::uint64_t greatest_alignment(std::span<const Layout> members) {
  std::uint64_t greatest = 1;
  for (const Layout& member : members) greatest = std::max(greatest, member.alignment());
  return greatest;
}

std::uint64_t size_in_order(std::span<const Layout> members, const std::vector<std::size_t>& order) {
  std::uint64_t end = 0;
  for (const std::size_t i : order) end = align_up(end, members[i].alignment()) + members[i].size();
  return align_up(end, greatest_alignment(members));
}

/// An order that ends earlier is never worse for what follows, so the least end of each subset is all that matters.
std::vector<std::size_t> searched_order(std::span<const Layout> members) {
  const std::size_t subsets = std::size_t{1} << members.size();
  std::vector<std::uint64_t> least_end(subsets, UINT64_MAX);
  std::vector<std::uint8_t> last(subsets, 0);
  least_end[0] = 0;
  for (std::size_t subset = 0; subset < subsets; ++subset) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::size_t with = subset | (std::size_t{1} << i);
      if (with == subset) continue;
      const std::uint64_t end = align_up(least_end[subset], members[i].alignment()) + members[i].size();
      if (end >= least_end[with]) continue;
      least_end[with] = end;
      last[with] = static_cast<std::uint8_t>(i);
    }
  }
  std::vector<std::size_t> order(members.size());
  std::size_t subset = subsets - 1;
  for (std::size_t place = members.size(); place-- > 0;) {
    order[place] = last[subset];
    subset &= ~(std::size_t{1} << last[subset]);
  }
  return order;
}

}  // namespace

MemberOrder minimal_order(std::span<const Layout> members) {
  std::uint64_t sum = 0;
  for (const Layout& member : members) sum += member.size();
  const std::uint64_t bound = align_up(sum, greatest_alignment(members));

  std::vector<std::size_t> given(members.size());
  std::iota(given.begin(), given.end(), std::size_t{0});
  const std::uint64_t given_size = size_in_order(members, given);
  if (given_size == bound) return {bound, std::move(given), true};

  std::vector<std::size_t> sorted = given;
  std::stable_sort(sorted.begin(), sorted.end(), [members](std::size_t left, std::size_t right) {
    return members[left].alignment() > members[right].alignment();
  });
  const std::uint64_t sorted_size = size_in_order(members, sorted);
  if (sorted_size == bound) return {bound, std::move(sorted), true};

  if (members.size() <= max_searched_members) {
    std::vector<std::size_t> searched = searched_order(members);
    const std::uint64_t size = size_in_order(members, searched);
    return given_size == size ? MemberOrder{size, std::move(given), true}
                              : MemberOrder{size, std::move(searched), true};
  }
  return given_size <= sorted_size ? MemberOrder{given_size, std::move(given), false}
                                   : MemberOrder{sorted_size, std::move(sorted), false};
}

}  // namespace heapyard
