#include "support/operations.hpp"

#include <algorithm>

namespace heapyard::test {
namespace {

/// Nothing, more than any arena has, or more aligned than any arena is.
Layout absurd(Random& random) {
  switch (random.below(4)) {
    case 0: return {};
    case 1: return *Layout::make(std::uint64_t{1} << random.between(33, 62), 1);
    case 2: return *Layout::make(Layout::max_size, 1);
    default: return *Layout::make(random.between(1, 64), std::uint64_t{8192} << random.below(40));
  }
}

}  // namespace

Layout Requests::next(Random& random) const {
  const std::uint64_t bound = random.chance(70) ? std::min<std::uint64_t>(largest, 64) : largest;
  std::uint64_t alignment = 1;
  while (random.chance(60) && alignment < widest_alignment) alignment *= 2;
  return *Layout::make(random.between(1, bound), alignment);
}

std::string Operation::words() const {
  const std::string what = std::to_string(layout.size()) + " bytes aligned to " + std::to_string(layout.alignment());
  const std::string where = std::to_string(payload);
  switch (kind) {
    case Kind::allocate: return "allocate(" + what + ")";
    case Kind::deallocate: return "deallocate(" + where + ")";
    case Kind::reallocate: return "reallocate(" + where + ", " + what + ")";
    case Kind::misuse: return "misuse(" + where + ", " + what + ")";
    case Kind::mark: return "mark()";
    case Kind::release_to: return "release_to(" + where + ")";
    case Kind::reset: return "reset()";
  }
  return "";
}

Operation next_operation(Random& random, const Oracle& oracle, const Requests& requests, Abilities abilities,
                         std::uint32_t arena_size) {
  using Kind = Operation::Kind;
  const Layout layout = random.chance(2) ? absurd(random) : requests.next(random);
  const auto anywhere = static_cast<Offset>(random.below(arena_size + 16));
  const std::optional<Offset> live = abilities.stacks && random.chance(80) ? oracle.highest() : oracle.any(random);
  if (random.chance(5)) return {Kind::misuse, anywhere, layout};
  if (abilities.marks && random.chance(4)) return {random.chance(60) ? Kind::mark : Kind::release_to, anywhere, layout};
  if (abilities.resets && random.chance(1)) return {Kind::reset, 0, layout};
  if (!live || random.chance(requests.allocations)) return {Kind::allocate, 0, layout};
  return {random.chance(70) ? Kind::deallocate : Kind::reallocate, *live, layout};
}

}  // namespace heapyard::test
