#pragma once

#include "heapyard/view/heap_rows.hpp"

#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace heapyard::cli {

// A heap in words, each part as lines of at most `width` characters, with their colours.

/// The call that led to the step where the lab stands, and what it did to memory.
std::vector<std::string> step_lines(const Terminal& terminal, const Lab& lab, std::size_t width);

/// The numbers of the step, large ones above their words, and the free list.
std::vector<std::string> number_lines(const Terminal& terminal, const Lab& lab, std::size_t width);

/// One fault: its title with its step and line, what is known of it, and what an ordinary malloc would do, unless the
/// same was just said.
std::vector<std::string> told_fault(const Terminal& terminal, const Lab& lab, const Fault& fault, std::size_t width,
                                    bool with_silently = true);

/// Draws the step where the lab stands: all of the above and the map. Moves the lab and puts it back.
void draw_heap(Terminal& terminal, Lab& lab, Moment moment);

}  // namespace heapyard::cli
