#pragma once

#include "heapyard/smart/counted.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <utility>

namespace heapyard {

/// What lies on the heap: the counts and the value. `ArcBlock<void>` is the part that is the same for every value.
template <class T>
struct ArcBlock;

/// Counts that any thread may change at any time.
///
/// The orders of memory, and why no weaker one would do:
/// - Adding is relaxed. Who copies an owner has one already, so the value cannot go meanwhile; and nothing is learned
///   from the number.
/// - Dropping is a release: what a thread did with the value comes before its drop. The last one to drop then loads
///   with acquire, and so sees all that the others did, before it destroys. (A fence would do as well, and spare a load
///   of what has just been written; but ThreadSanitizer knows no fences.)
/// - Upgrading compares and exchanges, since "1 more unless it is 0" must be one step: between a look and an addition
///   the last owner could drop. It is an acquire, to see what owners did that have gone since; a failed try is relaxed,
///   since it only tries again.
/// - Reading a count is relaxed: it may be old in any case.
///
/// Source: Rust's std::sync::Arc; Boost.Atomic, "Usage examples: reference counting".
template <>
struct ArcBlock<void> {
  std::atomic<std::size_t> strong{1};  ///< owners
  std::atomic<std::size_t> weak{1};    ///< watchers, and one for all owners together

  virtual void destroy_value() noexcept = 0;
  virtual void free_block() noexcept = 0;

  /// Effects: ends the program (`std::abort`) rather than to count beyond `max_count`. Other threads may count on until
  /// it has ended: the upper half of the numbers is their room.
  void add_strong() noexcept { add_one(strong); }
  void add_weak() noexcept { add_one(weak); }
  /// False, and nothing counted, when the last owner has gone.
  bool add_strong_unless_none() noexcept {
    std::size_t seen = strong.load(std::memory_order_relaxed);
    do {
      if (seen == 0) return false;
      if (seen >= max_count) std::abort();
    } while (!strong.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire, std::memory_order_relaxed));
    return true;
  }
  /// Whether that was the last.
  bool drop_strong() noexcept { return drop_one(strong); }
  bool drop_weak() noexcept { return drop_one(weak); }

  std::size_t owners() const noexcept { return strong.load(std::memory_order_relaxed); }
  std::size_t watchers() const noexcept { return weak.load(std::memory_order_relaxed); }

 protected:
  ~ArcBlock() = default;

 private:
  static void add_one(std::atomic<std::size_t>& count) noexcept {
    if (count.fetch_add(1, std::memory_order_relaxed) >= max_count) std::abort();
  }
  static bool drop_one(std::atomic<std::size_t>& count) noexcept {
    if (count.fetch_sub(1, std::memory_order_release) != 1) return false;
    static_cast<void>(count.load(std::memory_order_acquire));
    return true;
  }
};

template <class T>
struct ArcBlock final : CountedBlock<T, ArcBlock<void>> {
  using CountedBlock<T, ArcBlock<void>>::CountedBlock;
};

/// An `Rc` whose owners may be on different threads: the counts are atomic, and the last drop sees what all threads
/// did. No more than the counts is safe: two threads that change the value, or one `Arc` object, need a lock; so each
/// thread has an `Arc` of its own. Complexity: O(1), though processors have to take turns at a count.
template <class T>
using Arc = StrongRef<T, ArcBlock>;

/// Watches what an `Arc` owns, without owning it.
template <class T>
using WeakArc = WeakRef<T, ArcBlock>;

/// `T(arguments…)`, or `T{arguments…}` where T is an aggregate, behind its counts in one allocation.
template <class T, class... Arguments>
[[nodiscard]] Arc<T> make_arc(Arguments&&... arguments) {
  return make_counted<T, ArcBlock>(std::forward<Arguments>(arguments)...);
}

static_assert(sizeof(Arc<int>) == 2 * sizeof(void*) && sizeof(WeakArc<int>) == sizeof(Arc<int>));

}  // namespace heapyard
