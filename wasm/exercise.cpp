#include "exercise.hpp"

#include "heapyard/view/goals.hpp"

#include "convert.hpp"

#include <vector>

namespace heapyard::wasm {
namespace {

using emscripten::val;

val result_object(const ExerciseResult& result) {
  Object object;
  object.set("solved", result.solved());
  object.set("problems", array_of(result.problems, problem_object));
  object.set("goals", array_of(result.goals, [](const GoalResult& goal) {
               Object each;
               each.set("met", goal.met);
               each.set("said", goal.said);
               return each;
             }));
  return object;
}

std::vector<std::string> goals_of(const val& goals) {
  return emscripten::vecFromJSArray<std::string>(goals);
}

}  // namespace

val check_heap(const std::string& text, const std::string& allocator, double arena_bytes, const val& goals) {
  return result_object(check_heap_exercise(text, allocator, whole<std::uint64_t>(arena_bytes), goals_of(goals)));
}

val check_struct(const std::string& text, const val& goals) {
  return result_object(check_struct_exercise(text, goals_of(goals)));
}

val check_program(const std::string& lesson_id, const std::string& choice, const val& goals) {
  return result_object(check_program_exercise(lesson_id, choice, goals_of(goals)));
}

}  // namespace heapyard::wasm
