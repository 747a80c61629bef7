#include "lesson.hpp"

#include "heapyard/view/answers.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/lesson_words.hpp"
#include "heapyard/view/values.hpp"

#include "convert.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace heapyard::wasm {
namespace {

using emscripten::val;

constexpr std::uint32_t largest_arena = std::uint32_t{1} << 20;

val value_object(const LessonLab& lesson, const Value& value) {
  Object object;
  Offset at = 0;
  object.set("at", lesson.in_arena(value.address, at) ? val(at) : val::null());
  object.set("name", value.name);
  object.set("type", value.type);
  object.set("text", value.text);
  object.set("seen", value.seen);
  object.set("released", value.released);
  object.set("target", value.points ? val(value.target) : val::null());
  object.set("parts", array_of(value.parts, [&](const Value& part) { return value_object(lesson, part); }));
  object.set("padding", value.padding);
  object.set("leftOut", value.left_out);
  return object;
}

}  // namespace

val LessonObject::step() const {
  const History& history = lab_.history();
  // The sentence looks at the step before, and comes back to other nodes of the map: what is pointed to is read first.
  const OwnedBlock* subject = subject_of_step(lab_);
  const val block = subject == nullptr ? val::null() : val(subject->offset);
  const std::uint32_t line = history.trace().line_of_step(history.now());
  Object object;
  object.set("number", history.now());
  object.set("line", line);
  object.set("call", std::string(source_line(lesson, line)));
  object.set("sentence", lesson_sentence(lesson));
  object.set("block", block);
  object.set("failed", val::null());
  return object;
}

val LessonObject::stack() const {
  return array_of(frame_values(lesson), [this](const FrameValues& frame) {
    Object object;
    object.set("function", frame.function);
    object.set("line", frame.line);
    object.set("variables",
               array_of(frame.variables, [this](const Value& each) { return value_object(lesson, each); }));
    return object;
  });
}

val LessonObject::objects() const {
  std::vector<const OwnedBlock*> used;
  for (const auto& [offset, block] : lab_.history().blocks()) {
    if (block.state == BlockState::used) used.push_back(&block);
  }
  return array_of(used, [this](const OwnedBlock* block) {
    Object object;
    object.set("offset", block->offset);
    object.set("payload", block->payload_offset);
    object.set("size", block->payload_size);
    object.set("allocation", block->allocation);
    object.set("value", value_object(lesson, object_value(lesson, *block)));
    return object;
  });
}

std::uint32_t LessonObject::step_at_lines(const val& lines, std::uint32_t occurrence) const {
  return lesson.step_at_lines(emscripten::vecFromJSArray<std::uint32_t>(lines), occurrence);
}

val LessonObject::answer(const std::string& expression) const {
  const std::optional<Answer> answer = evaluate(lesson, expression);
  return answer ? val(answer->text) : val::null();
}

bool LessonObject::is_answer(const std::string& expression, const std::string& given) const {
  const std::optional<Answer> answer = evaluate(lesson, expression);
  return answer && heapyard::is_answer(*answer, given);
}

std::string LessonObject::name(std::uint32_t allocation) const {
  return allocation > 0 && allocation <= lab_.history().trace().allocations.size() ? lesson.name(allocation)
                                                                                   : std::string{};
}

std::string LessonObject::twin() const {
  return lesson_twin(lesson);
}

std::unique_ptr<LessonObject> play_lesson(const std::string& id, const std::string& source, double arena_bytes) {
  const Lesson* found = find_lesson(id);
  if (found == nullptr) return nullptr;
  const auto arena = whole<std::uint32_t>(arena_bytes);
  return std::make_unique<LessonObject>(*found, source, std::clamp(arena, LessonLab::smallest_arena, largest_arena));
}

}  // namespace heapyard::wasm
