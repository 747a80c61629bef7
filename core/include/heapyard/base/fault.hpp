#pragma once

#include "heapyard/base/block.hpp"

#include <cstdint>
#include <string_view>

namespace heapyard {

/// A learner's misuse of memory: data to be shown, never a crash. The names are part of the JSON contract.
enum class FaultKind : std::uint8_t {
  none,
  double_free,       ///< released again after it was released
  foreign_pointer,   ///< released, but no allocator gave it out
  interior_pointer,  ///< released by a pointer into the middle of an allocation
  wrong_size,        ///< released with another size than it was asked for
  out_of_bounds,     ///< read or written outside its allocation
  use_after_free,    ///< read or written after its release
  damage,            ///< guard bytes, fill bytes, a header or a link were overwritten some time before
  leak,              ///< never released
  out_of_order,      ///< released in an order in which this allocator cannot give back
};

constexpr std::string_view name_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::none: return "none";
    case FaultKind::double_free: return "double_free";
    case FaultKind::foreign_pointer: return "foreign_pointer";
    case FaultKind::interior_pointer: return "interior_pointer";
    case FaultKind::wrong_size: return "wrong_size";
    case FaultKind::out_of_bounds: return "out_of_bounds";
    case FaultKind::use_after_free: return "use_after_free";
    case FaultKind::damage: return "damage";
    case FaultKind::leak: return "leak";
    case FaultKind::out_of_order: return "out_of_order";
  }
  return "none";
}

/// What a damaged byte was part of.
enum class DamagedPart : std::uint8_t { none, header, link, guard, fill, control };

/// What an allocator that checks finds wrong in its own arena: where, and which part of a block it was.
struct Damage {
  DamagedPart part = DamagedPart::none;
  Offset block = 0;  ///< the block that the byte belongs to
  Offset at = 0;     ///< the first damaged byte

  constexpr explicit operator bool() const { return part != DamagedPart::none; }
};

}  // namespace heapyard
