#pragma once

#include "heapyard/alloc/tracking.hpp"

namespace heapyard::test {

/// An allocator that is tracked, as a template like those that are not.
template <template <class, class> class A>
struct Tracked {
  template <class Checks = Unchecked, class Watch = Unwatched>
  using By = Tracking<A<Checks, Watch>>;
};

}  // namespace heapyard::test
