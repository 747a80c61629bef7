#include "exercise.hpp"

#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/answers.hpp"
#include "heapyard/view/goals.hpp"

#include "convert.hpp"

#include <algorithm>
#include <optional>
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

/// What each expression comes to, and whether what was given is that.
template <class Of>
val answers(const Of& of, const val& expressions, const std::string& given) {
  return array_of(goals_of(expressions), [&](const std::string& expression) {
    const std::optional<Answer> answer = evaluate(of, expression);
    if (!answer) return val::null();
    val object = val::object();
    object.set("text", answer->text);
    object.set("same", is_answer(*answer, given));
    return object;
  });
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

val heap_answers(const std::string& text, const std::string& allocator, double arena_bytes, double step,
                 const val& expressions, const std::string& given) {
  Lab lab = Lab::run(text, allocator, whole<std::uint64_t>(arena_bytes));
  lab.history().seek(std::min(whole<std::uint32_t>(step), lab.history().steps()));
  return answers(lab, expressions, given);
}

val struct_answers(const std::string& text, const val& expressions, const std::string& given) {
  return answers(parse_structs(text), expressions, given);
}

}  // namespace heapyard::wasm
