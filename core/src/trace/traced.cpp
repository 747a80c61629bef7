#include "heapyard/trace/traced.hpp"

#include "heapyard/base/layout.hpp"

#include <algorithm>

namespace heapyard {

Traced::Traced(RecordedAllocator& allocator, Recorder& recorder)
    : allocator_(allocator), recorder_(recorder), ledger_(recorder) {}

Pointer Traced::malloc(std::uint64_t size) {
  Event event = begin(EventKind::malloc, size);
  event.alignment = default_alignment;
  return end_allocation(event, natural_layout(size));
}

Pointer Traced::calloc(std::uint64_t count, std::uint64_t size) {
  Event event = begin(EventKind::calloc, size);
  event.count = count;
  event.alignment = default_alignment;
  if (size != 0 && count > Layout::max_size / size) return end_allocation(event, AllocError::size_overflow);
  return end_allocation(event, natural_layout(count * size));
}

Pointer Traced::aligned_alloc(std::uint64_t alignment, std::uint64_t size) {
  Event event = begin(EventKind::aligned_alloc, size);
  event.alignment = alignment;
  return end_allocation(event, Layout::make(size, alignment));
}

Pointer Traced::op_new(std::uint64_t size, std::optional<std::uint64_t> alignment) {
  Event event = begin(EventKind::op_new, size);
  event.alignment = alignment.value_or(0);
  return end_allocation(event, alignment ? Layout::make(size, *alignment) : natural_layout(size));
}

std::optional<Pointer> Traced::realloc(Pointer pointer, std::uint64_t size) {
  Event event = begin(EventKind::realloc, size);
  event.alignment = default_alignment;
  event.address = pointer.address;
  event.before = pointer.allocation;
  if (pointer.address == 0) return end_allocation(event, natural_layout(size));

  event.fault = judge_release(pointer, std::nullopt);
  event.before = pointer.allocation;
  if (event.fault != FaultKind::none) {
    event.error = AllocError::refused;
    event.allocation = pointer.allocation;
    end(event);
    return std::nullopt;
  }
  const Result<Layout> layout = natural_layout(size);
  const Result<Offset> payload =
      layout ? allocator_.reallocate(pointer.address, *layout) : Result<Offset>(layout.error());
  if (!payload) {
    event.error = payload.error();
    event.allocation = pointer.allocation;
    end(event);
    return Pointer{};
  }
  const bool same_variable = ledger_.trace().allocation(pointer.allocation).name == name_;
  if (*payload == pointer.address && same_variable) {
    event.allocation = pointer.allocation;
    ledger_.resized(pointer.allocation, size);
  } else {
    ledger_.closed(pointer.allocation);
    event.allocation = ledger_.opened(*payload, size, name_);
  }
  event.payload = *payload;
  end(event);
  return Pointer{event.payload, event.allocation};
}

Pointer Traced::mark() {
  Event event = begin(EventKind::mark, 0);
  const Result<Offset> marker = allocator_.mark();
  event.error = marker.error();
  if (marker) event.payload = *marker;
  end(event);
  return {event.payload, 0};
}

void Traced::release(Pointer marker) {
  Event event = begin(EventKind::release, 0);
  event.address = marker.address;
  if (marker.address != 0) {
    const std::vector<AllocationId> above = ledger_.living_above(marker.address);
    for (const AllocationId id : above) {
      const Allocation& allocation = ledger_.trace().allocation(id);
      if (const Damage damage = allocator_.damage_at(allocation.payload, allocation.size))
        ledger_.damage(damage, id, ledger_.step());
    }
    event.fault = allocator_.release_to(marker.address);
    if (event.fault == FaultKind::none) {
      for (const AllocationId id : above) ledger_.closed(id);
    } else if (event.fault == FaultKind::damage) {
      for (const Damage& damage : allocator_.damage()) ledger_.damage(damage, 0, ledger_.step());
    } else {
      ledger_.fault(event.fault, marker);
    }
  }
  end(event);
}

void Traced::write(Pointer pointer, std::uint64_t offset, std::span<const std::byte> bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  Event event = begin_access(EventKind::write, pointer, offset, size);
  if (event.fault == FaultKind::none)
    allocator_.arena().write(pointer.address + static_cast<Offset>(offset), bytes.data(), size);
  end(event);
}

std::vector<std::byte> Traced::read(Pointer pointer, std::uint64_t offset, std::uint64_t size) {
  const Event event = begin_access(EventKind::read, pointer, offset, size);
  std::vector<std::byte> bytes;
  if (event.fault == FaultKind::none) {
    const std::byte* from = allocator_.arena().at(pointer.address + static_cast<Offset>(offset));
    bytes.assign(from, from + size);
  }
  end(event);
  return bytes;
}

FaultKind Traced::judge(Offset address, std::uint64_t size, Pointer& about) {
  about = {address, 0};
  return ledger_.judge_address(about, size);
}

void Traced::commit(FaultKind fault, EventKind kind, Offset address, std::uint64_t size, Pointer about) {
  Event event = begin(kind, size);
  event.address = about.address;
  event.allocation = about.allocation;
  event.offset = address - about.address;
  event.fault = fault;
  ledger_.fault(fault, about, size);
  end(event);
}

void Traced::poke(Offset address, std::span<const std::byte> bytes) {
  Event event = begin(EventKind::poke, bytes.size());
  event.address = address;
  const std::uint32_t arena_size = allocator_.arena().size();
  if (address < arena_size) {
    const std::size_t room = std::min<std::size_t>(bytes.size(), arena_size - address);
    allocator_.arena().write(address, bytes.data(), static_cast<std::uint32_t>(room));
  }
  end(event);
}

void Traced::finish() {
  Trace& trace = ledger_.trace();
  const auto count = static_cast<AllocationId>(trace.allocations.size());
  for (AllocationId id = 1; id <= count; ++id) {
    const Allocation& allocation = trace.allocation(id);
    if (!allocation.live()) continue;
    if (const Damage damage = allocator_.damage_at(allocation.payload, allocation.size))
      ledger_.damage(damage, id, trace.steps());
  }
  if (!ledger_.is_torn()) {
    for (const Damage& damage : allocator_.damage()) ledger_.damage(damage, 0, trace.steps());
  }
  // What the program released out of order stays, and is no leak of its own.
  for (AllocationId id = 1; id <= count; ++id) {
    const bool refused = id < refused_.size() && refused_[id] != 0;
    if (trace.allocation(id).live() && !refused) ledger_.leak(id);
  }
}

Event Traced::begin(EventKind kind, std::uint64_t size) const {
  Event event;
  event.kind = kind;
  event.line = line_;
  event.size = size;
  return event;
}

void Traced::release_one(EventKind kind, Pointer pointer, std::optional<std::uint64_t> size) {
  Event event = begin(kind, size.value_or(0));
  event.address = pointer.address;
  if (pointer.address != 0) {
    event.fault = judge_release(pointer, size);
    event.allocation = pointer.allocation;
    if (event.fault == FaultKind::none) {
      event.fault = allocator_.deallocate(pointer.address);
      if (event.fault == FaultKind::out_of_order) {
        ledger_.fault(event.fault, pointer);
        refused_.resize(ledger_.trace().allocations.size() + 1);
        refused_[pointer.allocation] = 1;
      }
    }
    if (event.fault == FaultKind::none) ledger_.closed(pointer.allocation);
  }
  end(event);
}

Event Traced::begin_access(EventKind kind, Pointer pointer, std::uint64_t offset, std::uint64_t size) {
  Event event = begin(kind, size);
  event.address = pointer.address;
  event.allocation = pointer.allocation;
  event.offset = offset;
  event.fault = ledger_.judge_access(pointer, offset, size);
  if (event.fault != FaultKind::none) ledger_.fault(event.fault, pointer, size);
  return event;
}

Pointer Traced::end_allocation(Event& event, const Result<Layout>& layout) {
  const Result<Offset> payload = layout ? allocator_.allocate(*layout) : Result<Offset>(layout.error());
  event.error = payload.error();
  if (payload) {
    event.payload = *payload;
    event.allocation = ledger_.opened(*payload, layout->size(), name_);
    if (event.kind == EventKind::calloc)
      allocator_.arena().fill(*payload, static_cast<std::uint32_t>(layout->size()), Fill::zero);
  }
  end(event);
  return {event.payload, event.allocation};
}

// Judges by what is known of the program first, and then by the arena's bytes.
FaultKind Traced::judge_release(Pointer& pointer, std::optional<std::uint64_t> size) {
  FaultKind kind = ledger_.judge_release(pointer, size);
  if (kind == FaultKind::none) {
    const Allocation& allocation = ledger_.trace().allocation(pointer.allocation);
    const Damage damage = allocator_.damage_at(pointer.address, allocation.size);
    if (damage) ledger_.damage(damage, pointer.allocation, ledger_.step());
    // Guard bytes are nobody's, but a header is obeyed: one that is known to be wrong must not be.
    return damage && damage.part != DamagedPart::guard ? FaultKind::damage : FaultKind::none;
  }
  ledger_.fault(kind, pointer, size.value_or(0));
  return kind;
}

void Traced::end(const Event& event) {
  for (const Damage& damage : recorder_.take_damage()) ledger_.damage(damage, 0, ledger_.step());
  recorder_.finish(event);
}

}  // namespace heapyard
