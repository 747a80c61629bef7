#pragma once

#include <type_traits>

namespace heapyard {

/// A barrier for the optimiser: as far as it knows, somebody reads `value` here, and all memory that anybody else could
/// reach, and writes to that memory. So what led to the value has to be computed, and what was stored has to be stored;
/// nothing is carried over into the next round. It is no instruction itself; the value has to be in a register, so it
/// is a number or a pointer. To consume what a pointer points to, consume the pointer.
template <class T>
inline void consume(T value) {
  static_assert(std::is_integral_v<T> || std::is_pointer_v<T>);
  asm volatile("" : : "r"(value) : "memory");
}

/// The same, and as far as the optimiser knows, `value` is another one afterwards.
template <class T>
inline void renew(T& value) {
  static_assert(std::is_integral_v<T> || std::is_pointer_v<T>);
  asm volatile("" : "+r"(value) : : "memory");
}

}  // namespace heapyard
