#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include "lab.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// What a `LabObject` is a view of has to be there before it. The page has the program's text among the lesson's own.
struct LessonHolder {
  LessonHolder(const Lesson& lesson, std::string text, std::uint32_t arena_bytes)
      : source(std::move(text)), whole{lesson.id, source, lesson.debug, lesson.program}, lesson(whole, arena_bytes) {}

  std::string source;
  Lesson whole;
  LessonLab lesson;
};

/// `Lesson` as web/src/core/module.d.ts describes it. Only converts; what it tells stands in the core.
class LessonObject : private LessonHolder, public LabObject {
 public:
  LessonObject(const Lesson& lesson, const std::string& source, std::uint32_t arena_bytes)
      : LessonHolder(lesson, source, arena_bytes), LabObject(&LessonHolder::lesson.lab()) {}

  std::string format() const { return "lesson"; }
  std::string abi() const { return std::string(running_abi()); }

  emscripten::val step() const;
  emscripten::val stack() const;
  emscripten::val objects() const;
  std::string output() const { return std::string(lesson.output()); }
  std::uint32_t step_at_lines(const emscripten::val& lines, std::uint32_t occurrence) const;
  emscripten::val answer(const std::string& expression) const;
  bool is_answer(const std::string& expression, const std::string& given) const;

  std::string name(std::uint32_t allocation) const;
  std::string twin() const;
};

/// Plays a lesson, whose program's text is `source`; null when there is none of that name. An arena that is too small
/// or too large is the nearest that is not.
std::unique_ptr<LessonObject> play_lesson(const std::string& id, const std::string& source, double arena_bytes);

}  // namespace heapyard::wasm
