#include "heapyard/view/record_svg.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/record_rows.hpp"
#include "heapyard/view/record_twin.hpp"
#include "heapyard/view/wrapped.hpp"

#include "svg_style.hpp"

#include <fmt/format.h>

namespace heapyard {
namespace {

// CSS pixels. The words below decide the width: a row of eight bytes is as wide as they need.
constexpr std::uint64_t margin = 24;
constexpr std::uint64_t gutter = 56;  // for the offsets
constexpr std::uint64_t byte_width = 72;
constexpr std::uint64_t bar_height = 30;
constexpr std::uint64_t row_height = 44;
constexpr std::uint64_t head_height = 74;
constexpr std::uint64_t width = 2 * margin + gutter + record_row_bytes * byte_width;
constexpr std::uint64_t character_width = 8;  // of the 12 px monospaced text, rounded up
constexpr std::size_t words_in_line = 95;
constexpr std::size_t characters_of_title = 36;

std::uint64_t x_of(std::uint64_t column) {
  return margin + gutter + column * byte_width;
}

class Drawing {
 public:
  std::string draw(std::span<const RecordLayout> records) {
    std::string description;
    for (const RecordLayout& record : records) {
      draw_record(record);
      description += record_twin(record);
    }
    const std::string title = records.empty() ? say("No structs") : say("Layout of {}", records[0].name);
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n"
        "<title>{2}</title>\n<desc>{3}</desc>\n{4}<rect class=\"paper\" width=\"{0}\" height=\"{1}\"/>\n{5}</svg>\n",
        width, y_ + margin, svg_escaped(title), svg_escaped(description), svg_style(), body_);
  }

 private:
  void draw_record(const RecordLayout& record) {
    const RecordRows picture = record_rows(record);
    const Abi* abi = find_abi(record.abi);
    y_ += margin;
    text("title ink", margin, y_ + 14, clipped(record.name, characters_of_title));
    text("words soft right", width - margin, y_ + 14, abi != nullptr ? abi->title : record.abi);
    text("words soft", margin, y_ + 38, record_sentence(record));
    for (std::uint64_t byte = 0; byte < record_row_bytes; ++byte) {
      text("soft middle", x_of(byte) + byte_width / 2, y_ + 64, fmt::format("{}", byte));
    }
    y_ += head_height;
    for (const RecordRow& row : picture.rows) draw_row(record, picture, row);
    draw_words(minimal_sentence(record));
  }

  void draw_row(const RecordLayout& record, const RecordRows& picture, const RecordRow& row) {
    for (std::uint64_t column = 0; column <= record_row_bytes; ++column) {
      body_ += fmt::format("<path class=\"hair\" d=\"M{0} {1}V{2}\"/>\n", x_of(column), y_ - 4, y_ + bar_height + 4);
    }
    text("soft", margin, y_ + 20, fmt::format("{}", row.offset));
    if (row.folded > 0) {
      const RecordPiece& piece = picture.pieces[row.cells[0].piece];
      const bool member = piece.kind == RecordPiece::Kind::member;
      text("words soft middle", x_of(record_row_bytes / 2), y_ + 20,
           say("{} more rows of {} ({})", row.folded,
               member ? clipped(record.members[piece.member].name, characters_of_title) : say("padding"),
               bytes_text(row.folded * record_row_bytes)));
    } else {
      for (const RecordCell& cell : row.cells) draw_cell(record, row, picture.pieces[cell.piece], cell);
    }
    y_ += row_height;
  }

  /// A piece that goes on in the next row, or comes from the row before, is open there: no gap, no corner.
  void draw_cell(const RecordLayout& record, const RecordRow& row, const RecordPiece& piece, const RecordCell& cell) {
    const std::uint64_t left = x_of(cell.column) + (cell.begins ? 1 : 0);
    const std::uint64_t right = x_of(cell.column + cell.bytes) - (cell.ends ? 1 : 0);
    const bool member = piece.kind == RecordPiece::Kind::member;
    body_ += fmt::format(
        "<rect class=\"{}\" data-offset=\"{}\" data-bytes=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>\n",
        member ? fmt::format("hue-{}", piece.member % svg_hues) : "padding", row.offset + cell.column, cell.bytes, left,
        y_, right - left, bar_height, cell.begins && cell.ends ? " rx=\"3\"" : "");
    if (!member || !cell.begins) return;
    const MemberLayout& layout = record.members[piece.member];
    const auto room = static_cast<std::size_t>((right - left - 12) / character_width);
    const std::string size = fmt::format("{}", layout.size);
    const bool both = layout.name.size() + 3 + size.size() <= room;
    text("name on-hue", left + 7, y_ + 20, both ? layout.name + " · " + size : clipped(layout.name, room));
  }

  /// Below the picture, in as many lines as needed, broken at spaces.
  void draw_words(std::string_view words) {
    for (const std::string& line : wrapped(words, words_in_line)) {
      text("words ink", margin, y_ + 14, line);
      y_ += 20;
    }
  }

  void text(std::string_view classes, std::uint64_t x, std::uint64_t y, std::string_view words) {
    body_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", classes, x, y, svg_escaped(words));
  }

  std::string body_;
  std::uint64_t y_ = 0;  // the lower edge of what is drawn so far
};

}  // namespace

std::string record_svg(std::span<const RecordLayout> records) {
  return Drawing().draw(records);
}

}  // namespace heapyard
