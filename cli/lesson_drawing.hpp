#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include "lesson_text.hpp"
#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard::cli {

/// Words in lines of the terminal's width, indented.
std::vector<std::string> paragraph(const Terminal& terminal, std::string_view words, std::size_t indent = 0,
                                   Ink ink = Ink::plain);

/// A part of a lesson's prose: paragraphs, and lists with a dash.
std::vector<std::string> prose_lines(const Terminal& terminal, const std::vector<StoryBlock>& blocks);

/// The step at which the lesson stands: the line between its neighbours, what it did, the stack beside the heap.
std::vector<std::string> lesson_step_lines(const Terminal& terminal, const LessonLab& lesson);

void write_lines(Terminal& terminal, const std::vector<std::string>& lines);

}  // namespace heapyard::cli
