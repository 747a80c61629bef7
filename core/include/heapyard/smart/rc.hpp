#pragma once

#include "heapyard/smart/counted.hpp"

#include <cstddef>
#include <cstdlib>
#include <utility>

namespace heapyard {

/// What lies on the heap: the counts and the value. `RcBlock<void>` is the part that is the same for every value.
template <class T>
struct RcBlock;

/// Counts of one thread: plain numbers. Two threads that copied one `Rc` would both read 1 and both write 2.
template <>
struct RcBlock<void> {
  std::size_t strong = 1;  ///< owners
  std::size_t weak = 1;    ///< watchers, and one for all owners together

  virtual void destroy_value() noexcept = 0;
  virtual void free_block() noexcept = 0;

  /// Effects: ends the program (`std::abort`) rather than to count beyond `max_count`.
  void add_strong() noexcept { add_one(strong); }
  void add_weak() noexcept { add_one(weak); }
  /// False, and nothing counted, when the last owner has gone.
  bool add_strong_unless_none() noexcept {
    if (strong == 0) return false;
    add_one(strong);
    return true;
  }
  /// Whether that was the last.
  bool drop_strong() noexcept { return --strong == 0; }
  bool drop_weak() noexcept { return --weak == 0; }

  std::size_t owners() const noexcept { return strong; }
  std::size_t watchers() const noexcept { return weak; }

 protected:
  ~RcBlock() = default;

 private:
  static void add_one(std::size_t& count) noexcept {
    if (count == max_count) std::abort();
    ++count;
  }
};

template <class T>
struct RcBlock final : CountedBlock<T, RcBlock<void>> {
  using CountedBlock<T, RcBlock<void>>::CountedBlock;
};

/// One of several owners of a value, all on one thread. `counted.hpp` has the picture and the steps.
///
///     Rc<Node> first = make_rc<Node>(1);   // strong 1
///     Rc<Node> second = first;             // strong 2: the same node
///     Weak<Node> watcher = first;          // weak 2: one watcher, and one for the owners
///     first.reset();                       // strong 1
///     second.reset();                      // strong 0: the node is destroyed
///     watcher.upgrade();                   // an Rc of nothing
///
/// Owners in a circle never drop to 0: the way back is a `Weak`.
template <class T>
using Rc = StrongRef<T, RcBlock>;

/// Watches what an `Rc` owns, without owning it.
template <class T>
using Weak = WeakRef<T, RcBlock>;

/// `T(arguments…)`, or `T{arguments…}` where T is an aggregate, behind its counts in one allocation.
template <class T, class... Arguments>
[[nodiscard]] Rc<T> make_rc(Arguments&&... arguments) {
  return make_counted<T, RcBlock>(std::forward<Arguments>(arguments)...);
}

static_assert(sizeof(Rc<int>) == 2 * sizeof(void*) && sizeof(Weak<int>) == sizeof(Rc<int>));

}  // namespace heapyard
