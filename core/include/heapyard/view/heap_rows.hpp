#pragma once

#include "heapyard/lab/lab.hpp"
#include "heapyard/view/heap_faults.hpp"

#include <cstdint>
#include <vector>

namespace heapyard {

enum class HeapPart : std::uint8_t { control, header, payload, padding, free };

/// The bytes of one part of a block in one row.
struct HeapCell {
  const OwnedBlock* block = nullptr;
  HeapPart part = HeapPart::free;
  Offset offset = 0;
  std::uint32_t size = 0;
  bool begins = false;        ///< the part begins here, not in the row before
  bool block_begins = false;  ///< its block begins here
  bool block_ends = false;    ///< its block ends here
  /// The block comes from the row before, or goes on in the next one.
  bool from_above = false, goes_on = false;
};

/// A row of a heap's picture: addresses grow to the right, then down.
struct HeapRow {
  Offset offset = 0;
  std::uint64_t size = 0;
  std::uint64_t folded = 0;     ///< rows that this one stands for, all within what `cells` names; 0: drawn as it is
  std::uint32_t blocks = 0;     ///< folded: how many blocks they hold a part of
  std::vector<HeapCell> cells;  ///< in address order; of a folded row one, that of its first block

  std::uint64_t end() const { return offset + size; }
};

/// The rows of the heap where `history` stands, `row_bytes` a row: a power of two. Long runs of rows in one block, or
/// in free blocks alone, are folded into one. The blocks are the history's own, until it moves. O(blocks + rows).
std::vector<HeapRow> heap_rows(const History& history, std::uint32_t row_bytes);

/// The smallest power of two of bytes, from `least` to `most`, that gives no more than `max_rows` rows; 0 when none
/// does. Requires powers of two.
std::uint32_t choose_row_bytes(const History& history, std::uint32_t least, std::uint32_t most, std::size_t max_rows);

/// What is to be pointed out in a heap's picture.
struct HeapMarks {
  const OwnedBlock* now = nullptr;    ///< the block that the step is about
  const OwnedBlock* fault = nullptr;  ///< the block of a fault of this step
  std::vector<AllocationId> leaked;   ///< ascending
  std::vector<ByteRange> changed;

  bool is_fault(const OwnedBlock& block) const;
};
HeapMarks heap_marks(const Lab& lab, Moment moment);

/// A cell of the summary of a heap that is too large for rows.
struct DensityCell {
  std::uint64_t used = 0;  ///< bytes in used blocks and in the allocator's own words
  bool now = false;        ///< holds a part of the block that the step is about
  bool fault = false;      ///< holds a part of a leaked or faulty block
};

/// A heap as cells of equal size, up to its last used byte or further.
struct HeapDensity {
  std::uint64_t cell_bytes = 1;  ///< a power of two
  std::uint64_t shown = 0;       ///< bytes of the arena that the cells cover
  std::vector<DensityCell> cells;
};
/// At least the first `least` bytes of the arena, as far as it reaches. O(blocks + cells).
HeapDensity heap_density(const Lab& lab, const HeapMarks& marks, std::size_t max_cells, std::uint64_t least = 0);

}  // namespace heapyard
