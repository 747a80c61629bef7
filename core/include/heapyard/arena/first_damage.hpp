#pragma once

#include "heapyard/arena/watch.hpp"
#include "heapyard/base/fault.hpp"

namespace heapyard {

/// A watch that remembers the first damage that it is told, and nothing else:
///
///     Damage found;
///     FreeList<Checked, FirstDamage> heap{Arena<FirstDamage>(memory, FirstDamage(found))};
///
/// What `check()` and `damage_at` find is what stands in the arena when they are asked. A watch learns besides what an
/// allocator came across and is about to write over: guard bytes of a block that is given back, fill bytes of one that
/// is given out. Once all is handled, `found = {}` lets it remember the next.
class FirstDamage : public Unwatched {
 public:
  /// Requires a damage that outlives the arena and its copies.
  explicit FirstDamage(Damage& found) : found_(&found) {}

  void damage(const Damage& damage) const {
    if (!*found_) *found_ = damage;
  }

 private:
  Damage* found_;
};

}  // namespace heapyard
