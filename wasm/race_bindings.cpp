// Registration only: every name of the module `races`, once. web/src/core/module.d.ts declares them; a test compares.
#include "lab_bindings.hpp"
#include "race.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(races) {
  using heapyard::wasm::LabObject;
  using heapyard::wasm::of;
  using heapyard::wasm::RaceObject;
  using heapyard::wasm::RaceRunObject;

  emscripten::function("startRace", &heapyard::wasm::start_race);
  emscripten::function("machines", &heapyard::wasm::machines);
  emscripten::function("workloads", &heapyard::wasm::list_workloads);
  emscripten::function("workloadScript", &heapyard::wasm::workload_script);

  emscripten::class_<RaceRunObject>("RaceRun")
      .function("advance", &RaceRunObject::advance)
      .function("progress", &RaceRunObject::progress)
      .function("take", &RaceRunObject::take);

  heapyard::wasm::register_lab<RaceObject>("Race")
      .function("problems", &RaceObject::problems)
      .function("setupError", &RaceObject::setup_error)
      .function("touched", &RaceObject::touched)
      .function("firstDivergence", &RaceObject::first_divergence)
      .function("nextFailure", &RaceObject::next_failure)
      .function("highWaterStep", &RaceObject::high_water_step)
      .function("divergence", &RaceObject::divergence)
      .function("lanes", &RaceObject::lanes)
      .function("standing", &RaceObject::standing)
      .function("curve", &RaceObject::curve)
      .function("blockWords", &RaceObject::block_words)
      .function("laneRaster", &RaceObject::lane_raster);
}
