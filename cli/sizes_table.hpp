#pragma once

#include "lesson_text.hpp"
#include "terminal.hpp"

#include <string>
#include <vector>

namespace heapyard::cli {

/// A lesson's table of sizes: a row for each type, a column for each ABI, `24 (8)` for 24 bytes aligned to 8. Empty
/// without types.
std::vector<std::string> sizes_lines(const Terminal& terminal, const std::vector<SizedType>& types);

}  // namespace heapyard::cli
