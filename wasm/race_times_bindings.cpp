// Registration only: every name of the module `race-times`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "race_times.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(race_times) {
  using heapyard::wasm::RaceTimesObject;

  emscripten::function("startRaceTimes", &heapyard::wasm::start_race_times);

  emscripten::class_<RaceTimesObject>("RaceTimes")
      .function("advance", &RaceTimesObject::advance)
      .function("progress", &RaceTimesObject::progress)
      .function("results", &RaceTimesObject::results);
}
