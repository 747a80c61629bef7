#pragma once

#include "heapyard/lab/race_timing.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// `RaceTimes` as web/src/core/module.d.ts describes it.
class RaceTimesObject {
 public:
  explicit RaceTimesObject(const Race& race) : timing_(race) {}

  bool advance() { return timing_.advance(); }
  double progress() const { return timing_.progress(); }
  emscripten::val results() const;

 private:
  RaceTiming timing_;
};

/// Runs the race first: what is measured are the calls that were carried out in it.
std::unique_ptr<RaceTimesObject> start_race_times(const std::string& text, const emscripten::val& allocators,
                                                  double arena_bytes);

}  // namespace heapyard::wasm
