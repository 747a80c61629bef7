#pragma once

#include "heapyard/measure/measuring.hpp"

#include <memory>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// `Measuring` as web/src/core/module.d.ts describes it.
class MeasuringObject {
 public:
  explicit MeasuringObject(std::vector<const Measurable*> candidates) : measuring_(std::move(candidates)) {}

  bool advance() { return measuring_.advance(); }
  double progress() const { return measuring_.progress(); }
  emscripten::val results() const;

 private:
  Measuring measuring_;
};

/// Null when an id is unknown.
std::unique_ptr<MeasuringObject> start_measuring(const emscripten::val& ids);

}  // namespace heapyard::wasm
