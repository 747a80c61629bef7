#include "measuring.hpp"

#include "convert.hpp"

#include <string>
#include <utility>

namespace heapyard::wasm {

emscripten::val MeasuringObject::results() const {
  return array_of(measuring_.results(), [](const Timing& timing) {
    const TitleAndUnit words = title_and_unit(timing.measurable->id);
    Object object;
    object.set("id", std::string(timing.measurable->id));
    object.set("title", std::string(words.title));
    object.set("unit", std::string(words.unit));
    object.set("median", timing.median_ns);
    object.set("lowest", timing.lowest_ns);
    object.set("highest", timing.highest_ns);
    object.set("batches", static_cast<std::uint32_t>(timing.batches));
    return object;
  });
}

std::unique_ptr<MeasuringObject> start_measuring(const emscripten::val& ids) {
  std::vector<const Measurable*> candidates;
  for (const std::string& id : emscripten::vecFromJSArray<std::string>(ids)) {
    candidates.push_back(find_measurable(id));
    if (candidates.back() == nullptr) return nullptr;
  }
  return std::make_unique<MeasuringObject>(std::move(candidates));
}

}  // namespace heapyard::wasm
