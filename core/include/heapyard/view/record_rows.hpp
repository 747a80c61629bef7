#pragma once

#include "heapyard/record/record_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heapyard {

/// Bytes in one row of a struct's picture. A power of two, and the alignment of most structs.
inline constexpr std::uint64_t record_row_bytes = 8;
/// A picture with more rows folds the inner ones of long members.
inline constexpr std::uint64_t most_unfolded_rows = 16;

/// One member or one padding range of a struct.
struct RecordPiece {
  enum class Kind : std::uint8_t { member, padding, tail_padding };

  Kind kind = Kind::member;
  std::size_t member = 0;  ///< the member itself; of padding, the one behind it; of tail padding, the last
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// The part of a piece that stands in one row.
struct RecordCell {
  std::size_t piece = 0;
  std::uint64_t column = 0;  ///< its first byte within the row
  std::uint64_t bytes = 0;
  bool begins = true;  ///< the piece's first byte is in this row
  bool ends = true;    ///< its last one is
};

struct RecordRow {
  std::uint64_t offset = 0;  ///< of the row's first byte
  std::uint64_t folded = 0;  ///< how many rows stand for this one, all within one piece; 0 for an ordinary row
  std::vector<RecordCell> cells;
};

/// A struct's bytes as a picture shows them: pieces in address order, broken into rows.
struct RecordRows {
  std::vector<RecordPiece> pieces;
  std::vector<RecordRow> rows;
};

/// O(members): rows within one long member are folded, so that their number does not grow with its size.
RecordRows record_rows(const RecordLayout& record);

}  // namespace heapyard
