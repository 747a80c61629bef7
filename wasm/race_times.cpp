#include "race_times.hpp"

#include "convert.hpp"

namespace heapyard::wasm {

emscripten::val RaceTimesObject::results() const {
  return typed_array("Float64Array", timing_.ns_per_operation());
}

std::unique_ptr<RaceTimesObject> start_race_times(const std::string& text, const emscripten::val& allocators,
                                                  double arena_bytes) {
  return std::make_unique<RaceTimesObject>(
      Race::run(text, emscripten::vecFromJSArray<std::string>(allocators), whole<std::uint64_t>(arena_bytes)));
}

}  // namespace heapyard::wasm
