#pragma once

#include "lab.hpp"

#include <emscripten/bind.h>

namespace heapyard::wasm {

/// Registers the class `Lab`, in every module that has one.
inline void register_lab() {
  emscripten::class_<LabObject>("Lab")
      .function("problems", &LabObject::problems)
      .function("setupError", &LabObject::setup_error)
      .function("allocator", &LabObject::allocator)
      .function("arenaBytes", &LabObject::arena_bytes)
      .function("format", &LabObject::format)
      .function("keepsBytes", &LabObject::keeps_bytes)
      .function("steps", &LabObject::steps)
      .function("now", &LabObject::now)
      .function("seek", &LabObject::seek)
      .function("step", &LabObject::step)
      .function("blocks", &LabObject::blocks)
      .function("links", &LabObject::links)
      .function("freeHead", &LabObject::free_head)
      .function("changed", &LabObject::changed)
      .function("bytes", &LabObject::bytes)
      .function("statistics", &LabObject::statistics)
      .function("timeline", &LabObject::timeline)
      .function("faultCount", &LabObject::fault_count)
      .function("faults", &LabObject::faults)
      .function("name", &LabObject::name)
      .function("facts", &LabObject::facts)
      .function("biography", &LabObject::biography)
      .function("why", &LabObject::why)
      .function("twin", &LabObject::twin)
      .function("raster", &LabObject::raster);
}

}  // namespace heapyard::wasm
