#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/trace/ledger.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heapyard {

/// Watches an allocator from outside: turns each call into one event of a trace, and judges it. A misuse becomes a
/// fault of that step and is not carried out, so the run goes on, on a heap that is still whole.
///
/// Requires an arena watched by `Recording` over the same recorder. Calls are named as in C.
template <Allocator A>
class Traced {
 public:
  Traced(A& allocator, Recorder& recorder) : allocator_(allocator), recorder_(recorder), ledger_(recorder) {}

  /// Where the calls that follow stand in the program's source, and the variable that takes their result.
  void at(std::uint32_t line, std::uint32_t name = 0) {
    line_ = line;
    name_ = name;
  }

  /// The payload of `size` bytes, aligned as an object of that size may need it; null when it fails.
  Pointer malloc(std::uint64_t size) {
    Event event = begin(EventKind::malloc, size);
    event.alignment = default_alignment;
    return end_allocation(event, natural_layout(size));
  }

  /// As `malloc(count * size)`, zeroed.
  Pointer calloc(std::uint64_t count, std::uint64_t size) {
    Event event = begin(EventKind::calloc, size);
    event.count = count;
    event.alignment = default_alignment;
    if (size != 0 && count > Layout::max_size / size) return end_allocation(event, AllocError::size_overflow);
    return end_allocation(event, natural_layout(count * size));
  }

  Pointer aligned_alloc(std::uint64_t alignment, std::uint64_t size) {
    Event event = begin(EventKind::aligned_alloc, size);
    event.alignment = alignment;
    return end_allocation(event, Layout::make(size, alignment));
  }

  /// `operator new`; with an alignment, the one that takes an `align_val_t`.
  Pointer op_new(std::uint64_t size, std::optional<std::uint64_t> alignment = std::nullopt) {
    Event event = begin(EventKind::op_new, size);
    event.alignment = alignment.value_or(0);
    return end_allocation(event, alignment ? Layout::make(size, *alignment) : natural_layout(size));
  }

