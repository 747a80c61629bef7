#pragma once

#include "heapyard/smart/pointer_convertible.hpp"

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

namespace heapyard {

// What `Rc` (rc.hpp) and `Arc` (arc.hpp) share: many owners of one value, counted beside it on the heap. They differ in
// how their blocks count: `RcBlock<void>` with plain numbers, `ArcBlock<void>` with atomic ones.
//
//     owner    | block_ | value_ |        watcher  | block_ | value_ |
//                  │        └───────────────────┐
//                  ▼                            ▼
//     block    | virtual functions | strong | weak | value |
//
// 1. Make: one `new` for counts and value; strong = 1, weak = 1.
// 2. Copy an owner: strong + 1. Drop one: strong - 1; the last destroys the value.
// 3. Copy a watcher: weak + 1. Drop one: weak - 1; the last frees the block. All owners together are one watcher, which
//    goes when the value has been destroyed: so the block outlives the destructor, whatever that destructor drops.
// 4. Upgrade a watcher: strong + 1, unless it is 0. It never leaves 0 again: what is being destroyed cannot be saved.
//
// An owner is two words, as `std::shared_ptr` is: an owner of a base class may own a derived object, in which the base
// can begin anywhere, so the block alone does not tell where the value is. That block must be destroyed as what it was
// made as; therefore its two virtual functions, and therefore no base class needs a virtual destructor here.
//
// Complexity: all O(1), beside what constructor and destructor of the value do; a chain of n owners is destroyed n
// calls deep. Source: Rust's std::rc and std::sync::Arc; [util.smartptr.shared] of C++20; G. Colvin, B. Dawes,
// D. Adler, "A Proposal to Add General Purpose Smart Pointers to the Library Technical Report", N1450, 2003.

/// More owners or watchers than that are a bug that lost track of them, and end the program, as Rust does: a count that
/// began again at 0 would destroy what is still in use.
inline constexpr std::size_t max_count = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());

/// A value behind its counts. `AnyBlock` has the counts, `strong` and `weak`, and declares the two functions.
template <class T, class AnyBlock>
struct CountedBlock : AnyBlock {
  T value;

  /// `T(arguments…)`, or `T{arguments…}` where T is an aggregate.
  template <class... Arguments>
  explicit CountedBlock(std::in_place_t, Arguments&&... arguments) requires(!std::is_aggregate_v<T>)
      : value(std::forward<Arguments>(arguments)...) {}
  template <class... Arguments>
  explicit CountedBlock(std::in_place_t, Arguments&&... arguments) requires std::is_aggregate_v<T>
      : value{std::forward<Arguments>(arguments)...} {}

  CountedBlock(const CountedBlock&) = delete;
  CountedBlock& operator=(const CountedBlock&) = delete;

  /// A destructor that throws ends the program.
  void destroy_value() noexcept final { value.~T(); }

  /// Requires a value that was destroyed; which is why this is no `delete`, that would destroy it once more.
  void free_block() noexcept final {
    constexpr std::align_val_t alignment{alignof(CountedBlock)};
    if constexpr (alignof(CountedBlock) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
      ::operator delete(static_cast<void*>(this), alignment);
    } else {
      ::operator delete(static_cast<void*>(this));
    }
  }

 protected:
  ~CountedBlock() = default;
};

template <class T, template <class> class Block>
class WeakRef;

/// An owner: `Rc<T>` or `Arc<T>`. The value lives as long as one of its owners does.
template <class T, template <class> class Block>
class StrongRef {
  static_assert(std::is_object_v<T> && !std::is_array_v<T>,
                "An owner has one object: no array, no reference, no void.");
  using AnyBlock = Block<void>;

 public:
  /// An owner of nothing.
  constexpr StrongRef() noexcept = default;
  constexpr StrongRef(std::nullptr_t) noexcept {}

