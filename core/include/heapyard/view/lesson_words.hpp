#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace heapyard {

// The words of a lesson's steps, the same in the terminal, in the page and in a text twin.

/// A line of the lesson's source, as it stands there; empty for a line that there is not.
std::string_view whole_source_line(const LessonLab& lesson, std::uint32_t line);
/// The same without its indentation.
std::string_view source_line(const LessonLab& lesson, std::uint32_t line);

/// What the step at which the lesson stands did.
std::string lesson_sentence(const LessonLab& lesson);

/// The text twin of the lesson's picture at this step: the line and what it did, every frame with its variables, every
/// object on the heap, and what is printed.
///
///     step 6 of 23, line 11: int* counts = static_cast<int*>(std::calloc(4, sizeof(int)));
///       counts points to 0x030; its block takes 24 bytes (8 header + 16 payload). …
///     stack:
///       main
///         name    char*  0x020 "heap"
///     heap:
///       0x020  name  char[8]  "heap"
std::string lesson_twin(const LessonLab& lesson);

}  // namespace heapyard
