#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace heapyard {

/// Blocks one on top of the other, given back in the reverse order, with markers to give back many at once.
///
///     arena   | control 24 | block | block | … | newest block | free …………… | rest |
///     block   | gap | payload before 4 | requested 4 | payload ………… | padding |
///     marker  | payload before 4, lowest bit set | 0 |
///
/// 1. Allocate: align the payload behind the top, write its header before it, move the top behind it.
/// 2. Deallocate: the newest block only; its header says which one is the newest then. Any other is `out_of_order`,
///    whether anything is checked or not: containers that grow give back what is not the newest.
/// 3. Reallocate: the newest block changes its size in place; any other keeps it while its padding allows, else
///    `out_of_order`.
/// 4. Mark: push a header without a payload. `release_to(marker)` gives back the marker and all above it.
///
/// No search, no fragmentation but the padding. Complexity: allocate, deallocate and mark O(1); a release of another
/// than the newest block is judged in O(blocks), `release_to` and check are O(blocks). Source: the double-ended stack
/// allocators of games, as in J. Gregory, Game Engine Architecture, 6.2.
template <class Checks = Unchecked, class Watch = Unwatched>
class Stack {
 public:
  static constexpr bool releases_newest_only = true;
  static constexpr std::uint32_t control_size = 24, header_size = 8, granule = 8;
  static constexpr std::uint32_t smallest_arena = control_size + 2 * granule;

  /// What a request of `size` bytes takes, padding for a larger alignment apart. Requires a size below 2^63.
  static constexpr std::uint64_t block_bytes(std::uint64_t size) { return align_up(size, granule) + header_size; }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit Stack(Arena<Watch> arena) : arena_(arena.or_blank(arena.size() >= smallest_arena)) {}

  /// Makes the arena empty. Errors: `arena_too_small` below `smallest_arena`. O(arena) when it fills, else O(1).
  AllocError format() {
    if (arena_.size() < smallest_arena) return AllocError::arena_too_small;
    if constexpr (Checks::fills) arena_.fill(control_size, arena_.size() - control_size, Fill::freed);
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    arena_.store(Control::top, control_size);
    arena_.store(Control::newest, 0);
    arena_.store(Control::used_blocks, 0);
    arena_.store(Control::zero, 0);
    arena_.watch().block({0, control_size, 0, 0, BlockState::control});
    arena_.watch().block({control_size, end() - control_size, 0, 0, BlockState::free});
    if (end() < arena_.size()) arena_.watch().block({end(), arena_.size() - end(), 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `alignment_too_large` above 4096, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if constexpr (Checks::validates) {
      if (const Damage damage = newest_damage()) return refuse(damage);
    }
    const Offset block = top();
    const std::uint64_t alignment = std::max<std::uint64_t>(layout.alignment(), granule);
    const std::uint64_t payload = align_up(std::uint64_t{block} + header_size, alignment);
    if (layout.size() > end() || align_up(payload + layout.size(), granule) > end()) return AllocError::out_of_memory;
    const auto at = static_cast<Offset>(payload), requested = static_cast<std::uint32_t>(layout.size());
    const Offset after = end_of(at, requested);
    inspect_fill(block, after);
    if constexpr (Checks::fills) arena_.fill(block, at - header_size - block, Fill::guard);
    push(at, requested, newest());
    if constexpr (Checks::fills) {
      arena_.fill(at, requested, Fill::fresh);
      arena_.fill(at + requested, after - at - requested, Fill::guard);
    }
    count(1);
    return at;
  }

  /// Remembers the top: an offset for `release_to`. Errors: `out_of_memory`, `damaged`.
  Result<Offset> mark() {
    if constexpr (Checks::validates) {
      if (const Damage damage = newest_damage()) return refuse(damage);
    }
    const Offset block = top();
    if (end() - block < header_size) return AllocError::out_of_memory;
    inspect_fill(block, block + header_size);
    push(block + header_size, 0, newest() | marker_bit);
    return block + header_size;
  }

  FaultKind deallocate(Offset payload) {
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
    } else if (payload != newest() || payload == 0) {
      return FaultKind::out_of_order;
    }
    pop();
    return FaultKind::none;
  }

  /// Gives back a marker and every block above it. `foreign_pointer` when there is no such marker, `damage` when the
  /// words that lead to it were overwritten: then nothing is given back.
  FaultKind release_to(Offset marker) {
    if constexpr (Checks::validates) {
      if (const Damage damage = newest_damage()) return arena_.watch().damage(damage), FaultKind::damage;
      bool found = false;
      const Offset broken =
          walk_down([&](Offset payload) { return !(found = payload == marker && is_marker(payload)); });
      if (!found) return broken == 0 ? FaultKind::foreign_pointer : FaultKind::damage;
    } else {
      Offset at = newest();
      while (at > marker) at = before(at);
      if (at != marker || at == 0 || !is_marker(at)) return FaultKind::foreign_pointer;
    }
    while (newest() != marker) pop();
    pop();
    return FaultKind::none;
  }

  /// Errors: `refused` when the payload is no live allocation, `out_of_order` when it is not the newest and has no
  /// room, and those of `allocate`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    FaultKind fault = payload == newest() ? FaultKind::none : FaultKind::out_of_order;
    if constexpr (Checks::validates) fault = judge(payload);
    if (fault != FaultKind::none && fault != FaultKind::out_of_order) return AllocError::refused;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if (layout.size() > end()) return AllocError::out_of_memory;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const std::uint32_t before = requested_of(payload);
    const Offset block_end = end_of(payload, before);
    const bool fits = align_up(std::uint64_t{payload} + layout.size(), granule) <= end();
    if (payload % layout.alignment() != 0) return AllocError::out_of_order;
    if (fault == FaultKind::out_of_order && (!fits || end_of(payload, requested) != block_end))
      return AllocError::out_of_order;
    if (!fits) return AllocError::out_of_memory;

    const Offset after = end_of(payload, requested);
    inspect_guard(payload);
    inspect_fill(block_end, std::max(after, block_end));
    arena_.store(payload - 4, requested);
    if constexpr (Checks::fills) {
      if (requested > before) arena_.fill(payload + before, requested - before, Fill::fresh);
      arena_.fill(payload + requested, after - payload - requested, Fill::guard);
      if (after < block_end) arena_.fill(after, block_end - after, Fill::freed);
    }
    if (after != block_end) {
      arena_.store(Control::top, after);
      arena_.watch().note({after > block_end ? NoteKind::grown : NoteKind::shrunk, payload, requested});
    }
    report(payload);
    if (after != block_end) report_free();
    return payload;
  }

