// Registration only: every name of the module `exercises`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "exercise.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(exercises) {
  emscripten::function("checkHeapExercise", &heapyard::wasm::check_heap);
  emscripten::function("checkStructExercise", &heapyard::wasm::check_struct);
  emscripten::function("checkProgramExercise", &heapyard::wasm::check_program);
  emscripten::function("heapAnswers", &heapyard::wasm::heap_answers);
  emscripten::function("structAnswers", &heapyard::wasm::struct_answers);
}
