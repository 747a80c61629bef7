#pragma once

#include "heapyard/base/alloc_error.hpp"
#include "heapyard/base/block.hpp"
#include "heapyard/base/fault.hpp"

#include <cstdint>
#include <string_view>

namespace heapyard {

/// The number of an allocation, counted from 1 in the order they were made; 0 is none.
using AllocationId = std::uint32_t;

enum class EventKind : std::uint8_t {
  malloc,
  calloc,
  aligned_alloc,
  op_new,  ///< `operator new`
  realloc,
  free,
  op_delete,  ///< `operator delete`
  mark,       ///< a marker was put on top of a stack
  release,    ///< a marker and all that lies above it were given back
  read,
  write,
  poke,
  line,   ///< a line of an instrumented program ran, without a call that is a step of its own
  enter,  ///< it called a function of its own
  leave,  ///< a function of its own returned
};

constexpr std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::malloc: return "malloc";
    case EventKind::calloc: return "calloc";
    case EventKind::aligned_alloc: return "aligned_alloc";
    case EventKind::op_new: return "new";
    case EventKind::realloc: return "realloc";
    case EventKind::free: return "free";
    case EventKind::op_delete: return "delete";
    case EventKind::mark: return "mark";
    case EventKind::release: return "release";
    case EventKind::read: return "read";
    case EventKind::write: return "write";
    case EventKind::poke: return "poke";
    case EventKind::line: return "line";
    case EventKind::enter: return "enter";
    case EventKind::leave: return "leave";
  }
  return "";
}

/// What a program did in one step, most often a call, and how it ended. What does not apply is 0.
struct Event {
  EventKind kind = EventKind::malloc;
  AllocError error = AllocError::none;  ///< why an allocation failed
  FaultKind fault = FaultKind::none;    ///< the misuse that this call is; it was not carried out
  std::uint32_t line = 0;               ///< of the program's source
  AllocationId allocation = 0;          ///< the one that the call made, resized, released or accessed
  AllocationId before = 0;              ///< realloc: the one that it was given
  Offset address = 0;                   ///< the pointer or marker that it was given
  Offset payload = 0;                   ///< the pointer or marker that it returned
  std::uint64_t size = 0;               ///< bytes asked for, read or written
  std::uint64_t count = 0;              ///< calloc: how many of them
  std::uint64_t alignment = 0;          ///< asked for; 0 of an `operator new` that takes none
  std::uint64_t offset = 0;             ///< read, write: from the pointer on

  constexpr bool allocates() const { return kind <= EventKind::realloc; }
  /// One allocation.
  constexpr bool releases() const { return kind == EventKind::free || kind == EventKind::op_delete; }
  constexpr bool failed() const { return error != AllocError::none && error != AllocError::refused; }
};

/// The life of an allocation. Steps count from 1; 0 is never.
struct Allocation {
  std::uint32_t allocated_step = 0;
  std::uint32_t freed_step = 0;  ///< a release that was refused is none
  std::uint32_t whole_step = 0;  ///< the last step at which its block was seen undamaged
  std::uint32_t name = 0;        ///< index of the variable that holds it, in the trace's names
  Offset payload = 0;
  std::uint32_t size = 0;  ///< bytes asked for

  constexpr bool live() const { return freed_step == 0; }
};

/// A fault with all that is known of it.
struct Fault {
  FaultKind kind = FaultKind::none;
  std::uint32_t step = 0;        ///< at which it was committed or found
  std::uint32_t since_step = 0;  ///< damage: after this step, and not after `step`; 0 when no more is known
  AllocationId allocation = 0;   ///< whose memory it was; 0 when nobody's
  AllocationId tenant = 0;       ///< who else lives at the address by now; 0 when nobody does
  Offset address = 0;            ///< the pointer or byte that it is about
  std::uint64_t size = 0;        ///< of the access, or the wrong size
  Damage damage;
};

}  // namespace heapyard
