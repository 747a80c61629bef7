#pragma once

#include "heapyard/lab/lab.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heapyard {

/// A number of the heap at the step where it stands, by its name: `largest free`, `live blocks`, `leaks`. None when
/// there is no such number; `check_heap_exercise` lists them, `size of NAME` and its like apart. O(blocks).
std::optional<std::uint64_t> heap_quantity(const Lab& lab, std::string_view name);

}  // namespace heapyard