  /// One owner more.
  StrongRef(const StrongRef& other) noexcept : StrongRef(other.any_block(), other.value_) { add(); }
  /// One owner more, of a base class of the value, or of the value as `const`.
  template <PointerConvertible<T> U>
  StrongRef(const StrongRef<U, Block>& other) noexcept : StrongRef(other.any_block(), other.value_) {
    add();
  }
  /// The same owner under another name: no count changes, and `other` owns nothing.
  StrongRef(StrongRef&& other) noexcept : StrongRef(other.any_block(), other.value_) { other.forget(); }
  template <PointerConvertible<T> U>
  StrongRef(StrongRef<U, Block>&& other) noexcept : StrongRef(other.any_block(), other.value_) {
    other.forget();
  }

  // What is assigned is held by a third owner while the old value goes: it may lie inside of it, as in
  // `head = head->next`, and it may be this owner itself.
  StrongRef& operator=(const StrongRef& other) noexcept {
    StrongRef(other).swap(*this);
    return *this;
  }
  StrongRef& operator=(StrongRef&& other) noexcept {
    StrongRef(std::move(other)).swap(*this);
    return *this;
  }

  /// One owner less. The last destroys the value, and frees the block unless somebody watches it.
  ~StrongRef() {
    AnyBlock* const block = any_block();
    if (block == nullptr || !block->drop_strong()) return;
    block->destroy_value();
    if (block->drop_weak()) block->free_block();
  }

  /// Owns nothing from now on. It is empty before the value is destroyed.
  void reset() noexcept { StrongRef().swap(*this); }

  /// The value, still owned; null when there is none.
  T* get() const noexcept { return value_; }
  /// Requires an owner of something.
  T& operator*() const noexcept { return *value_; }
  T* operator->() const noexcept { return value_; }
  explicit operator bool() const noexcept { return block_ != nullptr; }

  /// How many owners the value has; 0 when this one owns nothing. Of an `Arc`, it may have changed when it is read.
  std::size_t strong_count() const noexcept { return block_ == nullptr ? 0 : any_block()->owners(); }
  /// How many watch it.
  std::size_t weak_count() const noexcept { return block_ == nullptr ? 0 : any_block()->watchers() - 1; }

  void swap(StrongRef& other) noexcept {
    std::swap(block_, other.block_);
    std::swap(value_, other.value_);
  }
  friend void swap(StrongRef& a, StrongRef& b) noexcept { a.swap(b); }
  friend bool operator==(const StrongRef& owner, std::nullptr_t) noexcept { return owner.block_ == nullptr; }

 private:
  template <class U, template <class> class B>
  friend class StrongRef;
  template <class U, template <class> class B>
  friend class WeakRef;
  template <class U, template <class> class B, class... Arguments>
  friend StrongRef<U, B> make_counted(Arguments&&... arguments);
  template <class U, class V, template <class> class B>
  friend bool ptr_eq(const StrongRef<U, B>& a, const StrongRef<V, B>& b) noexcept;

  /// Takes over what has been counted already.
  StrongRef(AnyBlock* block, T* value) noexcept : block_(reinterpret_cast<Block<T>*>(block)), value_(value) {}

  AnyBlock* any_block() const noexcept { return reinterpret_cast<AnyBlock*>(block_); }
  void add() const noexcept {
    if (block_ != nullptr) any_block()->add_strong();
  }
  void forget() noexcept {
    block_ = nullptr;
    value_ = nullptr;
  }

  // The block has the type that a debugger needs to show its counts and its value. An owner of a base class may have a
  // block of a derived one: so nothing is ever reached through this pointer but, cast back to what it came from, the
  // part that all blocks have; and the value through the other.
  Block<T>* block_ = nullptr;
  T* value_ = nullptr;
};

/// A watcher: `Weak<T>` or `WeakArc<T>`. It does not keep the value alive, and can tell whether it still lives; it
/// keeps its block from being freed.
template <class T, template <class> class Block>
class WeakRef {
  static_assert(std::is_object_v<T> && !std::is_array_v<T>, "A watcher sees one object: no array, no reference.");
  using AnyBlock = Block<void>;

