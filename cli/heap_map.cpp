#include "heap_map.hpp"

#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/wrapped.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

/// The forms of the look, as characters.
struct Forms {
  const char *header, *payload, *padding, *free, *control;
  const char* between;  ///< a name and its size
  const char *now, *changed, *fold, *cut;
  const char* density[4];  ///< from a little to all of it
};
constexpr Forms unicode_forms = {"█", "▒", "╱", "·", "░", "·", "▶", "▔", "⋮", "…", {"░", "▒", "▓", "█"}};
constexpr Forms ascii_forms = {"#", "=", "/", ".", "%", ":", ">", "^", ":", "~", {"-", "+", "*", "#"}};
constexpr const char* leaked = "!";

/// One character of a row.
struct Glyph {
  std::string form = " ";
  Ink ink = Ink::plain;
  std::size_t hue = 0;

  bool same_ink(const Glyph& other) const { return ink == other.ink && hue == other.hue; }
};
using Glyphs = std::vector<Glyph>;

std::string inked(const Terminal& terminal, const Glyphs& glyphs) {
  std::string line, run;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    run += glyphs[i].form;
    if (i + 1 < glyphs.size() && glyphs[i].same_ink(glyphs[i + 1])) continue;
    line += terminal.ink(glyphs[i].ink, run, glyphs[i].hue);
    run.clear();
  }
  return line;
}

class Map {
 public:
  Map(const Terminal& terminal, const Lab& lab, const HeapMapOptions& options)
      : terminal_(terminal),
        lab_(lab),
        history_(lab.history()),
        options_(options),
        forms_(terminal.unicode() ? unicode_forms : ascii_forms),
        marks_(heap_marks(lab, options.moment)),
        gutter_(address_text(0, lab.arena_bytes()).size() + 2) {}

  std::vector<std::string> draw() {
    const std::size_t room = std::max<std::size_t>(options_.width, gutter_ + 17) - gutter_ - 1;
    // Eight bytes in eight characters, if there is room for such a row; in one, if there must be.
    const auto least = static_cast<std::uint32_t>(std::min<std::size_t>(std::bit_floor(room), 128));
    const auto most = static_cast<std::uint32_t>(std::bit_floor(room) * 8);
    const std::size_t lines_a_row = options_.steady ? 2 : 1;
    row_bytes_ = choose_row_bytes(history_, least, most, options_.max_lines / lines_a_row);
    steady_ = options_.steady && row_bytes_ != 0;
    if (options_.steady && row_bytes_ != least) {
      // Rather close rows than coarse ones.
      const std::uint32_t close = choose_row_bytes(history_, least, most, options_.max_lines * 3 / 4);
      if (close != 0 && (close < row_bytes_ || row_bytes_ == 0)) {
        row_bytes_ = close;
        steady_ = false;
      }
    }
    if (row_bytes_ == 0) {
      draw_density(std::bit_floor(room));
    } else {
      eighth_ = room * 8 / row_bytes_;
      if (eighth_ > 8) eighth_ = eighth_ / 4 * 4;  // so that bytes have nearly equal widths
      draw_rows();
    }
    return std::move(lines_);
  }

 private:
  /// Characters from the beginning of a row to a byte; a row of 8 bytes has `eighth_` of them.
  std::size_t column_of(std::uint64_t bytes) const { return static_cast<std::size_t>(bytes) * eighth_ / 8; }

