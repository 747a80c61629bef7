#pragma once

#include "heapyard/base/block.hpp"
#include "heapyard/base/fault.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/base/result.hpp"
#include "heapyard/base/structure.hpp"

#include <concepts>
#include <cstdint>

namespace heapyard {

/// How much an allocator checks, chosen when it is compiled. The blocks lie at the same places under every policy:
/// guard bytes live in the padding that a block has anyway.
struct Unchecked {
  static constexpr bool fills = false;        ///< mark fresh, freed and guard bytes
  static constexpr bool validates = false;    ///< judge every pointer, header and link before use
  static constexpr bool looks_ahead = false;  ///< judge links that are only passed on, so that damage is told early
};

/// Double releases, foreign pointers and overwritten links are refused, and no more is done than that takes: bytes are
/// neither marked nor compared, and of a link that was overwritten one learns when it is used.
struct Judged {
  static constexpr bool fills = false;
  static constexpr bool validates = true;
  static constexpr bool looks_ahead = false;
};

/// All that bytes can tell. Fresh, freed and guard bytes are marked, and looked at before they are written over: what
/// is found then is told to the arena's watch, which `FirstDamage` remembers, and the call goes on.
///
/// What they cannot tell: an allocator whose headers lie among the payloads (free list, TLSF) believes one that the
/// program's own bytes imitate, so there a pointer to the middle of an allocation can pass for a live one; and of a
/// header's requested size that was overwritten by another with the same padding only `damage_at` knows.
struct Checked {
  static constexpr bool fills = true;
  static constexpr bool validates = true;
  static constexpr bool looks_ahead = true;
};

/// The sizes, in bytes, that a request can have had.
struct SizeRange {
  std::uint32_t least, most;
  constexpr bool holds(std::uint64_t size) const { return size >= least && size <= most; }
};

/// What every allocator over an arena can do. Payloads are named by offset; `arena().at(offset)` is the pointer.
///
/// - `allocate(layout)`: the payload's offset, aligned as asked; or why not.
/// - `reallocate(payload, layout)`: the same allocation with another size, in place when it can; its first bytes, up to
///   the smaller size, are kept. On an error the allocation stays as it was.
/// - `deallocate(payload)`: gives it back. A checking allocator refuses misuse, changes nothing and returns its kind;
///   an unchecked one requires a live payload.
/// - `judge(payload)`: the misuse that a release of this offset would be, `FaultKind::none` for a live payload. It
///   knows the arena's bytes only.
/// - `damage_at(payload, requested)`: damage to what the allocator keeps around a live payload of `requested` bytes.
/// - `for_each_damage(f)`: walks the blocks and the free structures, compares them, and calls `f(Damage)` for each
///   place that was overwritten, as far as it can be seen past the others. O(blocks). `check()`: the first of them.
///   Where guard bytes begin they know from the arena alone: those of a pool, a buddy, a slab or a bump allocator,
///   which keep no requested size, only `damage_at` looks at.
/// - One that gives back its newest block only says so: `static constexpr bool releases_newest_only = true`.
/// - One whose bytes tell what a live payload was asked for has `sizes_at(payload)`, where it checks: a `SizeRange`.
/// - One with markers has `mark()` and `release_to(marker)`, as `Stack` has them.
/// - An arena that is too small for it is left alone, whatever is called: nothing is granted, nothing is live, and
///   its own `arena()` has no bytes.
/// - To be chosen by name: `format(…)`, and a static `block_bytes(size, …)` with the same parameters.
/// - `for_each_block(f)`: `f(Block)` in address order. `structure()`: what views draw besides the blocks. Both stop at
///   damage.
template <class A>
concept Allocator = requires(A a, const A c, Offset payload, std::uint32_t requested, Layout layout,
                             void (*see_block)(const Block&), void (*see_damage)(const Damage&)) {
  { a.allocate(layout) } -> std::same_as<Result<Offset>>;
  { a.reallocate(payload, layout) } -> std::same_as<Result<Offset>>;
  { a.deallocate(payload) } -> std::same_as<FaultKind>;
  { c.judge(payload) } -> std::same_as<FaultKind>;
  { c.check() } -> std::same_as<Damage>;
  { c.damage_at(payload, requested) } -> std::same_as<Damage>;
  { c.structure() } -> std::same_as<Structure>;
  c.for_each_block(see_block);
  c.for_each_damage(see_damage);
};

/// The payload that a pointer names: of a checking allocator any pointer, which it will judge; of another a pointer
/// that it gave out.
template <Allocator A>
Offset payload_of(const A& allocator, const void* pointer) {
  if constexpr (requires { allocator.sizes_at(Offset{}); }) return allocator.arena().offset_of(pointer);
  return allocator.arena().offset_inside(pointer);
}

/// Sized deallocation: gives back a payload of which the caller says the size, in bytes, that it asked for. A checking
/// allocator whose bytes tell otherwise is not asked: the answer is `FaultKind::wrong_size`, and nothing changes. Else
/// as `deallocate`. Source: [expr.delete], N3778.
template <Allocator A>
FaultKind deallocate_sized(A& allocator, Offset payload, std::uint64_t size) {
  if constexpr (requires { allocator.sizes_at(payload); }) {
    if (allocator.judge(payload) == FaultKind::none && !allocator.sizes_at(payload).holds(size))
      return FaultKind::wrong_size;
  }
  return allocator.deallocate(payload);
}

/// The first damage that an allocator's walk finds.
template <class A>
Damage first_damage(const A& allocator) {
  Damage first;
  allocator.for_each_damage([&first](const Damage& damage) {
    if (!first) first = damage;
  });
  return first;
}

}  // namespace heapyard
