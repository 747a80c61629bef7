// Registration only: every name of the module `lessons`, once. web/src/core/module.d.ts declares them; a test compares.
#include "lab_bindings.hpp"
#include "lesson.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(lessons) {
  using heapyard::wasm::LabObject;
  using heapyard::wasm::LessonObject;

  emscripten::function("playLesson", &heapyard::wasm::play_lesson);
  emscripten::function("lessonIds", &heapyard::wasm::lesson_ids);
  emscripten::function("checkProgramExercise", &heapyard::wasm::check_program_exercise);

  heapyard::wasm::register_lab();
  emscripten::class_<LessonObject, emscripten::base<LabObject>>("Lesson")
      .function("format", &LessonObject::format)
      .function("source", &LessonObject::source)
      .function("abi", &LessonObject::abi)
      .function("step", &LessonObject::step)
      .function("stack", &LessonObject::stack)
      .function("objects", &LessonObject::objects)
      .function("printed", &LessonObject::printed)
      .function("output", &LessonObject::output)
      .function("stepAtLines", &LessonObject::step_at_lines)
      .function("answer", &LessonObject::answer)
      .function("isAnswer", &LessonObject::is_answer)
      .function("name", &LessonObject::name)
      .function("biography", &LessonObject::biography)
      .function("twin", &LessonObject::twin);
}
