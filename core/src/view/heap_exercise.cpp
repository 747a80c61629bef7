#include "heapyard/say/say.hpp"
#include "heapyard/view/goals.hpp"
#include "heapyard/view/heap_words.hpp"

#include "heap_exercise_words.hpp"

namespace heapyard {
namespace {

/// The last allocation that was given to a variable; 0 when none was.
AllocationId given_to(const Lab& lab, std::string_view variable) {
  const Trace& trace = lab.history().trace();
  for (auto id = static_cast<AllocationId>(trace.allocations.size()); id > 0; --id) {
    if (trace.name_of_allocation(id) == variable) return id;
  }
  return 0;
}

/// `size of e`: `what` of the last allocation that the variable was given.
Quantity quantity_of(Lab& lab, std::string_view what, std::string_view variable) {
  const AllocationId id = given_to(lab, variable);
  if (id == 0) return {{}, no_block(lab, variable)};
  const Trace& trace = lab.history().trace();
  const Allocation& allocation = trace.allocation(id);
  const std::uint64_t address = allocation.payload;
  const std::string who = std::string(variable) + in_brackets(trace.line_of_step(allocation.allocated_step));
  const std::string where = address_text(address, lab.arena_bytes());
  if (what == "size") {
    if (allocation.live()) return {allocation.size, say("{} has {}", who, bytes_text(allocation.size))};
    return {0, say("{} is given back in line {}", who, trace.line_of_step(allocation.freed_step))};
  }
  if (what == "address")
    return {address, allocation.live() ? say("{} lies at {}", who, where) : say("{} lay at {}", who, where)};
  if (what == "alignment") {
    const std::uint64_t multiple = address & (~address + 1);
    return {multiple, say("{} begins at {}, a multiple of {} and not of {}", who, where, multiple, 2 * multiple)};
  }
  return {{}, say("there is no {} of {}", what, variable)};
}

Quantity quantity(Lab& lab, std::string_view name) {
  const std::size_t of = name.find(" of ");
  if (of == std::string_view::npos) return found_in_heap(lab, name);
  return quantity_of(lab, name.substr(0, of), name.substr(of + 4));
}

}  // namespace

ExerciseResult check_heap_exercise(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes,
                                   const std::vector<std::string>& goals) {
  Lab lab = Lab::run(text, allocator, arena_bytes);
  ExerciseResult result{lab.problems(), {}};
  if (!lab.setup_error().empty()) result.problems.push_back({1, 1, 1, lab.setup_error()});
  if (!result.problems.empty()) return result;
  lab.history().seek(lab.history().steps());
  for (const std::string& goal : goals)
    result.goals.push_back(judge(goal, [&](std::string_view name) { return quantity(lab, name); }));
  return result;
}

}  // namespace heapyard
