#pragma once

#include "heapyard/base/structure.hpp"

#include <string>
#include <vector>

namespace heapyard {

/// What stands behind the name of a part of an allocator's structure, the same words for every view: addresses, for a
/// region one and its size, or digits.
std::vector<std::string> part_words(const StructurePart& part, std::uint32_t arena_bytes);

/// What stands between two of them.
constexpr std::string_view between_words(PartKind kind) {
  return kind == PartKind::list ? " -> " : kind == PartKind::region ? ", " : "";
}

}  // namespace heapyard
