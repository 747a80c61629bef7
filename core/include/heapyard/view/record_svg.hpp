#pragma once

#include "heapyard/record/record_layout.hpp"

#include <span>
#include <string>

namespace heapyard {

/// One picture of all `records`, below each other: a self-contained SVG 1.1 document in UTF-8, light or dark as its
/// reader's system, told apart without colour, with its text twin as description. No scripts, no outside references.
std::string record_svg(std::span<const RecordLayout> records);

}  // namespace heapyard
