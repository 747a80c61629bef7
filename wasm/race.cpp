#include "race.hpp"

#include "heapyard/history/raster.hpp"
#include "heapyard/script/workload.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/palette.hpp"
#include "heapyard/view/race_words.hpp"

#include "convert.hpp"

#include <utility>

namespace heapyard::wasm {
namespace {

using emscripten::val;

val lane_object(const Lane& lane) {
  const RaceResult& result = lane.result;
  Object object;
  object.set("allocator", lane.lab.allocator());
  object.set("title", std::string(allocator_title(lane.lab.allocator())));
  object.set("outcome", outcome_words(lane));
  object.set("completed", result.completed());
  object.set("failedAt", or_null(result.failed_at));
  object.set("refusals", result.refusals);
  object.set("highWaterMark", static_cast<double>(result.high_water_mark));
  object.set("highWaterStep", result.high_water_step);
  object.set("touched", static_cast<double>(result.touched));
  object.set("utilisation", result.utilisation());
  object.set("internalFragmentation", static_cast<double>(result.internal_fragmentation));
  object.set("externalFragmentation", result.external_fragmentation);
  object.set("divergesAt", or_null(lane.diverges_at));
  return object;
}

val standing_object(const Lane& lane) {
  const OwnedBlock* const block = subject_of_step(lane.lab);
  Object object;
  const std::uint32_t now = lane.lab.history().now();
  const Placement placement = now == 0 ? Placement() : lane.placements[now - 1];
  object.set("what", placement_words(lane, now));
  object.set("failed", placement.fails() || placement.is_refused());
  object.set("offset", block == nullptr ? val::null() : val(block->offset));
  object.set("size", block == nullptr ? 0 : block->size);
  return object;
}

}  // namespace

RaceObject::RaceObject(std::unique_ptr<Raced> raced)
    : LabObject(raced->race.lanes().empty() ? &raced->nothing : &raced->race.lanes().front().lab),
      raced_(std::move(raced)) {}

val RaceObject::problems() const {
  return array_of(race().problems(), problem_object);
}

val RaceObject::setup_error() const {
  return race().setup_error().empty() ? val::null() : val(race().setup_error());
}

void RaceObject::seek(double step) {
  raced_->race.seek(whole<std::uint32_t>(step));
}

std::string RaceObject::twin() const {
  return race_twin(race());
}

std::uint32_t RaceObject::next_failure(double step) const {
  return race().next_failure(whole<std::uint32_t>(step));
}

double RaceObject::touched() const {
  return static_cast<double>(race().touched());
}

std::string RaceObject::divergence() const {
  return divergence_sentence(race(), Called::title);
}

val RaceObject::lanes() const {
  return array_of(race().lanes(), lane_object);
}

val RaceObject::standing() const {
  return array_of(race().lanes(), standing_object);
}

const Lane* RaceObject::lane_at(std::uint32_t lane) const {
  return lane < race().lanes().size() ? &race().lanes()[lane] : nullptr;
}

val RaceObject::curve(std::uint32_t lane) const {
  std::vector<std::uint32_t> words;
  if (const Lane* const it = lane_at(lane)) {
    for (const CurvePoint& point : it->curve)
      words.insert(words.end(), {point.step, point.live_bytes, point.used_bytes, point.touched, point.total_free,
                                 point.largest_free});
  }
  return typed_array("Uint32Array", words);
}

val RaceObject::lane_raster(std::uint32_t lane, double length, std::uint32_t width, bool dark) const {
  const Lane* const it = lane_at(lane);
  if (it == nullptr) return typed_array("Uint8ClampedArray", std::vector<std::uint8_t>());
  const ByteRange range{0, whole<std::uint32_t>(length)};
  return typed_array("Uint8ClampedArray",
                     draw_raster(it->lab.history(), range, width, 1, raster_colors(dark), {}, HueOf::variable).pixels);
}

std::string RaceObject::block_words(std::uint32_t lane, double offset) const {
  const Lane* const it = lane_at(lane);
  return it == nullptr ? std::string() : heapyard::block_words(*it, whole<Offset>(offset));
}

std::unique_ptr<RaceRunObject> start_race(const std::string& text, const val& allocators, double arena_bytes) {
  return std::make_unique<RaceRunObject>(text, emscripten::vecFromJSArray<std::string>(allocators),
                                         whole<std::uint64_t>(arena_bytes));
}

val list_workloads() {
  return array_of(workloads_in_the_readers_language(), [](const Workload& workload) {
    Object object;
    object.set("name", std::string(workload.name));
    object.set("heading", std::string(find_workload(workload.name)->title));
    object.set("title", std::string(workload.title));
    object.set("sentence", std::string(workload.sentence));
    object.set("varies", workload.varies);
    object.set("against", std::string(workload.against));
    return object;
  });
}

std::string workload_script(const std::string& name, double seed, double operations) {
  const Workload* const workload = find_workload(name);
  if (workload == nullptr) return {};
  return write_workload(*workload, whole<std::uint64_t>(seed), whole<std::uint32_t>(operations));
}

}  // namespace heapyard::wasm
