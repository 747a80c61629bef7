#include "record_drawing.hpp"

#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/record_rows.hpp"
#include "heapyard/view/record_twin.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

/// The forms of the look, as characters.
struct Forms {
  const char* member;
  const char* padding;
  const char* edge;
  const char* cut;   ///< behind a name that is cut short
  const char* fold;  ///< before the words of folded rows
};
constexpr Forms unicode_forms = {"█", "╱", "│", "…", "⋮"};
constexpr Forms ascii_forms = {"#", "/", "|", "~", ":"};

std::string repeated(const char* form, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += form;
  return text;
}

/// Draws rows of bytes, each byte some characters wide, the first of which is the edge of a piece that begins there.
class ByteGrid {
 public:
  ByteGrid(Terminal& terminal, const RecordLayout& record)
      : terminal_(terminal),
        record_(record),
        picture_(record_rows(record)),
        forms_(terminal.unicode() ? unicode_forms : ascii_forms),
        gutter_(std::max<std::size_t>(fmt::format("{}", record.size).size(), 3) + 1) {
    constexpr std::size_t least = 3;
    constexpr std::size_t most = 8;
    const std::size_t room = terminal.width() > gutter_ ? terminal.width() - gutter_ - 1 : 0;
    byte_width_ = std::clamp(room / record_row_bytes, least, most);
  }

  void draw() {
    std::string ruler(gutter_ + 1, ' ');
    const std::uint64_t columns = std::min(record_row_bytes, record_.size);
    for (std::uint64_t byte = 0; byte < columns; ++byte) ruler += fmt::format("{:<{}}", byte, byte_width_);
    while (!ruler.empty() && ruler.back() == ' ') ruler.pop_back();
    terminal_.write(terminal_.ink(Ink::faint, ruler) + "\n");
    for (const RecordRow& row : picture_.rows) draw_row(row);
  }

 private:
  void draw_row(const RecordRow& row) {
    std::string line = terminal_.ink(Ink::faint, fmt::format("{:>{}}", row.offset, gutter_ - 1)) + " ";
    const RecordPiece& first = picture_.pieces[row.cells[0].piece];
    if (row.folded > 0) {
      line += terminal_.ink(Ink::faint,
                            fmt::format("{} {} more rows of {} ({})", forms_.fold, row.folded,
                                        record_.members[first.member].name, bytes_text(row.folded * record_row_bytes)));
    } else {
      for (const RecordCell& cell : row.cells) line += cell_text(picture_.pieces[cell.piece], cell);
      if (row.cells.back().ends) line += forms_.edge;
    }
    terminal_.write(line + "\n");
  }

  std::string cell_text(const RecordPiece& piece, const RecordCell& cell) const {
    std::size_t room = static_cast<std::size_t>(cell.bytes) * byte_width_ - (cell.begins ? 1 : 0);
    const std::string edge = cell.begins ? forms_.edge : "";
    if (piece.kind != RecordPiece::Kind::member) {
      return edge + terminal_.ink(Ink::faint, repeated(forms_.padding, room));
    }
    if (!cell.begins) return terminal_.ink(Ink::hue, repeated(forms_.member, room), piece.member);
    std::string name = record_.members[piece.member].name;
    std::size_t length = name.size();
    if (length > room) {
      name = name.substr(0, room - 1) + forms_.cut;
      length = room;
    } else if (length < room) {
      name += ' ';
      ++length;
    }
    return edge + terminal_.ink(Ink::strong, name) +
           terminal_.ink(Ink::hue, repeated(forms_.member, room - length), piece.member);
  }

  Terminal& terminal_;
  const RecordLayout& record_;
  RecordRows picture_;
  Forms forms_;
  std::size_t gutter_;
  std::size_t byte_width_ = 0;
};

bool same_layout(const RecordLayout& left, const RecordLayout& right) {
  return left.size == right.size && left.alignment == right.alignment && left.members == right.members &&
         left.minimal == right.minimal;
}

}  // namespace

void draw_record(Terminal& terminal, const RecordLayout& record, const std::string& where) {
  terminal.write(terminal.ink(Ink::strong, record.name) + terminal.ink(Ink::faint, " on " + where) + "\n");
  terminal.write(record_sentence(record) + "\n\n");
  ByteGrid(terminal, record).draw();
  terminal.write("\n");
  const std::vector<RecordTableLine> table = record_table(record);
  for (const RecordTableLine& line : table) {
    const bool faint = line.padding || &line == &table.front();
    terminal.write((faint ? terminal.ink(Ink::faint, line.text) : line.text) + "\n");
  }
  terminal.write("\n" + minimal_sentence(record) + "\n");
}

void draw_comparison(Terminal& terminal, std::span<const RecordLayout> by_abi) {
  const std::vector<std::string> heads = {"", "size", "alignment", "padding", "least size"};
  std::string head_line = fmt::format("{:<9}", heads[0]);
  for (std::size_t i = 1; i < heads.size(); ++i) head_line += fmt::format("  {:>10}", heads[i]);
  terminal.write(terminal.ink(Ink::strong, by_abi[0].name) + "\n" + terminal.ink(Ink::faint, head_line) + "\n");
  for (const RecordLayout& record : by_abi) {
    terminal.write(fmt::format("{:<9}  {:>10}  {:>10}  {:>10}  {:>10}\n", record.abi, record.size, record.alignment,
                               record.padding_bytes(), record.minimal.size));
  }
  std::vector<bool> drawn(by_abi.size(), false);
  for (std::size_t i = 0; i < by_abi.size(); ++i) {
    if (drawn[i]) continue;
    std::string where;
    for (std::size_t k = i; k < by_abi.size(); ++k) {
      if (!same_layout(by_abi[i], by_abi[k])) continue;
      drawn[k] = true;
      where += (where.empty() ? "" : ", ") + std::string(by_abi[k].abi);
    }
    terminal.write("\n");
    draw_record(terminal, by_abi[i], where);
  }
}

}  // namespace heapyard::cli
