#pragma once

#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/block.hpp"
#include "heapyard/base/fault.hpp"

#include <cstdint>

namespace heapyard {

/// The headers and boundary tags of blocks that tile an arena, behind the allocator's own words: as many bytes as
/// `Lists::control_size` says.
///
///     arena   | control | block | block | … | block | end 8 |
///     used    | size+flags 4 | requested 4 | payload ………………… | padding |
///     free    | size+flags 4 | ……………………………………………………… | size 4 |
///
/// Blocks begin at 8 modulo 16, so every payload is aligned to 16; sizes are multiples of 16 and at least 16. The low
/// bits of the size word say whether the block is used and whether the block before it is free; only then does that one
/// end in a copy of its size, the boundary tag by which it is found. All is O(1).
/// Source: D. E. Knuth, The Art of Computer Programming 1, 2.5, exercise 2.5-12.
template <class Lists, class Watch>
class BoundaryTags {
 public:
  static constexpr std::uint32_t header_size = 8;
  static constexpr std::uint32_t granule = 16;
  static constexpr std::uint32_t smallest_block = 16;
  static constexpr std::uint32_t smallest_arena = Lists::control_size(0) + smallest_block + header_size;

 protected:
  static constexpr std::uint32_t used_flag = 1, previous_free_flag = 2, flags = 15;
  static constexpr std::uint32_t footer_size = 4;

  explicit BoundaryTags(Arena<Watch> arena)
      : arena_(arena.or_blank(arena.size() >= smallest_arena)),
        first_block_(Lists::control_size(arena_.size())),
        end_block_(arena_.size() == 0
                       ? first_block_ + header_size  // room for no block, and for no request
                       : static_cast<Offset>(align_down(arena_.size() - granule, granule)) + header_size) {}

  // Reading the arena.
  std::uint32_t load(Offset at) const { return arena_.load(at); }
  Offset first_block() const { return first_block_; }
  /// Where the last block ends: the greatest offset at 8 modulo 16 that leaves room for the end's own header.
  Offset end_block() const { return end_block_; }
  std::uint32_t size_of(Offset block) const { return load(block) & ~flags; }
  bool is_used(Offset block) const { return (load(block) & used_flag) != 0; }
  bool is_previous_free(Offset block) const { return (load(block) & previous_free_flag) != 0; }
  std::uint32_t requested_of(Offset block) const { return load(block + 4); }
  Offset block_after(Offset block) const { return block + size_of(block); }
  Offset block_before(Offset block) const { return block - load(block - footer_size); }

  Block describe(Offset block) const {
    if (!is_used(block)) return {block, size_of(block), 0, 0, BlockState::free};
    return {block, size_of(block), block + header_size, requested_of(block), BlockState::used};
  }
  // Believing the arena: words may have been overwritten, so nothing is followed that cannot be a block.
  bool is_block_offset(Offset block) const {
    return block >= first_block() && block < end_block() && block % granule == granule - header_size;
  }
  bool has_sane_size(Offset block) const {
    const std::uint32_t size = size_of(block);
    return (load(block) & flags) < 4 && size >= smallest_block && size <= end_block() - block;
  }
  /// Of the sizes that pad to the same block every one is: which was asked for, the header alone says.
  bool is_request_sane(Offset block) const {
    const std::uint32_t room = size_of(block) - header_size, requested = requested_of(block);
    return requested >= 1 && requested <= room && room - requested < granule;
  }
  bool is_used_block(Offset block) const {
    return is_block_offset(block) && has_sane_size(block) && is_used(block) && is_request_sane(block) &&
           !is_previous_free(block_after(block));
  }
  bool is_free_block(Offset block) const {
    return is_block_offset(block) && has_sane_size(block) && !is_used(block) &&
           load(block_after(block) - footer_size) == size_of(block) && is_previous_free(block_after(block));
  }

  // Damage: which word keeps a block from being what it should be.
  /// What keeps `block` from being a free block.
  Damage free_block_damage(Offset block) const {
    if (is_free_block(block)) return {};
    if (!is_block_offset(block) || !has_sane_size(block) || is_used(block)) return {DamagedPart::header, block, block};
    const Offset footer = block_after(block) - footer_size;
    if (load(footer) != size_of(block)) return {DamagedPart::header, block, footer};
    return header_damage(block_after(block));
  }
  /// What keeps `block` from being a used block.
  Damage used_block_damage(Offset block) const {
    if (is_used_block(block)) return {};
    if (!is_block_offset(block) || !has_sane_size(block) || !is_used(block)) return {DamagedPart::header, block, block};
    if (!is_request_sane(block)) return {DamagedPart::header, block, block + 4};
    return header_damage(block_after(block));
  }
  Damage header_damage(Offset block) const {
    return {block == end_block() ? DamagedPart::control : DamagedPart::header, block, block};
  }

  void set_previous_free(Offset block, bool free) {
    const std::uint32_t word = load(block);
    arena_.store(block, free ? word | previous_free_flag : word & ~previous_free_flag);
  }
  /// Size, flags and boundary tag. Where free blocks are coalesced, no free block has one before it.
  void write_free(Offset block, std::uint32_t size, bool previous_is_free = false) {
    arena_.store(block, size | (previous_is_free ? previous_free_flag : 0));
    arena_.store(block + size - footer_size, size);
    set_previous_free(block + size, true);
    arena_.watch().block({block, size, 0, 0, BlockState::free});
  }

  Arena<Watch> arena_;

 private:
  Offset first_block_, end_block_;  // which follow from the arena's size
};

}  // namespace heapyard
