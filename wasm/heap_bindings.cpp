// Registration only: every name of the module `heapyard`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "lab.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(heapyard) {
  using heapyard::wasm::LabObject;
  using heapyard::wasm::RunObject;

  emscripten::function("startRun", &heapyard::wasm::start_run);
  emscripten::function("poolArenaBytes", &heapyard::wasm::pool_arena_bytes);

  emscripten::class_<RunObject>("Run")
      .function("advance", &RunObject::advance)
      .function("progress", &RunObject::progress)
      .function("take", &RunObject::take);

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
