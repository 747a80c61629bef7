#include "heap_drawing.hpp"

#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_numbers.hpp"
#include "heapyard/view/heap_structure.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/wrapped.hpp"

#include "heap_map.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

constexpr std::size_t widest_sentence = 100;
constexpr std::size_t most_told = 6;    // faults, and failures
constexpr std::size_t most_parts = 12;  // of what an allocator says of itself

void append_words(std::vector<std::string>& lines, const Terminal& terminal, Ink ink, std::string_view words,
                  std::size_t width, std::size_t indent) {
  const std::size_t columns = std::min(width, widest_sentence);
  for (const std::string& line : wrapped(words, columns > indent + 8 ? columns - indent : 8))
    lines.push_back(std::string(indent, ' ') + terminal.ink(ink, line));
}

void write(Terminal& terminal, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) terminal.write(line + "\n");
}

std::string title(const Terminal& terminal, const Lab& lab, Moment moment) {
  const History& history = lab.history();
  const std::string where = moment == Moment::end
                                ? fmt::format("End, after {} step{}", history.steps(), history.steps() == 1 ? "" : "s")
                                : fmt::format("Step {} of {}", history.now(), history.steps());
  return terminal.ink(Ink::strong, where) +
         terminal.ink(Ink::faint, fmt::format("  {}, {}", lab.allocator(), bytes_text(lab.arena_bytes())));
}

/// A part of what an allocator says of its own structure, as much of it as has room.
std::string structure_text(const Terminal& terminal, const StructurePart& part, std::uint32_t arena_bytes,
                           std::size_t width) {
  const bool draws_arrow = part.kind == PartKind::list && terminal.unicode();
  const std::string between(draws_arrow ? " → " : between_words(part.kind));
  std::string text = std::string(2 * std::size_t{part.level}, ' ') + part.name + ": ";
  std::size_t left = part.values.size();
  for (const std::string& word : part_words(part, arena_bytes)) {
    const std::string next = (left == part.values.size() ? "" : between) + word;
    const std::string rest = fmt::format(" and {} more", left);
    if (columns_of(text) + columns_of(next) + (left > 1 ? rest.size() : 0) > width) return text + rest;
    text += next;
    --left;
  }
  return text;
}

/// Failed allocations up to this step, told as they happened.
std::vector<std::string> failure_lines(const Terminal& terminal, Lab& lab, std::size_t width) {
  History& history = lab.history();
  const std::uint32_t now = history.now();
  std::vector<std::uint32_t> failed;
  for (std::uint32_t step = 1; step <= now; ++step) {
    if (history.trace().event(step).failed()) failed.push_back(step);
  }
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(failed.size(), most_told); ++i) {
    history.seek(failed[i]);
    lines.push_back(terminal.ink(Ink::strong, "Failed: " + call_text(lab, failed[i])) +
                    terminal.ink(Ink::faint, fmt::format("  step {}, line {}", failed[i],
                                                         history.trace().line_of_step(failed[i]))));
    append_words(lines, terminal, Ink::plain, failure_sentence(lab), width, 2);
  }
  history.seek(now);
  if (failed.size() > most_told)
    lines.push_back(fmt::format("And {} more failed allocations.", failed.size() - most_told));
  return lines;
}

/// What several leaks come to.
std::string leak_sum(const std::vector<Fault>& faults) {
  std::uint64_t bytes = 0, leaks = 0;
  for (const Fault& fault : faults) {
    if (fault.kind != FaultKind::leak) continue;
    ++leaks;
    bytes += fault.size;
  }
  return leaks < 2 ? std::string{} : fmt::format("{} in {} allocations leaked.", bytes_text(bytes), leaks);
}

}  // namespace

std::vector<std::string> step_lines(const Terminal& terminal, const Lab& lab, std::size_t width) {
  const History& history = lab.history();
  std::vector<std::string> lines;
  if (history.now() != 0) {
    const std::string at = fmt::format("line {}: ", history.trace().line_of_step(history.now()));
    const std::size_t room = width > at.size() + 3 ? width - at.size() - 2 : 1;
    lines.push_back(
        terminal.ink(Ink::now, (terminal.unicode() ? "▶ " : "> ") + at) +
        terminal.ink(Ink::strong, clipped(call_text(lab, history.now()), room, terminal.unicode() ? "…" : "~")));
  }
  append_words(lines, terminal, Ink::plain, step_sentence(lab), width, 2);
  return lines;
}

