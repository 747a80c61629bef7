#pragma once

#include "heapyard/smart/pointer_convertible.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace heapyard {

/// One owner of one object on the heap: the object lives as long as the box that holds it.
///
///     box      | object_ |
///                   └────▶ | T, made by new |
///
/// 1. Move: the pointer goes over, and what was moved from holds nothing. No copy: two owners would both delete.
/// 2. Destroy: `delete`, as what the box holds; so a box of a base class deletes through a virtual destructor, or does
///    not compile.
/// 3. Assign: first the new object is taken, then the old one destroyed; so `head = std::move(head->next)` is right,
///    although what is assigned lies inside what is destroyed, and so is `box = std::move(box)`.
///
/// A box is one pointer, and nothing is counted. Complexity: all O(1), beside what constructor and destructor of the
/// object do; a chain of n boxes is destroyed n calls deep. Source: [unique.ptr] of C++20, of which it is the part
/// without deleters and arrays; Rust's std::boxed::Box.
template <class T>
class Box {
  static_assert(std::is_object_v<T> && !std::is_array_v<T>, "A Box holds one object: no array, no reference, no void.");

 public:
  /// A box that holds nothing.
  constexpr Box() noexcept = default;
  constexpr Box(std::nullptr_t) noexcept {}

  /// Owns `object` from now on. Requires null, or what `new` made and nobody else owns.
  template <PointerConvertible<T> U>
  explicit Box(U* object) noexcept : object_(object) {
    require_right_delete<U>();
  }

  Box(Box&& other) noexcept : object_(other.into_raw()) {}
  /// A box of a derived class becomes one of its base. Requires that the base has a virtual destructor.
  template <PointerConvertible<T> U>
  Box(Box<U>&& other) noexcept : object_(other.into_raw()) {
    require_right_delete<U>();
  }

  /// Takes what `other` holds, then destroys what it held itself. Assigned to itself, it keeps what it has.
  Box& operator=(Box&& other) noexcept {
    Box(std::move(other)).swap(*this);
    return *this;
  }

  ~Box() { destroy(object_); }

  /// Destroys what it holds and owns `object` instead. Requires what the constructor does, and that it is another one.
  void reset(std::nullptr_t = nullptr) noexcept { Box().swap(*this); }
  template <PointerConvertible<T> U>
  void reset(U* object) noexcept {
    Box(object).swap(*this);
  }

  /// Gives the object away, undestroyed: whoever gets the pointer has to see to its `delete`. Leaves an empty box.
  [[nodiscard]] T* into_raw() noexcept { return std::exchange(object_, nullptr); }

  /// What it holds, still owned by the box; null when it is empty.
  T* get() const noexcept { return object_; }
  /// Requires a box that is not empty.
  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  void swap(Box& other) noexcept { std::swap(object_, other.object_); }
  friend void swap(Box& a, Box& b) noexcept { a.swap(b); }
  friend bool operator==(const Box& box, std::nullptr_t) noexcept { return box.object_ == nullptr; }

 private:
  template <class U>
  static constexpr void require_right_delete() {
    if constexpr (!std::is_same_v<std::remove_cv_t<U>, std::remove_cv_t<T>>) {
      static_assert(std::has_virtual_destructor_v<T>,
                    "A Box of a base class deletes the derived object through a pointer to the base: "
                    "the base needs a virtual destructor.");
    }
  }
  static void destroy(T* object) noexcept {
    static_assert(sizeof(T) > 0, "A Box can only destroy what is defined, not merely declared.");
    delete object;
  }

  T* object_ = nullptr;
};

static_assert(sizeof(Box<int>) == sizeof(int*));

/// A new object in a box: `T(arguments…)`, or `T{arguments…}` where T is an aggregate. When its constructor throws,
/// nothing is left behind.
template <class T, class... Arguments>
[[nodiscard]] Box<T> make_box(Arguments&&... arguments) {
  if constexpr (std::is_aggregate_v<T>) {
    return Box<T>(new T{std::forward<Arguments>(arguments)...});
  } else {
    return Box<T>(new T(std::forward<Arguments>(arguments)...));
  }
}

}  // namespace heapyard