  /// Null makes it a malloc. The old pointer is stale afterwards, unless it stands in the variable that takes the
  /// result and the block stayed where it was. Nothing when the call is refused, null when it fails.
  std::optional<Pointer> realloc(Pointer pointer, std::uint64_t size) {
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

  /// Null does nothing. `size` is what a sized release claims, as `operator delete(void*, size_t)` does.
  void free(Pointer pointer, std::optional<std::uint64_t> size = std::nullopt) {
    release(EventKind::free, pointer, size);
  }

  /// `operator delete`, as `free`.
  void op_delete(Pointer pointer, std::optional<std::uint64_t> size = std::nullopt) {
    release(EventKind::op_delete, pointer, size);
  }

  /// Writes through a pointer.
  void write(Pointer pointer, std::uint64_t offset, std::span<const std::byte> bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    Event event = begin_access(EventKind::write, pointer, offset, size);
    if (event.fault == FaultKind::none)
      allocator_.arena().write(pointer.address + static_cast<Offset>(offset), bytes.data(), size);
    end(event);
  }

  /// Reads through a pointer: the bytes, none when it is a fault.
  std::vector<std::byte> read(Pointer pointer, std::uint64_t offset, std::uint64_t size) {
    const Event event = begin_access(EventKind::read, pointer, offset, size);
    std::vector<std::byte> bytes;
    if (event.fault == FaultKind::none) {
      const std::byte* from = allocator_.arena().at(pointer.address + static_cast<Offset>(offset));
      bytes.assign(from, from + size);
    }
    end(event);
    return bytes;
  }

  /// The misuse that an access of which the address is all that is known would be, and the pointer that it is about.
  FaultKind judge(Offset address, std::uint64_t size, Pointer& about) {
    about = {address, 0};
    return ledger_.judge_address(about, size);
  }

  /// A fault that the machine itself is about to commit, and that nobody can refuse, as `judge` found it.
  void commit(FaultKind fault, EventKind kind, Offset address, std::uint64_t size, Pointer about) {
    Event event = begin(kind, size);
    event.address = about.address;
    event.allocation = about.allocation;
    event.offset = address - about.address;
    event.fault = fault;
    ledger_.fault(fault, about, size);
    end(event);
  }

  /// A step that calls no allocator.
  void step(EventKind kind) { end(begin(kind, 0)); }

  /// A stray write, judged by nobody, as through a wild pointer. What it damages is found when somebody looks. Bytes
  /// beyond the arena are lost.
  void poke(Offset address, std::span<const std::byte> bytes) {
    Event event = begin(EventKind::poke, bytes.size());
    event.address = address;
    const std::uint32_t arena_size = allocator_.arena().size();
    if (address < arena_size) {
      const std::size_t room = std::min<std::size_t>(bytes.size(), arena_size - address);
      allocator_.arena().write(address, bytes.data(), static_cast<std::uint32_t>(room));
    }
    end(event);
  }

  /// Looks at the whole heap once more: damage that nobody came across, then every allocation that nobody released.
  void finish() {
    Trace& trace = ledger_.trace();
    const auto count = static_cast<AllocationId>(trace.allocations.size());
    for (AllocationId id = 1; id <= count; ++id) {
      const Allocation& allocation = trace.allocation(id);
      if (!allocation.live()) continue;
      if (const Damage damage = allocator_.damage_at(allocation.payload, allocation.size))
        ledger_.damage(damage, id, trace.steps());
    }
    if (!ledger_.is_torn())
      allocator_.for_each_damage([&](const Damage& damage) { ledger_.damage(damage, 0, trace.steps()); });
    if constexpr (releases_newest_only) std::sort(refused_.begin(), refused_.end());
    for (AllocationId id = 1; id <= count; ++id) {
      if (trace.allocation(id).live() && !was_refused(id)) ledger_.leak(id);
    }
  }

 private:
  static constexpr bool releases_newest_only = requires { A::releases_newest_only; };

  /// Whether the program asked for a release that the allocator could not carry out: what stays is no leak of its own.
  bool was_refused(AllocationId id) const {
    if constexpr (!releases_newest_only) return false;
    return std::binary_search(refused_.begin(), refused_.end(), id);
  }

  Event begin(EventKind kind, std::uint64_t size) const {
    Event event;
    event.kind = kind;
    event.line = line_;
    event.size = size;
    return event;
  }

  void release(EventKind kind, Pointer pointer, std::optional<std::uint64_t> size) {
    Event event = begin(kind, size.value_or(0));
    event.address = pointer.address;
    if (pointer.address != 0) {
      event.fault = judge_release(pointer, size);
      event.allocation = pointer.allocation;
      if (event.fault == FaultKind::none) {
        event.fault = allocator_.deallocate(pointer.address);
        if constexpr (releases_newest_only) {
          if (event.fault == FaultKind::out_of_order) {
            ledger_.fault(event.fault, pointer);
            refused_.push_back(pointer.allocation);
          }
        }
      }
      if (event.fault == FaultKind::none) ledger_.closed(pointer.allocation);
    }
    end(event);
  }

  Event begin_access(EventKind kind, Pointer pointer, std::uint64_t offset, std::uint64_t size) {
    Event event = begin(kind, size);
    event.address = pointer.address;
    event.allocation = pointer.allocation;
    event.offset = offset;
    event.fault = ledger_.judge_access(pointer, offset, size);
    if (event.fault != FaultKind::none) ledger_.fault(event.fault, pointer, size);
    return event;
  }

  Pointer end_allocation(Event& event, const Result<Layout>& layout) {
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

  /// Judges by what is known of the program first, and then by the arena's bytes.
  FaultKind judge_release(Pointer& pointer, std::optional<std::uint64_t> size) {
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

  void end(const Event& event) {
    for (const Damage& damage : recorder_.take_damage()) ledger_.damage(damage, 0, ledger_.step());
    recorder_.finish(event);
  }

  A& allocator_;
  Recorder& recorder_;
  Ledger ledger_;
  std::vector<AllocationId> refused_;
  std::uint32_t line_ = 0;
  std::uint32_t name_ = 0;
};

}  // namespace heapyard
