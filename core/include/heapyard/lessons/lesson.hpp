#pragma once

#include "heapyard/stage/debug_info.hpp"

#include <span>
#include <string_view>

namespace heapyard {

/// A lesson: a program that was instrumented when Heapyard was built, and its source as it was compiled.
struct Lesson {
  std::string_view id;
  std::string_view source;
  DebugInfo debug;
  /// Its `main`. One that takes no arguments leaves them alone.
  int (*program)(int count, char** arguments) = nullptr;
};

/// All lessons, in the order in which they are taken.
std::span<const Lesson* const> lessons();

/// The lesson of that name; nullptr when there is none.
const Lesson* find_lesson(std::string_view id);

/// The programs of those lessons whose exercise is one: `ID-exercise`.
std::span<const Lesson* const> exercise_programs();

/// The program of a lesson's exercise, whose argument is what the reader chooses; nullptr when the exercise is none.
const Lesson* find_exercise_program(std::string_view lesson_id);

}  // namespace heapyard
