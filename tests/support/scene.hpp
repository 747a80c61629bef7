#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <string>

namespace heapyard::test {

/// A step as it is on every machine: what happened, the stack and the heap, without sizes and addresses. A pointer is
/// told by what it points to.
///
///     6 calloc line 11
///       main: name char* -> name, counts int* -> counts
///       heap: name char[8] "heap"; counts int[4] {0, 0, 0, 0}
std::string portable_step(const LessonLab& lesson);

/// All steps.
std::string portable_steps(LessonLab& lesson);

}  // namespace heapyard::test
