// Registration only: every name of the modules `lesson-ID`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "lab_bindings.hpp"
#include "lesson.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(lessons) {
  using heapyard::wasm::LessonObject;

  emscripten::function("playLesson", &heapyard::wasm::play_lesson);

  heapyard::wasm::register_lab<LessonObject>("Lesson")
      .function("abi", &LessonObject::abi)
      .function("stack", &LessonObject::stack)
      .function("objects", &LessonObject::objects)
      .function("output", &LessonObject::output)
      .function("stepAtLines", &LessonObject::step_at_lines)
      .function("answer", &LessonObject::answer)
      .function("isAnswer", &LessonObject::is_answer);
}
