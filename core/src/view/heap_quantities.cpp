#include "heapyard/view/heap_quantities.hpp"

#include "heapyard/view/heap_faults.hpp"

#include <algorithm>

namespace heapyard {
namespace {

/// `leaks`, `faults`, `double_free faults`: a leak is no fault of a call, it is told at the end.
std::optional<std::uint64_t> fault_quantity(const Lab& lab, std::string_view name) {
  constexpr std::string_view ending = " faults";
  const auto faults = faults_so_far(lab, moment_of(lab));
  const auto of = [&](auto wanted) {
    return static_cast<std::uint64_t>(std::count_if(faults.begin(), faults.end(), wanted));
  };
  if (name == "leaks") return of([](const Fault& each) { return each.kind == FaultKind::leak; });
  if (name == "faults") return of([](const Fault& each) { return each.kind != FaultKind::leak; });
  if (!name.ends_with(ending)) return std::nullopt;
  const std::string_view kind = name.substr(0, name.size() - ending.size());
  return of([&](const Fault& each) { return name_of(each.kind) == kind; });
}

}  // namespace

std::optional<std::uint64_t> heap_quantity(const Lab& lab, std::string_view name) {
  const Statistics statistics = lab.history().statistics();
  if (name == "calls") return lab.history().now();
  if (name == "allocations") return statistics.allocations;
  if (name == "failed allocations") return statistics.failed_allocations;
  if (name == "live blocks") return statistics.live_blocks;
  if (name == "live bytes") return statistics.live_bytes;
  if (name == "total free") return statistics.total_free;
  if (name == "largest free") return statistics.largest_free;
  if (name == "high-water mark") return statistics.high_water_mark;
  return fault_quantity(lab, name);
}

}  // namespace heapyard
