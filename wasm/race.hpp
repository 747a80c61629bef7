#pragma once

#include "heapyard/lab/race.hpp"

#include "lab.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// A race, and the lab that stands for its first lane where it has none.
struct Raced {
  explicit Raced(Race run) : race(std::move(run)), nothing(Lab::recorded({}, "", nullptr)) {}

  Race race;
  Lab nothing;
};

/// `Race` as web/src/core/module.d.ts describes it: as a lab it is its first lane, and all lanes stand at one step.
class RaceObject : public LabObject {
 public:
  explicit RaceObject(std::unique_ptr<Raced> raced);

  emscripten::val problems() const;
  emscripten::val setup_error() const;
  void seek(double step);
  std::string twin() const;

  double touched() const;
  std::uint32_t first_divergence() const { return race().first_divergence(); }
  std::uint32_t next_failure(double step) const;
  std::uint32_t high_water_step() const { return race().high_water_step(); }
  std::string divergence() const;
  emscripten::val lanes() const;
  emscripten::val standing() const;
  emscripten::val curve(std::uint32_t lane) const;
  std::string block_words(std::uint32_t lane, double offset) const;
  emscripten::val lane_raster(std::uint32_t lane, double length, std::uint32_t width, bool dark) const;

 private:
  const Race& race() const { return raced_->race; }
  const Lane* lane_at(std::uint32_t lane) const;

  std::unique_ptr<Raced> raced_;
};

/// `RaceRun` as web/src/core/module.d.ts describes it.
class RaceRunObject {
 public:
  RaceRunObject(const std::string& text, std::vector<std::string> allocators, std::uint64_t arena_bytes)
      : run_(text, std::move(allocators), arena_bytes) {}

  bool advance(std::uint32_t calls) { return run_.advance(calls); }
  double progress() const { return run_.progress(); }
  std::unique_ptr<RaceObject> take() { return std::make_unique<RaceObject>(std::make_unique<Raced>(run_.take())); }

 private:
  RaceRun run_;
};

std::unique_ptr<RaceRunObject> start_race(const std::string& text, const emscripten::val& allocators,
                                          double arena_bytes);

/// The workloads that can be generated, and the script of one; empty when there is none of that name.
emscripten::val list_workloads();
std::string workload_script(const std::string& name, double seed, double operations);

}  // namespace heapyard::wasm
