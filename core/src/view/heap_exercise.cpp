#include "heapyard/view/goals.hpp"
#include "heapyard/view/heap_quantities.hpp"

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

std::optional<std::uint64_t> quantity(const Lab& lab, std::string_view name) {
  const std::size_t of = name.find(" of ");
  if (of == std::string_view::npos) return heap_quantity(lab, name);
  const AllocationId id = given_to(lab, name.substr(of + 4));
  if (id == 0) return std::nullopt;
  const Allocation& allocation = lab.history().trace().allocation(id);
  const std::uint64_t address = allocation.payload;
  const std::string_view what = name.substr(0, of);
  if (what == "size") return allocation.live() ? allocation.size : 0;
  if (what == "address") return address;
  if (what == "alignment") return address & (~address + 1);
  return std::nullopt;
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
