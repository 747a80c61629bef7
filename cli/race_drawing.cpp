#include "race_drawing.hpp"

#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_rows.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/race_words.hpp"
#include "heapyard/view/wrapped.hpp"

#include "lesson_drawing.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

constexpr std::size_t gap = 2;

std::size_t title_columns(const Race& race) {
  std::size_t columns = 0;
  for (const Lane& lane : race.lanes()) columns = std::max(columns, lane.lab.allocator().size());
  return columns;
}

/// The name in front of what is drawn for a lane.
std::string headed(const Terminal& terminal, const Lane& lane, std::size_t columns, const std::string& drawn) {
  return fmt::format("{:<{}}", lane.lab.allocator(), columns + gap) + terminal.ink(Ink::plain, drawn);
}

/// As many columns as are left beside the names; a narrow terminal wraps.
std::size_t room_beside(const Terminal& terminal, std::size_t columns) {
  return std::max<std::size_t>(terminal.width(), columns + gap + 16) - columns - gap;
}

constexpr std::array unicode_levels = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array ascii_levels = {" ", ".", ":", "-", "=", "+", "*", "%", "#"};

/// Values from 0 to 1 as bars, each the greatest of its stretch. Above nothing, never nothing.
std::string bars(const Terminal& terminal, const std::vector<double>& values, std::size_t columns) {
  const auto& levels = terminal.unicode() ? unicode_levels : ascii_levels;
  columns = std::min(columns, values.size());
  std::string drawn;
  for (std::size_t column = 0; column < columns; ++column) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(column * values.size() / columns);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>((column + 1) * values.size() / columns);
    const double most = std::clamp(*std::max_element(begin, end), 0.0, 1.0);
    const auto level = static_cast<std::size_t>(most * static_cast<double>(levels.size() - 1) + 0.5);
    drawn += levels[most > 0 ? std::max<std::size_t>(level, 1) : 0];
  }
  return drawn;
}

using Row = std::vector<std::string>;

Row row_of(const Lane& lane, double nanoseconds) {
  const RaceResult& result = lane.result;
  return {lane.lab.allocator(),
          result.completed() ? "yes" : fmt::format("step {}", result.failed_at),
          fmt::format("{}", result.refusals),
          fmt::format("{}", result.high_water_mark),
          fmt::format("{}", result.touched),
          percent_text(result.utilisation()),
          fmt::format("{}", result.internal_fragmentation),
          percent_text(result.external_fragmentation),
          nanoseconds > 0 ? fmt::format("{:.1f}", nanoseconds) : "-"};
}

}  // namespace

std::vector<std::string> race_table(const Terminal& terminal, const Race& race, std::span<const double> nanoseconds) {
  std::vector<Row> rows = {
      {"", "served", "refused", "most live", "touched", "used", "internal", "external", "ns a call"}};
  for (std::size_t i = 0; i < race.lanes().size(); ++i)
    rows.push_back(row_of(race.lanes()[i], i < nanoseconds.size() ? nanoseconds[i] : 0));
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size());
  }
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    std::string line = fmt::format("{:<{}}", row[0], widths[0]);
    for (std::size_t column = 1; column < row.size(); ++column)
      line += fmt::format("  {:>{}}", row[column], widths[column]);
    lines.push_back(terminal.ink(&row == &rows.front() ? Ink::faint : Ink::plain, line));
  }
  for (const std::string& line : paragraph(terminal,
                                           "Bytes. Served: every allocation, or the step of the first that failed. "
                                           "Refused: releases out of order. Used: the most requested bytes live over "
                                           "the bytes touched. Fragmentation as it was when most was live.",
                                           0, Ink::faint))
    lines.push_back(line);
  return lines;
}

std::vector<std::string> race_strips(const Terminal& terminal, const Race& race) {
  const std::size_t columns = title_columns(race);
  const std::size_t room = room_beside(terminal, columns);
  constexpr std::array unicode = {"░", "▒", "▓", "█"};
  constexpr std::array ascii = {"-", "+", "*", "#"};
  const auto& forms = terminal.unicode() ? unicode : ascii;
  std::vector<std::string> lines;
  std::uint64_t cell_bytes = 1, shown = 0;
  for (const Lane& lane : race.lanes()) {
    const HeapMarks marks = heap_marks(lane.lab, Moment::step);
    const HeapDensity density = heap_density(lane.lab, marks, room, race.touched());
    cell_bytes = density.cell_bytes;
    shown = density.shown;
    std::string strip;
    for (const DensityCell& cell : density.cells) {
      if (cell.now) {
        strip += terminal.ink(Ink::now, terminal.unicode() ? "▶" : ">");
      } else if (cell.used == 0) {
        strip += terminal.ink(Ink::faint, terminal.unicode() ? "·" : ".");
      } else {
        strip += terminal.ink(Ink::hue, forms[std::min<std::uint64_t>((cell.used * 4 - 1) / cell_bytes, 3)]);
      }
    }
    lines.push_back(headed(terminal, lane, columns, strip));
  }
  const std::string scale =
      fmt::format("{} to {}; a character is {}, {} the block of this step", address_text(0, shown),
                  address_text(shown - 1, shown), bytes_text(cell_bytes), terminal.unicode() ? "▶" : ">");
  for (const std::string& line : paragraph(terminal, scale, columns + gap, Ink::faint)) lines.push_back(line);
  return lines;
}

std::vector<std::string> race_curves(const Terminal& terminal, const Race& race) {
  const std::size_t columns = title_columns(race);
  const std::size_t room = room_beside(terminal, columns);
  const auto most = static_cast<double>(std::max<std::uint64_t>(race.touched(), 1));
  std::vector<std::string> lines;
  const auto add = [&](const std::string& title, const std::function<double(const CurvePoint&)>& value) {
    if (!lines.empty()) lines.emplace_back();
    for (const std::string& line : paragraph(terminal, title, 0, Ink::strong)) lines.push_back(line);
    for (const Lane& lane : race.lanes()) {
      std::vector<double> values;
      for (const CurvePoint& point : lane.curve) values.push_back(value(point));
      lines.push_back(headed(terminal, lane, columns, bars(terminal, values, room)));
    }
  };
  add(fmt::format("Bytes touched, up to {}", bytes_text(race.touched())),
      [most](const CurvePoint& point) { return point.touched / most; });
  add("External fragmentation, up to 100 %", [](const CurvePoint& point) { return point.external_fragmentation(); });
  return lines;
}

}  // namespace heapyard::cli
