#include "lesson_recording.hpp"

#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/lesson_words.hpp"
#include "heapyard/view/values.hpp"

#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LessonLab& lesson, const Value& value) {
  Json json = Json::object();
  Offset at = 0;
  if (!value.name.empty()) json["name"] = value.name;
  if (!value.type.empty()) json["type"] = value.type;
  if (!value.text.empty()) json["text"] = value.text;
  if (!value.seen.empty()) json["seen"] = value.seen;
  if (lesson.in_arena(value.address, at)) json["at"] = at;
  if (value.points) json["target"] = value.target;
  if (value.padding > 0) json["padding"] = value.padding;
  if (value.left_out > 0) json["leftOut"] = value.left_out;
  for (const Value& part : value.parts) json["parts"].push_back(json_of(lesson, part));
  return json;
}

Json stack_of(const LessonLab& lesson) {
  Json frames = Json::array();
  for (const FrameValues& frame : frame_values(lesson)) {
    Json variables = Json::array();
    for (const Value& each : frame.variables) variables.push_back(json_of(lesson, each));
    frames.push_back({{"function", frame.function}, {"line", frame.line}, {"variables", variables}});
  }
  return frames;
}

Json objects_of(const LessonLab& lesson) {
  Json objects = Json::array();
  for (const auto& [offset, block] : lesson.lab().history().blocks()) {
    if (block.state != BlockState::used) continue;
    objects.push_back({{"offset", block.offset},
                       {"payload", block.payload_offset},
                       {"size", block.payload_size},
                       {"allocation", block.allocation},
                       {"value", json_of(lesson, object_value(lesson, block))}});
  }
  return objects;
}

}  // namespace

std::string lesson_recording(LessonLab& lesson) {
  std::string text = "{\"abi\": " + Json(running_abi()).dump() +
                     ", \"arenaBytes\": " + std::to_string(lesson.lab().arena_bytes()) + ", \"steps\": [\n";
  Json stack, objects;
  for (std::uint32_t step = 0; step <= lesson.steps(); ++step) {
    lesson.seek(step);
    Json json = {{"sentence", lesson_sentence(lesson)}};
    if (Json now = stack_of(lesson); now != stack) json["stack"] = stack = now;
    if (Json now = objects_of(lesson); now != objects) json["objects"] = objects = now;
    text += json.dump() + (step < lesson.steps() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

}  // namespace heapyard::cli
