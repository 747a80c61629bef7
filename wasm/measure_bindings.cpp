// Registration only: every name of the module `measures`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "measuring.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(measures) {
  using heapyard::wasm::MeasuringObject;

  emscripten::function("startMeasuring", &heapyard::wasm::start_measuring);

  emscripten::class_<MeasuringObject>("Measuring")
      .function("advance", &MeasuringObject::advance)
      .function("progress", &MeasuringObject::progress)
      .function("results", &MeasuringObject::results);
}
