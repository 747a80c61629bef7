#include "heap_exercise_words.hpp"

#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_quantities.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace heapyard {
namespace {

constexpr std::size_t most_listed = 4;

/// `no fault is found`, `2 faults are found`
std::string counted(std::uint64_t count, std::string_view thing, std::string_view one, std::string_view many) {
  if (count == 0) return fmt::format("no {} {}", thing, one);
  return fmt::format("{} {}{} {}", count, thing, count == 1 ? "" : "s", count == 1 ? one : many);
}

/// `: a (line 1), b (line 2)`; nothing for none.
std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < most_listed; ++i) text += (i == 0 ? ": " : ", ") + items[i];
  if (items.size() > most_listed) text += fmt::format(" and {} more", items.size() - most_listed);
  return text;
}

std::string allocation_text(const Lab& lab, AllocationId id) {
  const Trace& trace = lab.history().trace();
  const std::uint32_t line = trace.line_of_step(trace.allocation(id).allocated_step);
  const std::string_view name = trace.name_of_allocation(id);
  return name.empty() ? fmt::format("that of line {}", line) : std::string(name) + in_brackets(line);
}

std::string live_text(const Lab& lab, std::uint64_t count) {
  const auto& allocations = lab.history().trace().allocations;
  std::vector<std::string> items;
  for (std::size_t i = 0; i < allocations.size(); ++i) {
    if (allocations[i].live()) items.push_back(allocation_text(lab, static_cast<AllocationId>(i + 1)));
  }
  return counted(count, "block", "lives at the end", "live at the end") + listed(items);
}

std::string in_words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string leaks_text(const Lab& lab, std::uint64_t count) {
  if (count == 0) return "every block is given back";
  std::vector<std::string> items;
  for (const Fault& each : faults_so_far(lab, Moment::end)) {
    if (each.kind == FaultKind::leak) items.push_back(allocation_text(lab, each.allocation));
  }
  return counted(count, "block", "is never given back", "are never given back") + listed(items);
}

/// Of `faults`, which are of all kinds, or of `double_free faults`.
std::string faults_text(const Lab& lab, std::string_view name, std::uint64_t count) {
  const bool all = name == "faults";
  std::vector<std::string> items;
  for (const Fault& each : faults_so_far(lab, Moment::end)) {
    if (each.kind == FaultKind::leak || !(all || name.starts_with(name_of(each.kind)))) continue;
    const std::uint32_t line = fault_lines(lab, each).committed;
    items.push_back(all ? in_words(name_of(each.kind)) + in_brackets(line) : fmt::format("line {}", line));
  }
  return counted(count, all ? "fault" : in_words(name.substr(0, name.size() - 1)), "is found", "are found") +
         listed(items);
}

std::vector<std::string> failed_lines(const Lab& lab) {
  std::vector<std::string> lines;
  for (const Event& each : lab.history().trace().events) {
    if (each.failed()) lines.push_back(fmt::format("line {}", each.line));
  }
  return lines;
}

std::string allocations_text(const Lab& lab, std::uint64_t count) {
  const std::vector<std::string> failed = failed_lines(lab);
  const std::string text = counted(count, "allocation", "succeeds", "succeed");
  if (failed.empty()) return text;
  return text + ", and " + counted(failed.size(), "allocation", "fails", "fail") + listed(failed);
}

/// The line behind which as many bytes lived as never before; 0 when it cannot be told.
std::uint32_t line_of_high_water(const Lab& lab, std::uint64_t mark) {
  const Trace& trace = lab.history().trace();
  std::vector<std::int64_t> changes(trace.steps() + std::size_t{1});
  for (const Allocation& each : trace.allocations) {
    changes[each.allocated_step] += each.size;
    if (!each.live()) changes[each.freed_step] -= each.size;
  }
  std::int64_t live = 0;
  for (std::uint32_t step = 0; step <= trace.steps(); ++step) {
    live += changes[step];
    if (live > 0 && static_cast<std::uint64_t>(live) == mark) return trace.line_of_step(step);
  }
  return 0;
}

std::string high_water_text(const Lab& lab, std::uint64_t mark) {
  const std::uint32_t line = line_of_high_water(lab, mark);
  return fmt::format("{} live at once{}", bytes_text(mark), line == 0 ? "" : fmt::format(" after line {}", line));
}

std::string words_of(const Lab& lab, std::string_view name, std::uint64_t value) {
  if (name == "calls") return counted(value, "call", "is made", "are made");
  if (name == "allocations") return allocations_text(lab, value);
  if (name == "failed allocations") return counted(value, "allocation", "fails", "fail") + listed(failed_lines(lab));
  if (name == "live blocks") return live_text(lab, value);
  if (name == "live bytes") return fmt::format("{} live at the end", bytes_text(value));
  if (name == "total free") return fmt::format("{} are free at the end", bytes_text(value));
  if (name == "largest free") return fmt::format("the largest free block has {}", bytes_text(value));
  if (name == "high-water mark") return high_water_text(lab, value);
  if (name == "leaks") return leaks_text(lab, value);
  return faults_text(lab, name, value);
}

}  // namespace

Quantity found_in_heap(const Lab& lab, std::string_view name) {
  const std::optional<std::uint64_t> value = heap_quantity(lab, name);
  if (!value) return {{}, fmt::format("there is no {}", name)};
  return {value, words_of(lab, name, *value)};
}

std::string no_block(Lab& lab, std::string_view variable) {
  const std::vector<Call>& calls = lab.program().calls;
  const auto last = std::find_if(calls.rbegin(), calls.rend(),
                                 [&](const Call& each) { return lab.program().names[each.target] == variable; });
  if (last == calls.rend()) return fmt::format("no line gives {} a block", variable);
  const std::uint32_t stood = lab.history().now();
  lab.history().seek(static_cast<std::uint32_t>(calls.rend() - last));
  std::string why = failure_sentence(lab);
  lab.history().seek(stood);
  return fmt::format("line {} gives {} no block{}{}", last->line, variable, why.empty() ? "" : ". ", why);
}

std::string in_brackets(std::uint32_t line) {
  return line == 0 ? std::string{} : fmt::format(" (line {})", line);
}

}  // namespace heapyard
