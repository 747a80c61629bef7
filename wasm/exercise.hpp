#pragma once

#include "heapyard/view/goals.hpp"

#include "convert.hpp"

#include <string>
#include <vector>

#include <emscripten/val.h>

namespace heapyard::wasm {

inline emscripten::val exercise_object(const ExerciseResult& result) {
  emscripten::val object = emscripten::val::object();
  object.set("solved", result.solved());
  object.set("problems", array_of(result.problems, problem_object));
  object.set("goals", array_of(result.goals, [](const GoalResult& goal) {
               emscripten::val each = emscripten::val::object();
               each.set("met", goal.met);
               each.set("said", goal.said);
               return each;
             }));
  return object;
}

inline std::vector<std::string> goals_of(const emscripten::val& goals) {
  return emscripten::vecFromJSArray<std::string>(goals);
}

}  // namespace heapyard::wasm
