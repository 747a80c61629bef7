#pragma once

#include "heapyard/base/alloc_error.hpp"

namespace heapyard {

/// A value, or the reason why there is none. Small enough to travel in a register when `T` is an offset.
template <class T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(value) {}
  constexpr Result(AllocError error) : error_(error) {}

  constexpr explicit operator bool() const { return error_ == AllocError::none; }

  /// The value; a default one when there is none.
  constexpr T value() const { return value_; }
  constexpr T operator*() const { return value_; }
  constexpr const T* operator->() const { return &value_; }

  /// Why there is no value; `AllocError::none` when there is one.
  constexpr AllocError error() const { return error_; }

 private:
  T value_{};
  AllocError error_ = AllocError::none;
};

}  // namespace heapyard
