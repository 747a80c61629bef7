#include "lesson_drawing.hpp"

#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/lesson_words.hpp"
#include "heapyard/view/values.hpp"
#include "heapyard/view/wrapped.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t widest_sentence = 100;
constexpr std::uint32_t lines_around = 1;  // of the source, beside the one that runs

/// One line of a column: what it says, and in which colour.
struct Cell {
  std::string text;
  Ink ink = Ink::plain;
  std::size_t hue = 0;
};

std::string padded(const Terminal& terminal, const Cell& cell, std::size_t width) {
  const std::string text = clipped(cell.text, width, terminal.unicode() ? "…" : "~");
  return terminal.ink(cell.ink, text, cell.hue) + std::string(width - columns_of(text), ' ');
}

/// A value's line: `name  char*  → 0x020, "heap"`.
std::string line_of(const Terminal& terminal, const Value& value, std::size_t names, std::size_t types) {
  const std::string arrow = value.points ? (terminal.unicode() ? "→ " : "-> ") : "";
  return fmt::format("{:<{}}  {:<{}}  {}{}", value.name, names, value.type, types, arrow,
                     value_line(value, Padding::told));
}

std::vector<Cell> stack_cells(const Terminal& terminal, const LessonLab& lesson) {
  const std::vector<FrameValues> frames = frame_values(lesson);
  std::size_t names = 0, types = 0;
  for (const FrameValues& frame : frames) {
    for (const Value& variable : frame.variables) {
      names = std::max(names, variable.name.size());
      types = std::max(types, variable.type.size());
    }
  }
  std::vector<Cell> cells = {{"Stack", Ink::faint}};
  if (frames.empty()) cells.push_back({"  no frame", Ink::faint});
  for (const FrameValues& frame : frames) {
    cells.push_back({fmt::format("{}  line {}", frame.function, frame.line), Ink::strong});
    for (const Value& variable : frame.variables)
      cells.push_back(
          {"  " + line_of(terminal, variable, names, types), variable.text == "?" ? Ink::faint : Ink::plain});
  }
  return cells;
}

std::vector<Cell> heap_cells(const LessonLab& lesson) {
  std::vector<Cell> cells = {{"Heap", Ink::faint}};
  const std::uint32_t arena = lesson.lab().arena_bytes();
  for (const auto& [offset, block] : lesson.lab().history().blocks()) {
    if (block.state == BlockState::control) continue;
    if (block.state == BlockState::free) {
      cells.push_back({fmt::format("{}  free, {}", address_text(offset, arena), bytes_text(block.size)), Ink::faint});
      continue;
    }
    const Value object = object_value(lesson, block);
    const std::string type = object.type.empty() ? bytes_text(block.payload_size) : object.type;
    cells.push_back({fmt::format("{}  {}  {}  {}", address_text(block.payload_offset, arena), object.name, type,
                                 value_line(object, Padding::told)),
                     Ink::hue, block.allocation});
  }
  return cells;
}

/// Two columns side by side where there is room, else one below the other.
Lines beside(const Terminal& terminal, const std::vector<Cell>& left, const std::vector<Cell>& right) {
  const std::size_t width = terminal.width();
  std::size_t widest = 0;
  for (const Cell& cell : left) widest = std::max(widest, columns_of(cell.text));
  Lines lines;
  if (widest + 24 > width) {
    for (const Cell& cell : left) lines.push_back("  " + padded(terminal, cell, width - 2));
    for (const Cell& cell : right) lines.push_back("  " + padded(terminal, cell, width - 2));
    return lines;
  }
  const std::size_t left_width = std::max(widest, width / 3);
  const std::size_t right_width = width - left_width - 6;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    std::string line = "  " + padded(terminal, i < left.size() ? left[i] : Cell{}, left_width);
    line += terminal.unicode() ? "  │ " : "  | ";
    if (i < right.size()) line += padded(terminal, right[i], right_width);
    lines.push_back(line);
  }
  return lines;
}

Lines source_lines(const Terminal& terminal, const LessonLab& lesson) {
  const std::uint32_t line = lesson.lab().history().trace().line_of_step(lesson.now());
  Lines lines;
  if (line == 0) return lines;
  const std::string_view source = lesson.lesson().source;
  const auto count = static_cast<std::uint32_t>(std::count(source.begin(), source.end(), '\n'));
  const std::uint32_t first = line > lines_around ? line - lines_around : 1;
  for (std::uint32_t each = first; each <= std::min(line + lines_around, count); ++each) {
    const std::string text = clipped(fmt::format("{:>4}  {}", each, whole_source_line(lesson, each)),
                                     terminal.width() - 2, terminal.unicode() ? "…" : "~");
    const bool now = each == line;
    lines.push_back((now ? terminal.ink(Ink::now, terminal.unicode() ? "▶ " : "> ") : "  ") +
                    terminal.ink(now ? Ink::strong : Ink::faint, text));
  }
  return lines;
}

void trim(Lines& lines) {
  for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
}

}  // namespace

Lines paragraph(const Terminal& terminal, std::string_view words, std::size_t indent, Ink ink) {
  Lines lines;
  const std::size_t columns = std::min(terminal.width(), widest_sentence);
  for (const std::string& line : wrapped(words, columns > indent + 8 ? columns - indent : 8))
    lines.push_back(std::string(indent, ' ') + terminal.ink(ink, line));
  return lines;
}

Lines prose_lines(const Terminal& terminal, const std::vector<StoryBlock>& blocks) {
  Lines lines;
  for (const StoryBlock& block : blocks) {
    if (!lines.empty()) lines.emplace_back();
    if (!block.text.empty()) {
      for (std::string& line : paragraph(terminal, block.text)) lines.push_back(std::move(line));
    }
    for (const std::string& item : block.items) {
      Lines words = paragraph(terminal, item, 4);
      if (!words.empty()) words.front().replace(2, 1, "-");
      lines.insert(lines.end(), words.begin(), words.end());
    }
  }
  return lines;
}

Lines lesson_step_lines(const Terminal& terminal, const LessonLab& lesson) {
  Lines lines = {terminal.ink(Ink::faint, fmt::format("Step {} of {}", lesson.now(), lesson.steps()))};
  for (std::string& line : source_lines(terminal, lesson)) lines.push_back(std::move(line));
  const bool fault = lesson.now() != 0 && lesson.lab().history().trace().event(lesson.now()).fault != FaultKind::none;
  for (std::string& line : paragraph(terminal, lesson_sentence(lesson), 2, fault ? Ink::fault : Ink::plain))
    lines.push_back(std::move(line));
  lines.emplace_back();
  for (std::string& line : beside(terminal, stack_cells(terminal, lesson), heap_cells(lesson)))
    lines.push_back(std::move(line));
  trim(lines);
  return lines;
}

void write_lines(Terminal& terminal, const Lines& lines) {
  for (const std::string& line : lines) terminal.write(line + "\n");
}

}  // namespace heapyard::cli
