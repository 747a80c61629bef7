#include "heapyard/lab/lesson_lab.hpp"
#include "heapyard/say/say.hpp"
#include "heapyard/view/goals.hpp"

#include "heap_exercise_words.hpp"

#include <cctype>

namespace heapyard {
namespace {

std::optional<std::uint64_t> last_number(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && std::isdigit(static_cast<unsigned char>(text[end - 1])) == 0) --end;
  std::uint64_t number = 0, place = 1;
  if (end == 0) return std::nullopt;
  for (; end > 0 && std::isdigit(static_cast<unsigned char>(text[end - 1])) != 0; --end, place *= 10)
    number += place * static_cast<std::uint64_t>(text[end - 1] - '0');
  return number;
}

Quantity printed(std::string_view output) {
  const auto number = last_number(output);
  return {number, number ? say("the last number that it prints is {}", *number) : say("it prints no number")};
}

}  // namespace

ExerciseResult check_program_exercise(std::string_view lesson_id, std::string_view choice,
                                      const std::vector<std::string>& goals) {
  ExerciseResult result;
  const Lesson* program = find_exercise_program(lesson_id);
  if (program == nullptr) {
    result.problems.push_back({1, 1, 1, say("This lesson has no exercise of that kind")});
    return result;
  }
  LessonLab lesson(*program, LessonLab::default_arena, choice);
  lesson.seek(lesson.steps());
  for (const std::string& goal : goals) {
    result.goals.push_back(judge(goal, [&](std::string_view name) {
      return name == "printed" ? printed(lesson.output()) : found_in_heap(lesson.lab(), name);
    }));
  }
  return result;
}

}  // namespace heapyard
