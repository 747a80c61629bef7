#pragma once

#include <cstdint>
#include <string_view>

namespace heapyard {

/// Why a request was not granted. A value, never an exception: running out of memory is not a bug.
enum class AllocError : std::uint8_t {
  none,
  zero_size,            ///< a request for 0 bytes
  size_overflow,        ///< the size, or count times size, does not fit the address space
  bad_alignment,        ///< the alignment is not a power of two
  alignment_too_large,  ///< above the arena's own alignment, 4096, or above what a pool's blocks have
  exceeds_block_size,   ///< a pool's blocks are smaller
  out_of_memory,        ///< no free block is large enough
  arena_too_small,      ///< the arena cannot hold the allocator's own words and one block
  arena_too_large,      ///< offsets are 32 bits: an arena is smaller than 4 GiB
  refused,              ///< the pointer to reallocate is no live allocation; `judge` says what it is
  out_of_order,         ///< this allocator resizes its newest block only
  no_markers,           ///< only a stack remembers where its top was
  damaged,              ///< the allocator's own words were overwritten; it will not follow them
};

/// The name under which an error is known in C++, in JSON and in the page: `out_of_memory`.
constexpr std::string_view name_of(AllocError error) {
  switch (error) {
    case AllocError::none: return "none";
    case AllocError::zero_size: return "zero_size";
    case AllocError::size_overflow: return "size_overflow";
    case AllocError::bad_alignment: return "bad_alignment";
    case AllocError::alignment_too_large: return "alignment_too_large";
    case AllocError::exceeds_block_size: return "exceeds_block_size";
    case AllocError::out_of_memory: return "out_of_memory";
    case AllocError::arena_too_small: return "arena_too_small";
    case AllocError::arena_too_large: return "arena_too_large";
    case AllocError::refused: return "refused";
    case AllocError::out_of_order: return "out_of_order";
    case AllocError::no_markers: return "no_markers";
    case AllocError::damaged: return "damaged";
  }
  return "none";
}

}  // namespace heapyard
