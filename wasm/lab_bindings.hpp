#pragma once

#include "lab.hpp"

#include <type_traits>

#include <emscripten/bind.h>

namespace heapyard::wasm {

/// A method of `LabObject` as one of a class that derives from it. Embind's own inheritance would bring along what that
/// class overrides.
template <class T, class Result, class... Arguments>
constexpr auto of(Result (LabObject::*method)(Arguments...)) -> Result (T::*)(Arguments...) {
  return method;
}
template <class T, class Result, class... Arguments>
constexpr auto of(Result (LabObject::*method)(Arguments...) const) -> Result (T::*)(Arguments...) const {
  return method;
}

/// One that the class has of its own stays what it is.
template <class T, class Result, class... Arguments>
requires(!std::is_same_v<T, LabObject>) constexpr auto of(Result (T::*method)(Arguments...)) {
  return method;
}
template <class T, class Result, class... Arguments>
requires(!std::is_same_v<T, LabObject>) constexpr auto of(Result (T::*method)(Arguments...) const) {
  return method;
}

/// What every lab has in the same way.
template <class T>
emscripten::class_<T> register_lab(const char* name) {
  emscripten::class_<T> lab(name);
  lab.function("allocator", of<T>(&LabObject::allocator))
      .function("arenaBytes", of<T>(&LabObject::arena_bytes))
      .function("keepsBytes", of<T>(&LabObject::keeps_bytes))
      .function("steps", of<T>(&LabObject::steps))
      .function("now", of<T>(&LabObject::now))
      .function("blocks", of<T>(&LabObject::blocks))
      .function("lists", of<T>(&LabObject::lists))
      .function("changed", of<T>(&LabObject::changed))
      .function("bytes", of<T>(&LabObject::bytes))
      .function("statistics", of<T>(&LabObject::statistics))
      .function("timeline", of<T>(&LabObject::timeline))
      .function("faultCount", of<T>(&LabObject::fault_count))
      .function("faults", of<T>(&LabObject::faults))
      .function("why", of<T>(&LabObject::why))
      // What a lesson or a race does in its own way.
      .function("seek", of<T>(&T::seek))
      .function("format", of<T>(&T::format))
      .function("step", of<T>(&T::step))
      .function("name", of<T>(&T::name))
      .function("twin", of<T>(&T::twin));
  return lab;
}

}  // namespace heapyard::wasm
