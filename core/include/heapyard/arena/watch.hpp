#pragma once

#include "heapyard/base/block.hpp"
#include "heapyard/base/fault.hpp"

#include <cstdint>

namespace heapyard {

/// An inner step of an allocator, for those who ask why it did what it did.
enum class NoteKind : std::uint8_t {
  visited,          ///< looked at a free block that does not fit
  chosen,           ///< took this free block
  split,            ///< cut a block in two; the offset is where the second begins, the size what is left there
  coalesced,        ///< joined two neighbouring free blocks; the size is that of both
  grown,            ///< a used block took room from the free block behind it; the size is the new one
  shrunk,           ///< a used block gave room back; the size is the new one
  moved,            ///< an allocation was copied to another block; the size is what was copied
  linked,           ///< put at the head of the free list
  considered,       ///< looked at a free block that fits, and went on for a better one
  linked_in_order,  ///< put into the free list behind the block that lies before it
  linked_by_size,   ///< put at the head of the list of its size
  list_found,       ///< the first list that has a block for this; the size is the smallest that belongs into it
};

struct Note {
  NoteKind kind = NoteKind::visited;
  Offset offset = 0;
  std::uint32_t size = 0;

  friend constexpr bool operator==(const Note&, const Note&) = default;
};

/// The watch policy of an arena that nobody watches. It compiles to nothing.
///
/// A watch learns which bytes were written (after the write), which blocks now tile the bytes that changed hands, the
/// allocator's inner steps, and damage that a checking allocator comes across. An allocator reports every block whose
/// offset, size, payload or state it changed. An arena is copied with its watch: what one copy is told, all know.
struct Unwatched {
  constexpr void wrote(Offset, std::uint32_t) const {}
  constexpr void block(const Block&) const {}
  constexpr void note(const Note&) const {}
  constexpr void damage(const Damage&) const {}
};

}  // namespace heapyard
