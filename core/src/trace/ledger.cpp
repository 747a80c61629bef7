#include "heapyard/trace/ledger.hpp"

#include <algorithm>

namespace heapyard {

FaultKind Ledger::judge_release(Pointer& pointer, std::optional<std::uint64_t> size) const {
  if (pointer.allocation == 0) {
    AllocationId released = 0;
    for (AllocationId id = static_cast<AllocationId>(trace().allocations.size()); id > 0; --id) {
      const Allocation& allocation = trace().allocation(id);
      if (!covers(allocation, pointer.address)) continue;
      if (allocation.live()) {
        pointer.allocation = id;
        break;
      }
      if (released == 0) released = id;
    }
    if (pointer.allocation == 0) pointer.allocation = released;
    if (pointer.allocation == 0) return FaultKind::foreign_pointer;
  }
  const Allocation& allocation = trace().allocation(pointer.allocation);
  if (!covers(allocation, pointer.address)) return FaultKind::foreign_pointer;
  if (!allocation.live()) return FaultKind::double_free;
  if (pointer.address != allocation.payload) return FaultKind::interior_pointer;
  if (size && *size != allocation.size) return FaultKind::wrong_size;
  return FaultKind::none;
}

FaultKind Ledger::judge_access(const Pointer& pointer, std::uint64_t offset, std::uint64_t size) const {
  if (pointer.allocation == 0) return FaultKind::out_of_bounds;
  const Allocation& allocation = trace().allocation(pointer.allocation);
  if (!allocation.live()) return FaultKind::use_after_free;
  const bool inside = offset <= allocation.size && size <= allocation.size - offset;
  return inside ? FaultKind::none : FaultKind::out_of_bounds;
}

AllocationId Ledger::opened(Offset payload, std::uint64_t size, std::uint32_t name) {
  Allocation allocation;
  allocation.allocated_step = allocation.whole_step = step();
  allocation.name = name;
  allocation.payload = payload;
  allocation.size = static_cast<std::uint32_t>(size);
  trace().allocations.push_back(allocation);
  return static_cast<AllocationId>(trace().allocations.size());
}

void Ledger::resized(AllocationId id, std::uint64_t size) {
  Allocation& allocation = trace().allocation(id);
  allocation.size = static_cast<std::uint32_t>(size);
  allocation.whole_step = step();
}

void Ledger::fault(FaultKind kind, const Pointer& pointer, std::uint64_t size) {
  Fault fault;
  fault.kind = kind;
  fault.step = step();
  fault.allocation = pointer.allocation;
  fault.address = pointer.address;
  fault.size = size;
  trace().faults.push_back(fault);
}

std::uint32_t Ledger::since_step(const Damage& damage, AllocationId owner) const {
  if (owner != 0) return trace().allocation(owner).whole_step;
  const std::uint32_t last = trace().steps();
  switch (damage.part) {
    case DamagedPart::fill: return trace().last_write(damage.at, last);
    // Either the link is wrong or the block it leads to: what was written first bounds both.
    case DamagedPart::link: {
      const std::uint32_t link = trace().last_write(damage.at, last);
      return damage.block == 0 ? link : std::min(link, trace().last_write(damage.block, last));
    }
    // Headers and control words are updated by reading them, so a damaged one is written again and stays damaged.
    default: return 0;
  }
}

bool Ledger::is_news(const Damage& damage, AllocationId owner, std::uint32_t step) {
  const bool of_bytes = damage.part == DamagedPart::fill || damage.part == DamagedPart::guard;
  const Offset where = of_bytes ? damage.at : damage.block;
  const auto [seen, first] = damage_seen_.try_emplace(where, step);
  if (first) return true;
  const std::uint32_t before = seen->second;
  seen->second = step;
  if (owner != 0) return trace().allocation(owner).whole_step > before;
  return trace().last_write(where, trace().steps(), before) > before;
}

void Ledger::damage(const Damage& damage, AllocationId owner, std::uint32_t step) {
  if (!is_news(damage, owner, step)) return;
  Fault fault;
  fault.kind = FaultKind::damage;
  fault.step = step;
  fault.allocation = owner;
  fault.address = damage.at;
  fault.damage = damage;
  fault.since_step = since_step(damage, owner);
  trace().faults.push_back(fault);
}

void Ledger::leak(AllocationId id) {
  Fault fault;
  fault.kind = FaultKind::leak;
  fault.step = trace().steps();
  fault.allocation = id;
  fault.address = trace().allocation(id).payload;
  fault.size = trace().allocation(id).size;
  trace().faults.push_back(fault);
}

}  // namespace heapyard
