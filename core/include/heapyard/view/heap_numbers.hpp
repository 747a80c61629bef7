#pragma once

#include "heapyard/history/statistics.hpp"

#include <string>
#include <vector>

namespace heapyard {

/// A number as it stands large in a picture, its unit behind it, and the words under it.
struct HeapNumber {
  std::string value, words;
};

/// The numbers of a step, in the order in which every picture shows them.
std::vector<HeapNumber> heap_numbers(const Statistics& statistics);

}  // namespace heapyard