 public:
  /// A watcher of nothing.
  constexpr WeakRef() noexcept = default;

  /// One watcher more of what an owner owns.
  template <PointerConvertible<T> U>
  WeakRef(const StrongRef<U, Block>& owner) noexcept : WeakRef(owner.any_block(), owner.value_) {
    add();
  }

  WeakRef(const WeakRef& other) noexcept : WeakRef(other.any_block(), other.value_) { add(); }
  /// One watcher more, of a base class of the value. It is upgraded for that: where a virtual base lies, only a value
  /// that lives can tell.
  template <PointerConvertible<T> U>
  WeakRef(const WeakRef<U, Block>& other) noexcept : WeakRef(other.any_block(), other.upgrade().get()) {
    add();
  }
  WeakRef(WeakRef&& other) noexcept : WeakRef(other.any_block(), other.value_) { other.forget(); }
  template <PointerConvertible<T> U>
  WeakRef(WeakRef<U, Block>&& other) noexcept : WeakRef(other.any_block(), other.upgrade().get()) {
    other.forget();
  }

  WeakRef& operator=(const WeakRef& other) noexcept {
    WeakRef(other).swap(*this);
    return *this;
  }
  WeakRef& operator=(WeakRef&& other) noexcept {
    WeakRef(std::move(other)).swap(*this);
    return *this;
  }

  /// One watcher less. The last one of a value that is gone frees its block.
  ~WeakRef() {
    AnyBlock* const block = any_block();
    if (block != nullptr && block->drop_weak()) block->free_block();
  }

  /// Watches nothing from now on.
  void reset() noexcept { WeakRef().swap(*this); }

  /// An owner more, or one of nothing when the last has gone: also while the value is being destroyed.
  [[nodiscard]] StrongRef<T, Block> upgrade() const noexcept {
    AnyBlock* const block = any_block();
    if (block == nullptr || !block->add_strong_unless_none()) return {};
    return {block, value_};
  }
  /// Whether there is nothing to upgrade to. Of a `WeakArc`, false may be wrong when it is read; true stays true.
  bool expired() const noexcept { return strong_count() == 0; }
  /// How many owners what it watches has.
  std::size_t strong_count() const noexcept { return block_ == nullptr ? 0 : any_block()->owners(); }

  void swap(WeakRef& other) noexcept {
    std::swap(block_, other.block_);
    std::swap(value_, other.value_);
  }
  friend void swap(WeakRef& a, WeakRef& b) noexcept { a.swap(b); }

 private:
  template <class U, template <class> class B>
  friend class WeakRef;

  WeakRef(AnyBlock* block, T* value) noexcept : block_(reinterpret_cast<Block<T>*>(block)), value_(value) {}

  AnyBlock* any_block() const noexcept { return reinterpret_cast<AnyBlock*>(block_); }
  void add() const noexcept {
    if (block_ != nullptr) any_block()->add_weak();
  }
  void forget() noexcept {
    block_ = nullptr;
    value_ = nullptr;
  }

  Block<T>* block_ = nullptr;  // as in an owner
  T* value_ = nullptr;
};

/// A new value and its first owner; `make_rc` and `make_arc` are its names. One allocation. When the value's
/// constructor throws, nothing is left behind.
template <class T, template <class> class Block, class... Arguments>
[[nodiscard]] StrongRef<T, Block> make_counted(Arguments&&... arguments) {
  auto* const block = new Block<T>(std::in_place, std::forward<Arguments>(arguments)...);
  return {block, &block->value};
}

/// A watcher of what `owner` owns.
template <class T, template <class> class Block>
[[nodiscard]] WeakRef<T, Block> downgrade(const StrongRef<T, Block>& owner) noexcept {
  return owner;
}

/// Whether two own the same value, be it under two of its types; or both nothing.
template <class T, class U, template <class> class Block>
[[nodiscard]] bool ptr_eq(const StrongRef<T, Block>& a, const StrongRef<U, Block>& b) noexcept {
  return a.any_block() == b.any_block();
}

}  // namespace heapyard
