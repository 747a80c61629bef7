#pragma once
// What the tests of smart pointers share: their names as template parameters, and objects that can be counted.

#include "heapyard/smart/arc.hpp"
#include "heapyard/smart/rc.hpp"

#include <memory>
#include <utility>

namespace heapyard::test {

struct Rcs {
  template <class T>
  using Strong = Rc<T>;
  template <class T>
  using Watcher = Weak<T>;
  template <class T, class... Arguments>
  static Rc<T> make(Arguments&&... arguments) {
    return make_rc<T>(std::forward<Arguments>(arguments)...);
  }
};

struct Arcs {
  template <class T>
  using Strong = Arc<T>;
  template <class T>
  using Watcher = WeakArc<T>;
  template <class T, class... Arguments>
  static Arc<T> make(Arguments&&... arguments) {
    return make_arc<T>(std::forward<Arguments>(arguments)...);
  }
};

/// The standard's, for comparison.
struct Shareds {
  template <class T>
  using Strong = std::shared_ptr<T>;
  template <class T>
  using Watcher = std::weak_ptr<T>;
  template <class T, class... Arguments>
  static std::shared_ptr<T> make(Arguments&&... arguments) {
    return std::make_shared<T>(std::forward<Arguments>(arguments)...);
  }
};

/// How many of these there are. One test at a time looks at it, on one thread.
struct Live {
  static inline int count = 0;
  Live() { ++count; }
  Live(const Live&) { ++count; }
  Live& operator=(const Live&) = default;
  ~Live() { --count; }
};

struct Number : Live {
  int value;
  explicit Number(int number) : value(number) {}
};

// Two bases, the second of them away from the beginning, and no virtual destructor anywhere.
struct FirstBase {
  long first = 1;
};
struct SecondBase {
  long second = 2;
};
struct TwoBases : FirstBase, SecondBase, Live {
  long own = 3;
};

// The same with virtual functions.
struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
};
struct Named {
  virtual ~Named() = default;
  virtual const char* name() const = 0;
};
struct Square final : Shape, Named, Live {
  int side;
  explicit Square(int length) : side(length) {}
  int area() const override { return side * side; }
  const char* name() const override { return "square"; }
};

struct alignas(64) CacheLine : Live {
  char bytes[64] = {};
};

/// A virtual base: only a living object tells where it is.
struct VirtualBase {
  int value = 5;
};
struct WithVirtualBase : virtual VirtualBase, Live {};

}  // namespace heapyard::test
