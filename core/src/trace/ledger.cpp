#include "heapyard/trace/ledger.hpp"

#include <algorithm>
#include <iterator>

namespace heapyard {

AllocationId Ledger::living_before(Offset address) {
  if (!live_) {
    live_.emplace();
    for (AllocationId id = 1; id <= trace().allocations.size(); ++id) {
      if (trace().allocation(id).live()) live_->insert_or_assign(trace().allocation(id).payload, id);
    }
  }
  const auto after = live_->upper_bound(address);
  return after == live_->begin() ? 0 : std::prev(after)->second;
}

std::vector<AllocationId> Ledger::living_above(Offset address) {
  static_cast<void>(living_before(address));
  std::vector<AllocationId> above;
  for (auto it = live_->upper_bound(address); it != live_->end(); ++it) above.push_back(it->second);
  return above;
}

AllocationId Ledger::living_at(Offset address) {
  const AllocationId id = living_before(address);
  return id != 0 && covers(trace().allocation(id), address) ? id : 0;
}

AllocationId Ledger::released_at(Offset address) const {
  for (auto id = static_cast<AllocationId>(trace().allocations.size()); id > 0; --id) {
    if (!trace().allocation(id).live() && covers(trace().allocation(id), address)) return id;
  }
  return 0;
}

FaultKind Ledger::judge_release(Pointer& pointer, std::optional<std::uint64_t> size) {
  if (pointer.allocation == 0) pointer.allocation = living_at(pointer.address);
  if (pointer.allocation == 0) pointer.allocation = released_at(pointer.address);
  if (pointer.allocation == 0) return FaultKind::foreign_pointer;
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

FaultKind Ledger::judge_address(Pointer& pointer, std::uint64_t size) {
  const Offset address = pointer.address;
  FaultKind kind = FaultKind::out_of_bounds;
  pointer.allocation = living_at(address);
  if (pointer.allocation != 0) {
    const Allocation& allocation = trace().allocation(pointer.allocation);
    if (size <= allocation.size - (address - allocation.payload)) kind = FaultKind::none;
  } else if (pointer.allocation = released_at(address); pointer.allocation != 0) {
    kind = FaultKind::use_after_free;
  } else {
    pointer.allocation = living_before(address);
  }
  pointer.address = pointer.allocation == 0 ? 0 : trace().allocation(pointer.allocation).payload;
  return kind;
}

AllocationId Ledger::opened(Offset payload, std::uint64_t size, std::uint32_t name) {
  Allocation allocation;
  allocation.allocated_step = allocation.whole_step = step();
  allocation.name = name;
  allocation.payload = payload;
  allocation.size = static_cast<std::uint32_t>(size);
  trace().allocations.push_back(allocation);
  const auto id = static_cast<AllocationId>(trace().allocations.size());
  if (live_) live_->insert_or_assign(payload, id);
  return id;
}

void Ledger::closed(AllocationId id) {
  trace().allocation(id).freed_step = step();
  if (!live_) return;
  if (const auto found = live_->find(trace().allocation(id).payload); found != live_->end() && found->second == id)
    live_->erase(found);
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
  if (const AllocationId tenant = living_at(pointer.address); tenant != pointer.allocation) fault.tenant = tenant;
  trace().faults.push_back(fault);
}

std::uint32_t Ledger::since_step(const Damage& damage, AllocationId owner) {
  if (owner != 0) return trace().allocation(owner).whole_step;
  switch (damage.part) {
    case DamagedPart::fill: return last_writes_.of(damage.at);
    // Either the link is wrong or the block it leads to: what was written first bounds both.
    case DamagedPart::link: return std::min(last_writes_.of(damage.at), last_writes_.of(damage.block));
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
  if (owner != 0) return trace().allocation(owner).whole_step >= before && step > before;
  return trace().keeps_bytes ? last_writes_.of(where) > before : step > before;
}

void Ledger::damage(const Damage& damage, AllocationId owner, std::uint32_t step) {
  if (!is_news(damage, owner, step)) return;
  is_torn_ = is_torn_ || (damage.part != DamagedPart::guard && damage.part != DamagedPart::fill);
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
