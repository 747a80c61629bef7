#pragma once

#include "heapyard/view/heap_rows.hpp"

#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace heapyard::cli {

struct HeapMapOptions {
  std::size_t width = 80;      ///< characters in a line
  std::size_t max_lines = 32;  ///< of the map; what has more rows is summarised by density
  bool steady = false;         ///< keep a line for marks under every row, so that rows stay in place from step to step
  Moment moment = Moment::step;
};

/// The heap at the step where the lab stands, in lines with their colours: rows of a power of two of bytes, the legend
/// of the forms last. At most `max_lines` and a few lines of legend.
std::vector<std::string> heap_map(const Terminal& terminal, const Lab& lab, const HeapMapOptions& options);

}  // namespace heapyard::cli
