// Registration only: every name of the module `heapyard`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "lab.hpp"
#include "lab_bindings.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(heapyard) {
  using heapyard::wasm::RunObject;

  emscripten::function("startRun", &heapyard::wasm::start_run);
  emscripten::function("machines", &heapyard::wasm::machines);
  emscripten::function("hasMachine", &heapyard::wasm::runs_machine);
  emscripten::function("poolArenaBytes", &heapyard::wasm::pool_arena_bytes);

  emscripten::class_<RunObject>("Run")
      .function("advance", &RunObject::advance)
      .function("progress", &RunObject::progress)
      .function("take", &RunObject::take);

  heapyard::wasm::register_lab<heapyard::wasm::LabObject>("Lab")
      .function("problems", &heapyard::wasm::LabObject::problems)
      .function("setupError", &heapyard::wasm::LabObject::setup_error)
      .function("facts", &heapyard::wasm::LabObject::facts)
      .function("structure", &heapyard::wasm::LabObject::structure)
      .function("biography", &heapyard::wasm::LabObject::biography)
      .function("raster", &heapyard::wasm::LabObject::raster);
}
