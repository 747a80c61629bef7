#include "heapyard/lessons/lesson.hpp"

#include <algorithm>
#include <string>

namespace heapyard {

namespace {

const Lesson* named(std::span<const Lesson* const> programs, std::string_view id) {
  const auto found =
      std::find_if(programs.begin(), programs.end(), [id](const Lesson* each) { return each->id == id; });
  return found == programs.end() ? nullptr : *found;
}

}  // namespace

const Lesson* find_lesson(std::string_view id) {
  return named(lessons(), id);
}

const Lesson* find_exercise_program(std::string_view lesson_id) {
  return named(exercise_programs(), std::string(lesson_id) + "-exercise");
}

}  // namespace heapyard
