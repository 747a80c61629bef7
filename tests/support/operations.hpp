#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/base/random.hpp"

#include "support/oracle.hpp"

#include <cstdint>
#include <string>

namespace heapyard::test {

/// What requests look like, and how often something is asked for.
struct Requests {
  std::uint64_t largest = 64;           ///< bytes
  std::uint64_t widest_alignment = 16;  ///< bytes
  std::uint32_t allocations = 50;       ///< of a hundred operations; the rest gives back or resizes

  Layout next(Random& random) const;
};

/// What an allocator can do besides what all of them do.
struct Abilities {
  bool stacks = false;  ///< gives back its newest block only
  bool marks = false;   ///< has markers to give back to
  bool resets = false;  ///< gives back everything at once
};

template <class A>
constexpr Abilities abilities_of() {
  return {requires {A::releases_newest_only;
}
, requires(A a) {
  a.mark();
}
, requires(A a) {
  a.reset();
}
};  // namespace heapyard::test
}

/// A call on an allocator.
struct Operation {
  enum class Kind : std::uint8_t { allocate, deallocate, reallocate, misuse, mark, release_to, reset };

  Kind kind = Kind::allocate;
  Offset payload = 0;  ///< of what is given back or resized; what a misuse or a release names, which may be anything
  Layout layout;       ///< of what is asked for

  /// For messages: `reallocate(64, 100 bytes aligned to 8)`.
  std::string words() const;
};

/// The next call of a random program: on what is live, but for a misuse now and then and a request that none grants.
Operation next_operation(Random& random, const Oracle& oracle, const Requests& requests, Abilities abilities,
                         std::uint32_t arena_size);

}  // namespace heapyard::test
