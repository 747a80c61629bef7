#include "heapyard/record/minimal_order.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <numeric>

using namespace heapyard;

namespace {

std::uint64_t laid_out(const std::vector<Layout>& members, const std::vector<std::size_t>& order) {
  Layout whole;
  for (const std::size_t i : order) whole = whole.extend(members[i])->layout;
  return whole.padded().size();
}

std::uint64_t least_by_brute_force(const std::vector<Layout>& members) {
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t least = UINT64_MAX;
  do {
    least = std::min(least, laid_out(members, order));
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

bool is_permutation_of(std::vector<std::size_t> order, std::size_t count) {
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != i) return false;
  }
  return order.size() == count;
}

Layout layout(std::uint64_t size, std::uint64_t alignment) {
  return *Layout::make(size, alignment);
}

}  // namespace

TEST_CASE("The minimal order is a permutation, is laid out at its size, and no order by brute force is smaller",
          "[record][minimal]") {
  Random random(test::fresh_seed());
  for (int round = 0; round < 2000; ++round) {
    std::vector<Layout> members;
    const bool natural = random.chance(50);  // else members aligned more strictly than their size, too
    for (std::uint64_t count = random.between(1, 6); count > 0; --count) {
      const std::uint64_t alignment = std::uint64_t{1} << random.below(5);
      const std::uint64_t size = natural ? alignment * random.between(1, 4) : random.between(1, 40);
      members.push_back(layout(size, alignment));
    }
    const MemberOrder minimal = minimal_order(members);
    CAPTURE(round, members.size());
    REQUIRE(is_permutation_of(minimal.order, members.size()));
    REQUIRE(laid_out(members, minimal.order) == minimal.size);
    REQUIRE(minimal.proved);
    REQUIRE(minimal.size == least_by_brute_force(members));
  }
}

TEST_CASE("An order that is already minimal is kept", "[record][minimal]") {
  const std::vector<Layout> members = {layout(1, 1), layout(1, 1), layout(2, 2), layout(4, 4), layout(8, 8)};
  REQUIRE(minimal_order(members).order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("Members of one alignment keep their order among themselves", "[record][minimal]") {
  const std::vector<Layout> members = {layout(1, 1), layout(8, 8), layout(1, 1),
                                       layout(4, 4), layout(8, 8), layout(2, 1)};
  REQUIRE(minimal_order(members).order == std::vector<std::size_t>{1, 4, 3, 0, 2, 5});
}

TEST_CASE("Strictly aligned small members need the search that sorting would miss", "[record][minimal]") {
  // Sorted by alignment these take 32 bytes: 1 at 0, 8 at 8, 1 at 16. The small ones together need one unit less.
  const std::vector<Layout> members = {layout(8, 8), layout(1, 16), layout(1, 1)};
  const MemberOrder minimal = minimal_order(members);
  REQUIRE(minimal.size == 16);
  REQUIRE(minimal.proved);
}

TEST_CASE("Past the searched number of members nothing is called proved that is not", "[record][minimal]") {
  std::vector<Layout> members(max_searched_members + 1, layout(1, 16));
  members.push_back(layout(1, 1));
  const MemberOrder minimal = minimal_order(members);
  REQUIRE_FALSE(minimal.proved);
  REQUIRE(laid_out(members, minimal.order) == minimal.size);
}

TEST_CASE("Thousands of natural members are proved minimal", "[record][minimal]") {
  std::vector<Layout> members;
  for (int i = 0; i < 4096; ++i) members.push_back(i % 2 == 0 ? layout(1, 1) : layout(8, 8));
  const MemberOrder minimal = minimal_order(members);
  REQUIRE(minimal.proved);
  REQUIRE(minimal.size == 2048 * 9);
}
