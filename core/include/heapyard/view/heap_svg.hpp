#pragma once

#include "heapyard/lab/lab.hpp"
#include "heapyard/view/heap_faults.hpp"

#include <string>

namespace heapyard {

/// The picture of a heap at the step where the lab's history stands: a self-contained SVG 1.1 document in UTF-8, light
/// or dark as its reader's system, told apart without colour, with its text twin as description. No scripts, no outside
/// references. A heap with too many rows is summarised by density, so the document has at most some hundred kilobytes.
/// O(blocks).
std::string heap_svg(const Lab& lab, Moment moment);

}  // namespace heapyard
