#include "heap_exercise_words.hpp"

#include "heapyard/say/say.hpp"
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

/// `: a (line 1), b (line 2)`; nothing for none.
std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < most_listed; ++i) text += (i == 0 ? ": " : ", ") + items[i];
  if (items.size() > most_listed) text += say(" and {} more", items.size() - most_listed);
  return text;
}

std::string allocation_text(const Lab& lab, AllocationId id) {
  const Trace& trace = lab.history().trace();
  const std::uint32_t line = trace.line_of_step(trace.allocation(id).allocated_step);
  const std::string_view name = trace.name_of_allocation(id);
  return name.empty() ? say("that of line {}", line) : std::string(name) + in_brackets(line);
}

std::string live_text(const Lab& lab, std::uint64_t count) {
  const auto& allocations = lab.history().trace().allocations;
  std::vector<std::string> items;
  for (std::size_t i = 0; i < allocations.size(); ++i) {
    if (allocations[i].live()) items.push_back(allocation_text(lab, static_cast<AllocationId>(i + 1)));
  }
  const std::string text = count == 0   ? say("no block lives at the end")
                           : count == 1 ? say("1 block lives at the end")
                                        : say("{} blocks live at the end", count);
  return text + listed(items);
}

/// The kind in `double_free faults`, as words.
std::string kind_text(std::string_view name) {
  std::string kind(name.substr(0, name.rfind(' ')));
  for (std::uint8_t each = 0; each <= static_cast<std::uint8_t>(FaultKind::out_of_order); ++each) {
    if (name_of(FaultKind{each}) == kind) return fault_kind_text(FaultKind{each});
  }
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return kind;
}

std::string leaks_text(const Lab& lab, std::uint64_t count) {
  if (count == 0) return say("every block is given back");
  std::vector<std::string> items;
  for (const Fault& each : faults_so_far(lab, Moment::end)) {
    if (each.kind == FaultKind::leak) items.push_back(allocation_text(lab, each.allocation));
  }
  return (count == 1 ? say("1 block is never given back") : say("{} blocks are never given back", count)) +
         listed(items);
}

/// Of `faults`, which are of all kinds, or of `double_free faults`.
std::string faults_text(const Lab& lab, std::string_view name, std::uint64_t count) {
  const bool all = name == "faults";
  std::vector<std::string> items;
  for (const Fault& each : faults_so_far(lab, Moment::end)) {
    if (each.kind == FaultKind::leak || !(all || name.starts_with(name_of(each.kind)))) continue;
    const std::uint32_t line = fault_lines(lab, each).committed;
    items.push_back(all ? fault_kind_text(each.kind) + in_brackets(line) : say("line {}", line));
  }
  if (all) {
    if (count == 0) return say("no fault is found");
    return (count == 1 ? say("1 fault is found") : say("{} faults are found", count)) + listed(items);
  }
  const std::string kind = kind_text(name);
  if (count == 0) return say("no {} fault is found", kind);
  return (count == 1 ? say("1 {} fault is found", kind) : say("{} {} faults are found", count, kind)) + listed(items);
}

std::vector<std::string> failed_lines(const Lab& lab) {
  std::vector<std::string> lines;
  for (const Event& each : lab.history().trace().events) {
    if (each.failed()) lines.push_back(say("line {}", each.line));
  }
  return lines;
}

std::string failed_text(const Lab& lab, std::uint64_t count) {
  const std::string text = count == 0   ? say("no allocation fails")
                           : count == 1 ? say("1 allocation fails")
                                        : say("{} allocations fail", count);
  return text + listed(failed_lines(lab));
}

std::string allocations_text(const Lab& lab, std::uint64_t count) {
  const std::uint64_t failed = failed_lines(lab).size();
  const std::string text = count == 0   ? say("no allocation succeeds")
                           : count == 1 ? say("1 allocation succeeds")
                                        : say("{} allocations succeed", count);
  return failed == 0 ? text : say("{}, and {}", text, failed_text(lab, failed));
}

std::string calls_text(std::uint64_t count) {
  if (count == 0) return say("no call is made");
  return count == 1 ? say("1 call is made") : say("{} calls are made", count);
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
  return line == 0 ? say("{} live at once", bytes_text(mark))
                   : say("{} live at once after line {}", bytes_text(mark), line);
}

std::string words_of(const Lab& lab, std::string_view name, std::uint64_t value) {
  if (name == "calls") return calls_text(value);
  if (name == "allocations") return allocations_text(lab, value);
  if (name == "failed allocations") return failed_text(lab, value);
  if (name == "live blocks") return live_text(lab, value);
  if (name == "live bytes") return say("{} live at the end", bytes_text(value));
  if (name == "total free") return say("{} are free at the end", bytes_text(value));
  if (name == "largest free") return say("the largest free block has {}", bytes_text(value));
  if (name == "high-water mark") return high_water_text(lab, value);
  if (name == "leaks") return leaks_text(lab, value);
  return faults_text(lab, name, value);
}

}  // namespace

Quantity found_in_heap(const Lab& lab, std::string_view name) {
  const std::optional<std::uint64_t> value = heap_quantity(lab, name);
  if (!value) return {{}, say("there is no {}", name)};
  return {value, words_of(lab, name, *value)};
}

std::string no_block(Lab& lab, std::string_view variable) {
  const std::vector<Call>& calls = lab.program().calls;
  const auto last = std::find_if(calls.rbegin(), calls.rend(),
                                 [&](const Call& each) { return lab.program().names[each.target] == variable; });
  if (last == calls.rend()) return say("no line gives {} a block", variable);
  const std::uint32_t stood = lab.history().now();
  lab.history().seek(static_cast<std::uint32_t>(calls.rend() - last));
  std::string why = failure_sentence(lab);
  lab.history().seek(stood);
  const std::string text = say("line {} gives {} no block", last->line, variable);
  return why.empty() ? text : fmt::format("{}. {}", text, why);
}

std::string in_brackets(std::uint32_t line) {
  return line == 0 ? std::string{} : say(" (line {})", line);
}

}  // namespace heapyard
