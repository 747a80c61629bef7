// Registration only: every name of the module `exercises`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "exercise.hpp"

#include <emscripten/bind.h>

namespace {

emscripten::val check(const std::string& lesson_id, const std::string& choice, const emscripten::val& goals) {
  using namespace heapyard;
  return wasm::exercise_object(check_program_exercise(lesson_id, choice, wasm::goals_of(goals)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(exercises) {
  emscripten::function("checkProgramExercise", &check);
}
