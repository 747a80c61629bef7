#include "measured_drawing.hpp"

#include "heapyard/view/wrapped.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

/// Three digits that say something; more of them behind the point would be noise.
std::string digits_of(double ns) {
  if (ns < 10) return fmt::format("{:.2f}", ns);
  if (ns < 100) return fmt::format("{:.1f}", ns);
  return fmt::format("{:.0f}", ns);
}

struct Row {
  std::string title, median, lowest, highest, ratio;
};

struct Widths {
  std::size_t title = 0, number = 6, ratio = 6;
};

Row row_of(const Timing& timing, std::span<const Timing> timings) {
  if (timing.batches == 0) return {std::string(timing.measurable->title), "-", "-", "-", "-"};
  return {std::string(timing.measurable->title), digits_of(timing.median_ns), digits_of(timing.lowest_ns),
          digits_of(timing.highest_ns), fmt::format("{:.1f}", ratio_of(timing, timings))};
}

std::string numbers_of(const Row& row, const Widths& widths, std::string_view between) {
  return fmt::format("{:>{}}  {:>{}}{}{:<{}}  {:>{}}", row.median, widths.number, row.lowest, widths.number, between,
                     row.highest, widths.number, row.ratio, widths.ratio);
}

/// The title in front of the numbers, or above them.
void append_row(std::vector<std::string>& lines, const Terminal& terminal, const Row& row, const Widths& widths,
                std::string_view between, Ink ink) {
  const std::string numbers = numbers_of(row, widths, between);
  const std::size_t needed = 2 + widths.title + 2 + columns_of(numbers);
  if (needed <= terminal.width()) {
    lines.push_back(terminal.ink(ink, fmt::format("  {:<{}}  {}", row.title, widths.title, numbers)));
    return;
  }
  for (const std::string& line : wrapped(row.title, std::max<std::size_t>(terminal.width(), 12) - 2))
    lines.push_back("  " + terminal.ink(ink, line));
  lines.push_back("    " + terminal.ink(ink, numbers));
}

}  // namespace

std::vector<Timing> measure(Terminal& terminal, std::vector<const Measurable*> candidates) {
  Measuring measuring(std::move(candidates));
  do {
    if (terminal.error_is_terminal())
      terminal.write_error(fmt::format("\rMeasuring: {:.0f} %", measuring.progress() * 100));
  } while (measuring.advance());
  if (terminal.error_is_terminal()) terminal.write_error("\r                \r");
  return measuring.results();
}

double ratio_of(const Timing& timing, std::span<const Timing> timings) {
  double fastest = timing.median_ns;
  for (const Timing& each : timings) {
    const bool comparable = each.batches > 0 && each.measurable->unit == timing.measurable->unit;
    if (comparable) fastest = std::min(fastest, each.median_ns);
  }
  return fastest > 0 ? timing.median_ns / fastest : 0;
}

std::vector<std::string> measured_lines(const Terminal& terminal, std::span<const Timing> timings) {
  std::vector<Row> rows;
  Widths widths;
  for (const Timing& timing : timings) {
    rows.push_back(row_of(timing, timings));
    const Row& row = rows.back();
    widths.title = std::max(widths.title, row.title.size());
    for (const std::string* text : {&row.median, &row.lowest, &row.highest})
      widths.number = std::max(widths.number, text->size());
    widths.ratio = std::max(widths.ratio, row.ratio.size());
  }

  std::vector<std::string> lines;
  const std::string_view between = terminal.unicode() ? " … " : " .. ";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string_view unit = timings[i].measurable->unit;
    const bool is_new = std::none_of(timings.begin(), timings.begin() + static_cast<std::ptrdiff_t>(i),
                                     [&](const Timing& each) { return each.measurable->unit == unit; });
    if (!is_new) continue;
    if (!lines.empty()) lines.emplace_back();
    for (const std::string& line : wrapped(unit, terminal.width())) lines.push_back(terminal.ink(Ink::strong, line));
    append_row(lines, terminal, {"", "ns", "from", "to", "ratio"}, widths, terminal.unicode() ? "   " : "    ",
               Ink::faint);
    for (std::size_t each = i; each < rows.size(); ++each) {
      if (timings[each].measurable->unit == unit) append_row(lines, terminal, rows[each], widths, between, Ink::plain);
    }
  }
  return lines;
}

}  // namespace heapyard::cli
