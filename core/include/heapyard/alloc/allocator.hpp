#pragma once

#include "heapyard/base/block.hpp"
#include "heapyard/base/fault.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/base/result.hpp"

#include <concepts>
#include <cstdint>

namespace heapyard {

/// How much an allocator checks, chosen when it is compiled. The blocks lie at the same places under every policy:
/// guard bytes live in the padding that a block has anyway.
struct Unchecked {
  static constexpr bool fills = false;      ///< mark fresh, freed and guard bytes
  static constexpr bool validates = false;  ///< judge every pointer, header and link before use
};

struct Checked {
  static constexpr bool fills = true;
  static constexpr bool validates = true;
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
/// - To be chosen by name: `format(…)`, and a static `block_bytes(size, …)` with the same parameters.
/// - `for_each_block(f)`, `for_each_link(f)`: `f(Block)` in address order, `f(Link)` in the free list's order. Both
///   stop at damage. `first_free()`: the head of the free list, 0 when it is empty.
template <class A>
concept Allocator = requires(A a, const A c, Offset payload, std::uint32_t requested, Layout layout,
                             void (*see_block)(const Block&), void (*see_link)(const Link&),
                             void (*see_damage)(const Damage&)) {
  { a.allocate(layout) } -> std::same_as<Result<Offset>>;
  { a.reallocate(payload, layout) } -> std::same_as<Result<Offset>>;
  { a.deallocate(payload) } -> std::same_as<FaultKind>;
  { c.judge(payload) } -> std::same_as<FaultKind>;
  { c.check() } -> std::same_as<Damage>;
  { c.damage_at(payload, requested) } -> std::same_as<Damage>;
  { c.first_free() } -> std::same_as<Offset>;
  c.for_each_block(see_block);
  c.for_each_link(see_link);
  c.for_each_damage(see_damage);
};

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
