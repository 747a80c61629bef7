#include "heapyard/view/record_rows.hpp"

#include <algorithm>

namespace heapyard {
namespace {

std::vector<RecordPiece> pieces_of(const RecordLayout& record) {
  std::vector<RecordPiece> pieces;
  std::size_t range = 0;
  for (std::size_t i = 0; i < record.members.size(); ++i) {
    const MemberLayout& member = record.members[i];
    if (range < record.padding.size() && record.padding[range].offset < member.offset) {
      pieces.push_back({RecordPiece::Kind::padding, i, record.padding[range].offset, record.padding[range].size});
      ++range;
    }
    pieces.push_back({RecordPiece::Kind::member, i, member.offset, member.size});
  }
  if (range < record.padding.size()) {
    pieces.push_back({RecordPiece::Kind::tail_padding, record.members.size() - 1, record.padding[range].offset,
                      record.padding[range].size});
  }
  return pieces;
}

}  // namespace

RecordRows record_rows(const RecordLayout& record) {
  RecordRows picture{pieces_of(record), {}};
  const bool folds = record.size > most_unfolded_rows * record_row_bytes;
  std::size_t piece = 0;
  for (std::uint64_t offset = 0; offset < record.size; offset += record_row_bytes) {
    while (picture.pieces[piece].offset + picture.pieces[piece].size <= offset) ++piece;
    const RecordPiece& here = picture.pieces[piece];
    const std::uint64_t whole_rows = (here.offset + here.size - offset) / record_row_bytes;
    if (folds && here.offset + record_row_bytes <= offset && whole_rows > 4) {
      // The piece fills the row before and goes on: all but its last whole row are one fold.
      const std::uint64_t folded = whole_rows - 1;
      picture.rows.push_back({offset, folded, {{piece, 0, record_row_bytes, false, false}}});
      offset += (folded - 1) * record_row_bytes;
      continue;
    }
    RecordRow row{offset, 0, {}};
    const std::uint64_t row_end = std::min(offset + record_row_bytes, record.size);
    for (std::size_t i = piece; i < picture.pieces.size() && picture.pieces[i].offset < row_end; ++i) {
      const std::uint64_t begin = std::max(picture.pieces[i].offset, offset);
      const std::uint64_t end = std::min(picture.pieces[i].offset + picture.pieces[i].size, row_end);
      row.cells.push_back({i, begin - offset, end - begin, begin == picture.pieces[i].offset,
                           end == picture.pieces[i].offset + picture.pieces[i].size});
    }
    picture.rows.push_back(std::move(row));
  }
  return picture;
}

}  // namespace heapyard