std::vector<std::string> number_lines(const Terminal& terminal, const Lab& lab, std::size_t width) {
  std::vector<std::string> lines;
  std::size_t columns = 0;
  std::size_t value_gap = 0, words_gap = 0;  // up to the next number
  for (const HeapNumber& number : heap_numbers(lab.history().statistics())) {
    const std::size_t needed = 2 + std::max(number.value.size(), number.words.size());
    if (columns == 0 || columns + needed > width) {
      lines.resize(lines.size() + 2);
      columns = 0;
      value_gap = words_gap = 2;
    }
    lines[lines.size() - 2] += std::string(value_gap, ' ') + terminal.ink(Ink::strong, number.value);
    lines[lines.size() - 1] += std::string(words_gap, ' ') + terminal.ink(Ink::faint, number.words);
    value_gap = needed - number.value.size();
    words_gap = needed - number.words.size();
    columns += needed;
  }
  const std::vector<StructurePart> parts = lab.structure().parts;
  const std::size_t shown = parts.size() > most_parts ? most_parts - 1 : parts.size();
  for (std::size_t i = 0; i < shown; ++i)
    lines.push_back("  " + structure_text(terminal, parts[i], lab.arena_bytes(), width > 2 ? width - 2 : width));
  if (shown < parts.size()) lines.push_back(fmt::format("  and {} more lines", parts.size() - shown));
  return lines;
}

std::vector<std::string> told_fault(const Terminal& terminal, const Lab& lab, const Fault& fault, std::size_t width,
                                    bool with_silently) {
  const FaultWords words = fault_words(lab, fault);
  const std::uint32_t line = fault_lines(lab, fault).committed;
  std::vector<std::string> lines = {
      terminal.ink(Ink::fault, (terminal.unicode() ? "✗ " : "! ") + words.title) +
      terminal.ink(Ink::faint,
                   line == 0 ? std::string("  at the end") : fmt::format("  step {}, line {}", fault.step, line))};
  append_words(lines, terminal, Ink::plain, words.message, width, 2);
  if (with_silently) append_words(lines, terminal, Ink::faint, words.silently, width, 2);
  return lines;
}

void draw_heap(Terminal& terminal, Lab& lab, Moment moment) {
  const std::size_t width = terminal.width();
  terminal.write(title(terminal, lab, moment) + "\n");
  write(terminal, step_lines(terminal, lab, width));
  terminal.write("\n");
  HeapMapOptions options;
  options.width = width;
  options.moment = moment;
  write(terminal, heap_map(terminal, lab, options));
  terminal.write("\n");
  write(terminal, number_lines(terminal, lab, width));

  const std::vector<std::string> failures = failure_lines(terminal, lab, width);
  if (!failures.empty()) terminal.write("\n");
  write(terminal, failures);

  const std::span<const Fault> known = faults_so_far(lab, moment);
  std::vector<Fault> faults(known.begin(), known.end());
  if (faults.empty()) return;
  const std::string leaks = leak_sum(faults);
  const std::size_t count = faults.size();
  // Those of this very step are always told.
  std::stable_partition(faults.begin(), faults.end(), [&](const Fault& fault) {
    return moment == Moment::step && fault.step == lab.history().now();
  });
  faults.resize(std::min(count, most_told));
  for (std::size_t i = 0; i < faults.size(); ++i) {
    // Leaks stand together, and what they have in common is said once.
    const auto is_leak = [&](std::size_t at) { return at < faults.size() && faults[at].kind == FaultKind::leak; };
    if (i == 0 || !is_leak(i - 1) || !is_leak(i)) terminal.write("\n");
    write(terminal, told_fault(terminal, lab, faults[i], width, !is_leak(i) || !is_leak(i + 1)));
  }
  if (count > most_told)
    terminal.write("\n" +
                   terminal.ink(Ink::fault, fmt::format("And {} more fault{}.", count - most_told,
                                                        count - most_told == 1 ? "" : "s")) +
                   " " + leaks + (leaks.empty() ? "" : " ") + "--json lists them all.\n");
}

}  // namespace heapyard::cli
