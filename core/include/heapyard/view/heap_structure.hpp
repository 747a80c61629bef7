#pragma once

#include "heapyard/base/structure.hpp"
#include "heapyard/lab/lab.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// The name of a part of an allocator's structure, in the reader's language.
std::string part_title(const StructurePart& part);

/// What stands behind the name of a part of an allocator's structure, the same words for every view: addresses, for a
/// region one and its size, or digits.
std::vector<std::string> part_words(const StructurePart& part, std::uint32_t arena_bytes);

/// What stands between two of them.
constexpr std::string_view between_words(PartKind kind) {
  return kind == PartKind::list ? " -> " : kind == PartKind::region ? ", " : "";
}

/// A part of a structure as a picture shows it.
struct PartPicture {
  StructurePart part;                 ///< of a list, its first blocks
  std::uint32_t blocks = 0;           ///< of a list: how many it has
  bool changed = false;               ///< by the step
  std::vector<std::uint32_t> before;  ///< of bits that changed: as they were
  std::uint32_t used_bytes = 0;       ///< of a region: those that used blocks take
};

struct StructurePicture {
  std::vector<PartPicture> parts;
  std::uint32_t too_small = 0;  ///< how many regions were left out
};

/// An allocator's structure at the step where the lab's history stands. Of lists, the first `most_listed` blocks;
/// regions below a thousandth of the arena are left out. O(blocks + arena).
StructurePicture structure_picture(Lab& lab, std::uint32_t most_listed);

}  // namespace heapyard