  /// O(1) for the newest block, else O(blocks). An offset inside free memory is called a double free.
  FaultKind judge(Offset payload) const {
    if (payload < control_size || payload >= end()) return FaultKind::foreign_pointer;
    if (newest_damage()) return FaultKind::damage;
    if (payload >= top()) return FaultKind::double_free;
    FaultKind fault = FaultKind::interior_pointer;
    const Offset broken = walk_down([&](Offset at) {
      if (at == payload && !is_marker(at)) fault = at == newest() ? FaultKind::none : FaultKind::out_of_order;
      return at > payload;
    });
    return broken == 0 ? fault : FaultKind::damage;
  }

  /// Exactly what was asked for. Requires a live payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) {
    return {requested_of(payload), requested_of(payload)};
  }

  /// Damage to a live block's header, to the guard bytes in its gap or behind its payload. O(blocks above, padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    if (const Damage damage = newest_damage()) return damage;
    bool found = false;
    walk_down([&](Offset at) { return !(found = at == payload && !is_marker(at)); });
    if (!found) return {DamagedPart::header, payload, payload < header_size ? 0 : payload - header_size};
    if (requested_of(payload) != requested) return {DamagedPart::header, payload, payload - 4};
    return guard_damage(payload);
  }

  Damage check() const { return first_damage(*this); }

  template <class F>
  void for_each_damage(F f) const {
    if (load(Control::magic) != magic_word || load(Control::arena_size) != arena_.size() || load(Control::zero) != 0) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    if (const Damage damage = newest_damage()) {
      f(damage);
      return;
    }
    std::uint32_t used = 0;
    const Offset broken = walk_down([&](Offset payload) {
      used += is_marker(payload) ? 0U : 1U;
      if (const Damage damage = guard_damage(payload)) f(damage);
      return true;
    });
    if (broken != 0) {
      f(Damage{DamagedPart::header, broken - header_size, broken - header_size});
      return;
    }
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(top(), arena_.size() - top(), Fill::freed); found != arena_.size())
        f(Damage{DamagedPart::fill, top(), found});
    }
    if constexpr (Checks::validates) {
      if (load(Control::used_blocks) != used) f(Damage{DamagedPart::control, 0, Control::used_blocks});
    }
  }

  template <class F>
  void for_each_block(F f) const {
    if (arena_.size() == 0) return;
    f(Block{0, control_size, 0, 0, BlockState::control});
    if (newest_damage()) return;
    std::vector<Offset> payloads;
    walk_down([&](Offset payload) { return payloads.push_back(payload), true; });
    for (auto each = payloads.rbegin(); each != payloads.rend(); ++each) f(describe(*each));
    if (top() < end()) f(Block{top(), end() - top(), 0, 0, BlockState::free});
    if (end() < arena_.size()) f(Block{end(), arena_.size() - end(), 0, 0, BlockState::control});
  }

  /// The top, and the markers below it; the free rest is a list of one block.
  Structure structure() const {
    Structure structure;
    if (newest_damage()) return structure;
    if (top() < end()) structure.tell(PartKind::list, "free", {top()});
    structure.tell(PartKind::place, "top", {top()});
    if (newest() != 0) structure.tell(PartKind::place, "newest", {newest()});
    walk_down([&](Offset payload) {
      if (is_marker(payload)) structure.tell(PartKind::place, "marker", {payload - header_size});
      return true;
    });
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, top = 8, newest = 12, used_blocks = 16, zero = 20;
  };
  static constexpr std::uint32_t magic_word = 0x53465948;  // "HYFS"
  static constexpr std::uint32_t marker_bit = 1;

  std::uint32_t load(Offset at) const { return arena_.load(at); }
  Offset end() const { return arena_.size() & ~(granule - 1); }
  Offset top() const { return load(Control::top); }
  Offset newest() const { return load(Control::newest); }
  bool is_marker(Offset payload) const { return (load(payload - header_size) & marker_bit) != 0; }
  Offset before(Offset payload) const { return load(payload - header_size) & ~marker_bit; }
  std::uint32_t requested_of(Offset payload) const { return load(payload - 4); }
  static Offset end_of(Offset payload, std::uint32_t requested) {
    return static_cast<Offset>(align_up(std::uint64_t{payload} + requested, granule));
  }
  /// Where a payload's block begins: where the one before it ends.
  Offset begin_of(Offset payload) const {
    const Offset below = before(payload);
    return below == 0 ? control_size : end_of(below, requested_of(below));
  }
  Block describe(Offset payload) const {
    const Offset begin = begin_of(payload);
    const std::uint32_t requested = requested_of(payload), size = end_of(payload, requested) - begin;
    if (is_marker(payload)) return {begin, size, 0, 0, BlockState::control};
    return {begin, size, payload, requested, BlockState::used};
  }

  // Believing the arena: headers may have been overwritten, so nothing is followed that cannot be a block.
  /// Whether the bytes before `payload` can be a header of a block that ends at `block_end` at the latest.
  bool is_header(Offset payload, Offset block_end) const {
    if (payload < control_size + header_size || payload > block_end || payload % granule != 0) return false;
    const std::uint32_t link = load(payload - header_size), requested = requested_of(payload);
    if (link % granule > marker_bit || requested > block_end - payload) return false;
    return ((link & marker_bit) != 0) == (requested == 0);
  }
  /// Calls `f(payload)` from the newest block down until it returns false. The payload whose header leads nowhere, 0
  /// when there is none. Requires that the newest block is not damaged.
  template <class F>
  Offset walk_down(F f) const {
    for (Offset payload = newest(); payload != 0; payload = before(payload)) {
      const Offset below = before(payload), header = payload - header_size;
      if (below != 0 && (below >= payload || !is_header(below, header))) return payload;
      if (header - begin_of(payload) >= arena_alignment) return payload;
      if (!f(payload)) return 0;
    }
    return 0;
  }
  /// Damage to the control words that lead to the newest block, or to its header.
  Damage newest_damage() const {
    if (newest() == 0) return top() == control_size ? Damage{} : Damage{DamagedPart::control, 0, Control::top};
    if (top() > end() || !is_header(newest(), top()) || end_of(newest(), requested_of(newest())) != top())
      return {DamagedPart::control, 0, Control::newest};
    return {};
  }
  Damage guard_damage(Offset payload) const {
    if constexpr (Checks::fills) {
      const Offset begin = begin_of(payload), header = payload - header_size;
      if (const Offset found = arena_.first_unlike(begin, header - begin, Fill::guard); found != header)
        return {DamagedPart::guard, begin, found};
      const Offset guard = payload + requested_of(payload), block_end = end_of(payload, requested_of(payload));
      if (const Offset found = arena_.first_unlike(guard, block_end - guard, Fill::guard); found != block_end)
        return {DamagedPart::guard, begin, found};
    }
    return {};
  }
  /// Tells it while it can still be seen: the bytes are about to be written.
  void inspect_guard(Offset payload) const {
    if (const Damage damage = guard_damage(payload)) arena_.watch().damage(damage);
  }
  void inspect_fill(Offset from, Offset to) const {
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(from, to - from, Fill::freed); found != to)
        arena_.watch().damage({DamagedPart::fill, from, found});
    }
  }
  AllocError refuse(Damage damage) const {
    arena_.watch().damage(damage);
    return AllocError::damaged;
  }

  // Writing.
  void count(std::int64_t change) {
    if constexpr (Checks::validates)
      arena_.store(Control::used_blocks,
                   static_cast<std::uint32_t>(static_cast<std::int64_t>(load(Control::used_blocks)) + change));
  }
  void push(Offset payload, std::uint32_t requested, std::uint32_t link) {
    arena_.store(payload - header_size, link);
    arena_.store(payload - 4, requested);
    arena_.store(Control::newest, payload);
    arena_.store(Control::top, end_of(payload, requested));
    report(payload);
    report_free();
  }
  void pop() {
    const Offset payload = newest(), begin = begin_of(payload), block_end = top();
    inspect_guard(payload);
    if (!is_marker(payload)) count(-1);
    arena_.store(Control::newest, before(payload));
    arena_.store(Control::top, begin);
    if constexpr (Checks::fills) arena_.fill(begin, block_end - begin, Fill::freed);
    report_free();
  }
  void report(Offset payload) const { arena_.watch().block(describe(payload)); }
  void report_free() const {
    if (top() < end()) arena_.watch().block({top(), end() - top(), 0, 0, BlockState::free});
  }

  Arena<Watch> arena_;
};

}  // namespace heapyard
