#pragma once

#include "lab.hpp"

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

/// What every lab has in the same way.
template <class T>
emscripten::class_<T> register_lab(const char* name) {
  emscripten::class_<T> lab(name);
  lab.function("allocator", of<T>(&LabObject::allocator))
      .function("arenaBytes", of<T>(&LabObject::arena_bytes))
      .function("keepsBytes", of<T>(&LabObject::keeps_bytes))
      .function("steps", of<T>(&LabObject::steps))
      .function("now", of<T>(&LabObject::now))
      .function("seek", of<T>(&LabObject::seek))
      .function("blocks", of<T>(&LabObject::blocks))
      .function("links", of<T>(&LabObject::links))
      .function("freeHead", of<T>(&LabObject::free_head))
      .function("changed", of<T>(&LabObject::changed))
      .function("bytes", of<T>(&LabObject::bytes))
      .function("statistics", of<T>(&LabObject::statistics))
      .function("timeline", of<T>(&LabObject::timeline))
      .function("faultCount", of<T>(&LabObject::fault_count))
      .function("faults", of<T>(&LabObject::faults))
      .function("why", of<T>(&LabObject::why))
      // What a lesson says in its own way.
      .function("format", &T::format)
      .function("step", &T::step)
      .function("name", &T::name)
      .function("twin", &T::twin);
  return lab;
}

}  // namespace heapyard::wasm
