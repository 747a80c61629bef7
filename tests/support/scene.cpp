#include "support/scene.hpp"

#include "heapyard/view/values.hpp"

namespace heapyard::test {
namespace {

std::string portable_value(const LessonLab& lesson, const Value& value);

std::string portable_text(const LessonLab& lesson, const Value& value) {
  std::string text = value.text;
  if (value.points) {
    const OwnedBlock* block = lesson.lab().history().block_at(value.target);
    const bool used = block != nullptr && block->state == BlockState::used;
    text = "-> " + (used ? lesson.name(block->allocation) : std::string("released"));
    // What a container says of itself stands behind the address.
    if (const std::size_t comma = value.text.find(", size"); comma != std::string::npos)
      text += value.text.substr(comma);
  }
  if (const std::size_t capacity = text.find(", capacity");
      capacity != std::string::npos && value.type == "std::string")
    text.resize(capacity);
  return text;
}

std::string portable_value(const LessonLab& lesson, const Value& value) {
  std::string text = portable_text(lesson, value);
  std::string parts;
  for (const Value& part : value.parts)
    parts += (parts.empty() ? "" : ", ") + (part.name.empty() || part.name[0] == '[' ? "" : part.name + " ") +
             portable_value(lesson, part);
  if (!value.parts.empty()) text += (text.empty() ? "{" : " {") + parts + "}";
  return text;
}

}  // namespace

std::string portable_step(const LessonLab& lesson) {
  std::string text = std::to_string(lesson.now());
  if (lesson.now() > 0) {
    const Event& event = lesson.lab().history().trace().event(lesson.now());
    text += " " + std::string(name_of(event.kind)) + " line " + std::to_string(event.line);
    if (event.fault != FaultKind::none) text += " " + std::string(name_of(event.fault));
    if (event.failed()) text += " fails";
  }
  text += "\n";
  for (const FrameValues& frame : frame_values(lesson)) {
    text += "  " + frame.function + ":";
    for (const Value& variable : frame.variables)
      text += (variable.address == frame.variables.front().address ? " " : ", ") + variable.name + " " + variable.type +
              " " + portable_value(lesson, variable);
    text += "\n";
  }
  std::string heap;
  for (const auto& [offset, block] : lesson.lab().history().blocks()) {
    if (block.state != BlockState::used) continue;
    const Value object = object_value(lesson, block);
    heap += (heap.empty() ? "" : "; ") + object.name + " " + object.type + " " + portable_value(lesson, object);
  }
  if (!heap.empty()) text += "  heap: " + heap + "\n";
  return text;
}

std::string portable_steps(LessonLab& lesson) {
  std::string text;
  for (std::uint32_t step = 0; step <= lesson.steps(); ++step) {
    lesson.seek(step);
    text += portable_step(lesson);
  }
  return text;
}

}  // namespace heapyard::test
