#include "heapyard/view/record_rows.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/random_structs.hpp"
#include "support/seed.hpp"

using namespace heapyard;

namespace {

std::vector<RecordLayout> layouts_of(const std::string& text) {
  const StructText parsed = parse_structs(text);
  REQUIRE_FALSE(parsed.problem.has_value());
  return lay_out(parsed, *find_abi("x86_64")).records;
}

}  // namespace

TEST_CASE("The pieces of a picture tile its struct, and its rows show each piece whole", "[view][record]") {
  Random random(test::fresh_seed());
  std::string text = "struct Long { char a[5]; int b[1000]; char c; double d[9]; char e[999]; short f; };\n";
  for (const test::RandomStruct& record : test::random_structs(random, 100)) text += record.text;
  for (const RecordLayout& record : layouts_of(text)) {
    CAPTURE(record.name);
    const RecordRows picture = record_rows(record);
    std::uint64_t end = 0;
    for (const RecordPiece& piece : picture.pieces) {
      REQUIRE(piece.offset == end);
      end += piece.size;
    }
    REQUIRE(end == record.size);

    std::vector<std::uint64_t> shown(picture.pieces.size(), 0);
    std::vector<int> begins(picture.pieces.size(), 0);
    std::vector<int> ends(picture.pieces.size(), 0);
    std::uint64_t offset = 0;
    for (const RecordRow& row : picture.rows) {
      REQUIRE(row.offset == offset);
      offset += record_row_bytes * std::max<std::uint64_t>(row.folded, 1);
      for (const RecordCell& cell : row.cells) {
        REQUIRE(cell.column + cell.bytes <= record_row_bytes);
        shown[cell.piece] += cell.bytes * std::max<std::uint64_t>(row.folded, 1);
        begins[cell.piece] += cell.begins ? 1 : 0;
        ends[cell.piece] += cell.ends ? 1 : 0;
      }
    }
    for (std::size_t i = 0; i < picture.pieces.size(); ++i) {
      REQUIRE(shown[i] == picture.pieces[i].size);
      REQUIRE(begins[i] == 1);
      REQUIRE(ends[i] == 1);
    }
  }
}

TEST_CASE("A small struct is never folded, and a huge one takes few rows", "[view][record]") {
  for (const RecordRow& row : record_rows(layouts_of("struct { char a[128]; }")[0]).rows) REQUIRE(row.folded == 0);
  const RecordRows huge = record_rows(layouts_of("struct { char a; char b[0x400000000000]; }")[0]);
  REQUIRE(huge.rows.size() < 8);
}