  void draw_rows() {
    rows_ = heap_rows(history_, row_bytes_);
    place_labels();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].folded != 0) {
        draw_folded(rows_[row]);
      } else {
        draw_row(row);
      }
    }
    draw_legend();
  }

  void draw_folded(const HeapRow& row) {
    const std::string what =
        row.cells[0].part == HeapPart::free ? "all free" : "all of " + block_name(lab_, *row.cells[0].block);
    const std::string words =
        fmt::format("{:>{}} {} rows more, {}: {}", forms_.fold, gutter_ - 2, row.folded, what, bytes_text(row.size));
    lines_.push_back(terminal_.ink(Ink::faint, clipped(words, options_.width, forms_.cut)));
    if (steady_) lines_.emplace_back();
  }

  void draw_row(std::size_t index) {
    const HeapRow& row = rows_[index];
    Glyphs glyphs(column_of(row.size));
    for (const HeapCell& cell : row.cells) paint(glyphs, row, cell);
    for (const auto& [block, label] : labels_) {
      if (label.row == index) write_label(glyphs, *history_.block_at(block), label);
    }
    lines_.push_back(terminal_.ink(Ink::faint, address_text(row.offset, lab_.arena_bytes())) + "  " +
                     inked(terminal_, glyphs));
    const std::string marks = marks_under(row);
    if (steady_ || !marks.empty()) lines_.push_back(marks);
  }

  bool is_now(const OwnedBlock& block) const { return &block == marks_.now; }

  Glyph glyph_of(const OwnedBlock& block, HeapPart part) const {
    const bool fault = marks_.is_fault(block);
    const Ink quiet = fault ? Ink::fault : is_now(block) ? Ink::now : Ink::faint;
    switch (part) {
      case HeapPart::control: return {forms_.control, quiet};
      case HeapPart::header: return {forms_.header, Ink::faint};
      case HeapPart::padding: return {forms_.padding, quiet};
      case HeapPart::free: return {forms_.free, quiet};
      case HeapPart::payload: break;
    }
    const Ink fill = fault ? Ink::fault_fill : is_now(block) ? Ink::now_fill : Ink::hue_fill;
    return {terminal_.color() ? " " : forms_.payload, fill, block.allocation == 0 ? 0 : block.allocation - 1};
  }

  void paint(Glyphs& glyphs, const HeapRow& row, const HeapCell& cell) const {
    const std::size_t end = column_of(std::uint64_t{cell.offset} + cell.size - row.offset);
    for (std::size_t at = column_of(cell.offset - row.offset); at < end; ++at)
      glyphs[at] = glyph_of(*cell.block, cell.part);
  }

  struct Label {
    std::size_t row = 0, column = 0, columns = 0;
    std::string text;
  };

  /// A block's label stands in the first of its rows that has room for it, else in the one with most room.
  void place_labels() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].folded != 0) continue;
      for (const HeapCell& cell : rows_[row].cells) {
        if (cell.part != HeapPart::payload && cell.part != HeapPart::free) continue;
        const std::size_t column = column_of(cell.offset - rows_[row].offset);
        const std::size_t columns = column_of(std::uint64_t{cell.offset} + cell.size - rows_[row].offset) - column;
        Label& label = labels_[cell.block->offset];
        if (label.text.empty()) label.text = label_of(*cell.block);
        if (label.columns < columns_of(label.text) && columns > label.columns) {
          label.row = row;
          label.column = column;
          label.columns = columns;
        }
      }
    }
  }

  std::string label_of(const OwnedBlock& block) const {
    std::string text = marks_.is_fault(block) ? leaked : is_now(block) ? forms_.now : "";
    if (block.state == BlockState::free)
      return fmt::format("{} free {} ", text.empty() ? forms_.free : text, block.size);
    return text + fmt::format("{}{}{}", block_name(lab_, block), forms_.between, block.payload_size);
  }

  void write_label(Glyphs& glyphs, const OwnedBlock& block, const Label& label) const {
    std::string text = label.text;
    if (columns_of(text) > label.columns) {
      // Of a free block nothing but that it is the one; of a used one, as much of its name as there is room for.
      if (block.state == BlockState::free) {
        if (!is_now(block) && !marks_.is_fault(block)) return;
        text = clipped(text, 1, marks_.is_fault(block) ? leaked : forms_.now);
      } else {
        text = clipped(text.substr(0, text.rfind(forms_.between)), label.columns, forms_.cut);
      }
    }
    std::size_t column = label.column;
    for (std::size_t at = 0; at < text.size(); ++column) {
      const std::size_t bytes = length_of_code_point(text[at]);
      glyphs[column].form = text.substr(at, bytes);
      at += bytes;
    }
  }
  static std::size_t length_of_code_point(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  }

  /// Marks under the bytes of a row that the step changed; empty when there are none.
  std::string marks_under(const HeapRow& row) const {
    Glyphs glyphs;
    for (const ByteRange& range : marks_.changed) {
      const std::uint64_t from = std::max<std::uint64_t>(range.offset, row.offset);
      const std::uint64_t to = std::min(std::uint64_t{range.offset} + range.size, row.end());
      if (from >= to) continue;
      const std::size_t end = std::max(column_of(to - row.offset), column_of(from - row.offset) + 1);
      if (glyphs.size() < end) glyphs.resize(end);
      for (std::size_t at = column_of(from - row.offset); at < end; ++at) glyphs[at] = {forms_.changed, Ink::now};
    }
    return glyphs.empty() ? std::string{} : std::string(gutter_, ' ') + inked(terminal_, glyphs);
  }

  void draw_legend() {
    std::vector<std::string> entries = {legend(HeapPart::header, "header"), legend(HeapPart::payload, "payload"),
                                        legend(HeapPart::padding, "padding"), legend(HeapPart::free, "free"),
                                        legend(HeapPart::control, "control")};
    entries.push_back(terminal_.ink(Ink::now, forms_.now) + " this step");
    entries.push_back(terminal_.ink(Ink::now, forms_.changed) + " changed");
    if (!marks_.leaked.empty() || marks_.fault != nullptr)
      entries.push_back(terminal_.ink(Ink::fault, leaked) + (marks_.fault != nullptr ? " fault" : " leaked"));
    write_legend(entries);
  }
  std::string legend(HeapPart part, const std::string& words) const {
    static const OwnedBlock nobody;
    return inked(terminal_, {glyph_of(nobody, part)}) + " " + words;
  }
  void write_legend(const std::vector<std::string>& entries) {
    std::string line(gutter_, ' ');
    std::size_t columns = gutter_;
    for (const std::string& entry : entries) {
      const std::size_t needed = shown_columns(entry) + 2;
      if (columns + needed > options_.width + 2 && columns > gutter_) {
        lines_.push_back(trimmed(line));
        line.assign(gutter_, ' ');
        columns = gutter_;
      }
      line += entry + "  ";
      columns += needed;
    }
    lines_.push_back(trimmed(line));
  }
  static std::string trimmed(const std::string& line) { return line.substr(0, line.find_last_not_of(' ') + 1); }
  /// Without the escape sequences of colours.
  static std::size_t shown_columns(const std::string& text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\x1b') {
        at = text.find('m', at);
      } else {
        shown += text[at];
      }
    }
    return columns_of(shown);
  }

  void draw_density(std::size_t columns) {
    const HeapDensity density = heap_density(lab_, marks_, columns * std::min<std::size_t>(options_.max_lines, 24));
    for (std::size_t begin = 0; begin < density.cells.size(); begin += columns) {
      Glyphs glyphs;
      for (std::size_t i = begin; i < std::min(begin + columns, density.cells.size()); ++i)
        glyphs.push_back(glyph_of(density.cells[i], density.cell_bytes));
      lines_.push_back(terminal_.ink(Ink::faint, address_text(begin * density.cell_bytes, lab_.arena_bytes())) + "  " +
                       inked(terminal_, glyphs));
    }
    if (density.shown < lab_.arena_bytes())
      lines_.push_back(terminal_.ink(Ink::faint, fmt::format("{:>{}} free to the end, {}", forms_.fold, gutter_ - 2,
                                                             bytes_text(lab_.arena_bytes() - density.shown))));
    std::vector<std::string> entries = {
        fmt::format("{} blocks; a character is {}:", history_.blocks().size(), bytes_text(density.cell_bytes)),
        terminal_.ink(Ink::faint, forms_.free) + " free",
        terminal_.ink(Ink::hue, fmt::format("{}{}{}{}", forms_.density[0], forms_.density[1], forms_.density[2],
                                            forms_.density[3])) +
            " up to a quarter … all of it in use",
        terminal_.ink(Ink::now, forms_.now) + " this step"};
    if (!terminal_.unicode()) {
      const std::size_t dots = entries[2].find("…");
      entries[2].replace(dots, std::string_view("…").size(), "to");
    }
    if (!marks_.leaked.empty() || marks_.fault != nullptr)
      entries.push_back(terminal_.ink(Ink::fault, leaked) + " leaked or faulty");
    write_legend(entries);
  }
  Glyph glyph_of(const DensityCell& cell, std::uint64_t cell_bytes) const {
    if (cell.fault) return {leaked, Ink::fault_fill};
    if (cell.now) return {forms_.now, Ink::now};
    if (cell.used == 0) return {forms_.free, Ink::faint};
    return {forms_.density[std::min<std::uint64_t>((cell.used * 4 - 1) / cell_bytes, 3)], Ink::hue};
  }

  const Terminal& terminal_;
  const Lab& lab_;
  const History& history_;
  HeapMapOptions options_;
  const Forms& forms_;
  HeapMarks marks_;
  std::size_t gutter_;  ///< before the bytes of a row
  bool steady_ = false;
  std::uint32_t row_bytes_ = 0;
  std::size_t eighth_ = 8;
  std::vector<HeapRow> rows_;
  std::map<Offset, Label> labels_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> heap_map(const Terminal& terminal, const Lab& lab, const HeapMapOptions& options) {
  return Map(terminal, lab, options).draw();
}

}  // namespace heapyard::cli
