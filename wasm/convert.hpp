#pragma once

#include "heapyard/base/problem.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// A JavaScript number as a whole number of the core: NaN and what is negative are 0, what is too large is the largest.
template <class T>
T whole(double number) {
  if (!(number > 0)) return 0;
  if (number >= static_cast<double>(std::numeric_limits<T>::max())) return std::numeric_limits<T>::max();
  return static_cast<T>(number);
}

/// A typed array of its own, copied from `values`: it stays valid when the module's memory grows.
template <class T>
emscripten::val typed_array(const char* constructor, const std::vector<T>& values) {
  const emscripten::val view{emscripten::typed_memory_view(values.size(), values.data())};
  return emscripten::val::global(constructor).new_(view);
}

/// An object of JavaScript. `val::set` by itself is compiled anew for each length of a name and each type of a value.
class Object {
 public:
  [[gnu::noinline]] void set(const char* name, const emscripten::val& value) {
    object_.set(emscripten::val(name), value);
  }
  [[gnu::noinline]] void set(const char* name, const std::string& value) { set(name, emscripten::val(value)); }
  [[gnu::noinline]] void set(const char* name, std::uint32_t value) { set(name, emscripten::val(value)); }
  [[gnu::noinline]] void set(const char* name, double value) { set(name, emscripten::val(value)); }
  [[gnu::noinline]] void set(const char* name, bool value) { set(name, emscripten::val(value)); }

  operator emscripten::val() const { return object_; }

 private:
  emscripten::val object_ = emscripten::val::object();
};

/// An array of what `convert` makes of each item.
template <class Items, class Convert>
emscripten::val array_of(const Items& items, Convert convert) {
  emscripten::val array = emscripten::val::array();
  std::uint32_t index = 0;
  for (const auto& item : items) {
    const emscripten::val converted = convert(item);
    array.set(index++, converted);
  }
  return array;
}

/// A line, a step, a count: `null` instead of 0.
inline emscripten::val or_null(std::uint32_t value) {
  return value == 0 ? emscripten::val::null() : emscripten::val(value);
}

inline emscripten::val problem_object(const Problem& problem) {
  Object object;
  object.set("line", problem.line);
  object.set("column", problem.column);
  object.set("length", problem.length);
  object.set("message", problem.message);
  return object;
}

}  // namespace heapyard::wasm
