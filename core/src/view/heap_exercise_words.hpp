#pragma once

#include "heapyard/lab/lab.hpp"
#include "heapyard/view/goals.hpp"

#include <string_view>

namespace heapyard {

/// A quantity of `heap_quantity` at the end of a run, and what a sentence says of it, with the lines that made it so.
/// Requires that the lab's history stands at its last step.
Quantity found_in_heap(const Lab& lab, std::string_view name);

/// Why a variable has no block: the line whose call failed, or that there is none. Effects: the history stands where it
/// stood.
std::string no_block(Lab& lab, std::string_view variable);

/// ` (line 3)`, nothing when the line is not known.
std::string in_brackets(std::uint32_t line);

}  // namespace heapyard
