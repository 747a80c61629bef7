#pragma once

#include "heapyard/base/block.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heapyard {

enum class PartKind : std::uint8_t {
  list,    ///< free blocks, by offset, in the allocator's order
  place,   ///< an offset that the allocator remembers: where it goes on, or up to where it gives back
  bits,    ///< bits that it keeps, lowest first, each 0 or 1
  region,  ///< offset and size of what it has divided off; regions of one level do not overlap, each lies inside one of
           ///< the level above
  count,   ///< a number of blocks, calls or bytes that it keeps
};

/// A part of an allocator's own structure.
struct StructurePart {
  PartKind kind = PartKind::list;
  std::string name;
  std::vector<std::uint32_t> values;
  std::uint32_t level = 0;  ///< of a region; 0 is the coarsest
};

/// What an allocator says of its own structure beyond its blocks. Views draw it and know no allocator.
struct Structure {
  std::vector<StructurePart> parts;

  /// Adds a part; a list without blocks is none.
  void tell(PartKind kind, std::string name, std::vector<std::uint32_t> values, std::uint32_t level = 0) {
    if (values.empty()) return;
    parts.push_back({kind, std::move(name), std::move(values), level});
  }
  void tell_bits(std::string name, std::uint32_t word, std::uint32_t count) {
    std::vector<std::uint32_t> bits(count);
    for (std::uint32_t i = 0; i < count; ++i) bits[i] = word >> i & 1;
    tell(PartKind::bits, std::move(name), std::move(bits));
  }

  /// Each list's blocks as pairs, one and the next.
  std::vector<Link> links() const {
    std::vector<Link> links;
    for (const StructurePart& part : parts) {
      for (std::size_t i = 1; part.kind == PartKind::list && i < part.values.size(); ++i)
        links.push_back({part.values[i - 1], part.values[i]});
    }
    return links;
  }
  /// The first block of each list.
  std::vector<Offset> heads() const {
    std::vector<Offset> heads;
    for (const StructurePart& part : parts) {
      if (part.kind == PartKind::list) heads.push_back(part.values.front());
    }
    return heads;
  }
};

}  // namespace heapyard
