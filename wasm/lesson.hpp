#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include "lab.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <emscripten/val.h>

namespace heapyard::wasm {

/// What a `LabObject` is a view of has to be there before it.
struct LessonHolder {
  LessonLab lesson;
};

/// `Lesson` as web/src/core/module.d.ts describes it. Only converts; what it tells stands in the core.
class LessonObject : private LessonHolder, public LabObject {
 public:
  LessonObject(const Lesson& lesson, std::uint32_t arena_bytes)
      : LessonHolder{LessonLab(lesson, arena_bytes)}, LabObject(&LessonHolder::lesson.lab()) {}

  std::string format() const { return "lesson"; }
  std::string source() const { return std::string(lesson.lesson().source); }
  std::string abi() const { return std::string(running_abi()); }

  emscripten::val step() const;
  emscripten::val stack() const;
  emscripten::val objects() const;
  std::string printed() const { return std::string(lesson.printed()); }
  std::string output() const { return std::string(lesson.output()); }
  std::uint32_t step_at_lines(const emscripten::val& lines, std::uint32_t occurrence) const;
  emscripten::val answer(const std::string& expression) const;
  bool is_answer(const std::string& expression, const std::string& given) const;

  std::string name(std::uint32_t allocation) const;
  emscripten::val biography(double offset) const;
  std::string twin() const;
};

/// Plays a lesson; null when there is none of that name. An arena that is too small or too large is the nearest that is
/// not.
std::unique_ptr<LessonObject> play_lesson(const std::string& id, double arena_bytes);

emscripten::val lesson_ids();

/// `ExerciseResult` as web/src/core/module.d.ts describes it.
emscripten::val check_program_exercise(const std::string& lesson_id, const std::string& choice,
                                       const emscripten::val& goals);

}  // namespace heapyard::wasm
