#pragma once

#include <cstdint>

namespace heapyard {

/// A place in an arena: bytes from its first byte. 32 bits on every machine, so that links have the same bytes in
/// WebAssembly and natively. 0 is the allocator's own control block and never a payload: it stands for null.
using Offset = std::uint32_t;

enum class BlockState : std::uint8_t {
  control = 0,  ///< the allocator's own words, at the arena's start and end
  used = 1,
  free = 2,
};

/// A block: header, payload and padding, free or used. Blocks tile an arena without gap or overlap.
struct Block {
  Offset offset = 0;
  std::uint32_t size = 0;          ///< of the whole block
  Offset payload_offset = 0;       ///< 0 unless used
  std::uint32_t payload_size = 0;  ///< the bytes asked for; 0 unless used
  BlockState state = BlockState::free;

  constexpr Offset end() const { return offset + size; }

  friend constexpr bool operator==(const Block&, const Block&) = default;
};

/// An entry of a free list: the free block at `from` names the one at `to`.
struct Link {
  Offset from = 0;
  Offset to = 0;

  friend constexpr bool operator==(const Link&, const Link&) = default;
};

}  // namespace heapyard
