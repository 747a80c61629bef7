#pragma once

#include <type_traits>

namespace heapyard {

/// Whether a pointer to `From` becomes one to `To` without a cast: the same type, with `const` added, or a base class,
/// unless that is private or there are two of it.
template <class From, class To>
concept PointerConvertible = std::is_convertible_v<From*, To*>;

}  // namespace heapyard
