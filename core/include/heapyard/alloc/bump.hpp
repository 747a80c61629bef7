#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <cstdint>

namespace heapyard {

/// The least that an allocator can be: an offset that moves up.
///
///     arena   | control 24 | begins: a bit for each 8 bytes | holes: the same | block | block | … | top … free … |
///     rest | block   | payload ………… | padding | hole    | what aligns the block behind it |
///
/// 1. Allocate: align the top, give it out, move it behind the block.
/// 2. Deallocate: the newest block only, the top goes back to where it began; then no block is the newest. Any other is
///    `out_of_order`: it stays until all is given back at once.
/// 3. Reallocate: the newest block changes its size in place, any other is `out_of_order`.
/// 4. `reset()` gives everything back.
/// 5. A checking bump allocator keeps in its bits where blocks and holes begin.
///
/// No header, no search, no fragmentation but the padding. Only a checking one can tell its blocks apart: without the
/// bits, `judge`, `damage_at` and `for_each_block` take what lies below the top for one hole. Complexity: allocate and
/// deallocate O(1), a checking deallocate O(block / 256); judge and check O(arena / 8).
/// Source: D. R. Hanson, Fast Allocation and Deallocation of Memory Based on Object Lifetimes, 1990.
template <class Checks = Unchecked, class Watch = Unwatched>
class Bump {
 public:
  static constexpr bool releases_newest_only = true;
  static constexpr std::uint32_t control_size = 24, granule = 8;
  static constexpr std::uint32_t smallest_arena = control_size + 3 * granule;

  /// What a request of `size` bytes takes, a hole for its alignment apart. Requires a size below 2^63.
  static constexpr std::uint64_t block_bytes(std::uint64_t size) { return align_up(size, granule); }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit Bump(Arena<Watch> arena) : arena_(arena.or_blank(arena.size() >= smallest_arena)) {}

  /// Makes the arena empty. Errors: `arena_too_small` below `smallest_arena`. O(arena) when it fills.
  AllocError format() {
    if (arena_.size() < smallest_arena || first() >= end()) return AllocError::arena_too_small;
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    if constexpr (!Checks::validates) arena_.fill(begins(), first() - begins(), Fill::zero);  // else reset() does
    arena_.watch().block({0, first(), 0, 0, BlockState::control});
    reset();
    if (end() < arena_.size()) arena_.watch().block({end(), arena_.size() - end(), 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Gives everything back. O(arena) when it fills, O(arena / 64) when it keeps its bits, else O(1).
  void reset() {
    if (arena_.size() == 0) return;
    arena_.store(Control::top, first());
    arena_.store(Control::used_blocks, 0);
    forget_newest(first());
    if constexpr (Checks::validates) arena_.fill(begins(), first() - begins(), Fill::zero);
    if constexpr (Checks::fills) arena_.fill(first(), arena_.size() - first(), Fill::freed);
    arena_.watch().block({first(), end() - first(), 0, 0, BlockState::free});
  }

  /// Errors: `zero_size`, `alignment_too_large` above 4096, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if constexpr (Checks::validates) {
      if (!is_top_true()) {
        arena_.watch().damage({DamagedPart::control, 0, Control::top});
        return AllocError::damaged;
      }
    }
    const Offset hole = top(), limit = end();
    const std::uint64_t payload = align_up(hole, std::max<std::uint64_t>(layout.alignment(), granule));
    // The first comparison keeps the sum of the second from passing 64 bits.
    if (layout.size() > limit || align_up(payload + layout.size(), granule) > limit) return AllocError::out_of_memory;
    const auto at = static_cast<Offset>(payload), requested = static_cast<std::uint32_t>(layout.size());
    const Offset after = end_of(at, requested);
    inspect_fill(at, after);
    arena_.store(Control::top, after);
    arena_.store(Control::newest, at);
    if constexpr (Checks::validates) arena_.store(Control::forgotten, 0);
    if (at > hole) {
      mark(hole, true, true);
      arena_.watch().block({hole, at - hole, 0, 0, BlockState::free});
    }
    mark(at, true, false);
    count(1);
    fill_used(at, 0, requested);
    arena_.watch().block({at, after - at, at, requested, BlockState::used});
    report_free();
    return at;
  }

  FaultKind deallocate(Offset payload) {
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
    } else if (payload != newest() || payload == 0) {
      return FaultKind::out_of_order;
    }
    const Offset block_end = top();
    arena_.store(Control::top, payload);
    forget_newest(payload);
    mark(payload, false, false);
    count(-1);
    if constexpr (Checks::fills) arena_.fill(payload, block_end - payload, Fill::freed);
    report_free();
    return FaultKind::none;
  }

  /// Errors: `refused` when the payload is no live allocation, `out_of_order` when it is not the newest or cannot stay
  /// where it is, and those of `allocate`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if constexpr (Checks::validates) {
      const FaultKind fault = judge(payload);
      if (fault != FaultKind::none && fault != FaultKind::out_of_order) return AllocError::refused;
    }
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if (layout.size() > end()) return AllocError::out_of_memory;
    if (payload != newest() || payload % layout.alignment() != 0) return AllocError::out_of_order;
    if (align_up(std::uint64_t{payload} + layout.size(), granule) > end()) return AllocError::out_of_memory;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const Offset before = top(), after = end_of(payload, requested);
    inspect_fill(before, std::max(before, after));
    arena_.store(Control::top, after);
    fill_used(payload, before - payload, requested);
    if constexpr (Checks::fills) {
      if (after < before) arena_.fill(after, before - after, Fill::freed);
    }
    if (after != before)
      arena_.watch().note({after > before ? NoteKind::grown : NoteKind::shrunk, payload, after - payload});
    arena_.watch().block({payload, after - payload, payload, requested, BlockState::used});
    if (after != before) report_free();
    return payload;
  }

  /// An offset inside free memory is called a double free.
  FaultKind judge(Offset payload) const {
    if (payload < first() || payload >= end()) return FaultKind::foreign_pointer;
    if (!is_top_true()) return FaultKind::damage;
    if (payload >= top()) return FaultKind::double_free;
    Offset block = payload & ~(granule - 1);
    while (block > first() && !bit(begins(), block)) block -= granule;
    if (!bit(begins(), block) || bit(holes(), block)) return FaultKind::double_free;
    if (block != payload) return FaultKind::interior_pointer;
    if (payload != newest()) return FaultKind::out_of_order;
    // Where another begins behind it, it is not the newest: what overwrote that word would have live blocks given back.
    return Checks::validates && begins_between(payload + granule, top()) ? FaultKind::damage : FaultKind::none;
  }

  /// What fills the newest block to its last granule. Requires the newest payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) {
    return {top() - payload - granule + 1, top() - payload};
  }

  /// Damage to the guard bytes behind a live block's first `requested` bytes, or to its bits. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    const FaultKind fault = judge(payload);
    if ((fault != FaultKind::none && fault != FaultKind::out_of_order) || requested > top() - payload)
      return {DamagedPart::control, payload, payload < first() || payload >= end() ? 0 : word_of(begins(), payload)};
    const Offset block_end = next_begin(payload);
    if (block_end != end_of(payload, requested)) return {DamagedPart::control, payload, word_of(begins(), block_end)};
    if constexpr (Checks::fills) {
      const Offset guard = payload + requested;
      if (const Offset found = arena_.first_unlike(guard, block_end - guard, Fill::guard); found != block_end)
        return {DamagedPart::guard, payload, found};
    }
    return {};
  }

  Damage check() const { return first_damage(*this); }

  template <class F>
  void for_each_damage(F f) const {
    if (load(Control::magic) != magic_word || load(Control::arena_size) != arena_.size()) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    if (!is_top_sane()) {
      f(Damage{DamagedPart::control, 0, Control::top});
      return;
    }
    if constexpr (Checks::validates) {
      std::uint32_t used = 0;
      Offset last = 0;
      for (Offset at = first(); at < top(); at = next_begin(at)) {
        if (!bit(begins(), at)) return f(Damage{DamagedPart::control, at, word_of(begins(), at)});
        if (bit(holes(), at)) {
          const Offset hole_end = next_begin(at);
          const Offset found = Checks::fills ? arena_.first_unlike(at, hole_end - at, Fill::freed) : hole_end;
          if (found != hole_end) f(Damage{DamagedPart::fill, at, found});
        } else {
          ++used;
          last = at;
        }
      }
      if (const Damage damage = bits_damage()) f(damage);
      const bool is_newest_sane =
          newest() == 0 ? load(Control::forgotten) == top() : newest() == last && load(Control::forgotten) == 0;
      if (!is_newest_sane) f(Damage{DamagedPart::control, 0, Control::newest});
      if (load(Control::used_blocks) != used) f(Damage{DamagedPart::control, 0, Control::used_blocks});
    }
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(top(), arena_.size() - top(), Fill::freed); found != arena_.size())
        f(Damage{DamagedPart::fill, top(), found});
    }
  }

  /// Requested sizes are not in the arena: a used block's payload is told as the whole block.
  template <class F>
  void for_each_block(F f) const {
    if (arena_.size() == 0) return;
    f(Block{0, first(), 0, 0, BlockState::control});
    if (!is_top_sane()) return;
    for (Offset at = first(); at < top();) {
      const Offset next = next_begin(at);
      if (bit(begins(), at) && !bit(holes(), at)) {
        f(Block{at, next - at, at, next - at, BlockState::used});
      } else {
        f(Block{at, next - at, 0, 0, BlockState::free});
      }
      at = next;
    }
    if (top() < end()) f(Block{top(), end() - top(), 0, 0, BlockState::free});
    if (end() < arena_.size()) f(Block{end(), arena_.size() - end(), 0, 0, BlockState::control});
  }

  Structure structure() const {
    Structure structure;
    if (!is_top_sane()) return structure;
    structure.tell(PartKind::place, "top", {top()});
    if (newest() >= first() && newest() < top()) structure.tell(PartKind::place, "newest", {newest()});
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, top = 8, newest = 12, used_blocks = 16, forgotten = 20;
  };
  static constexpr std::uint32_t magic_word = 0x55465948;  // "HYFU"

  std::uint32_t load(Offset at) const { return arena_.load(at); }
  Offset top() const { return load(Control::top); }
  Offset newest() const { return load(Control::newest); }
  Offset end() const { return arena_.size() & ~(granule - 1); }
  std::uint32_t bits_bytes() const { return (arena_.size() / granule + 31) / 32 * 4; }
  Offset begins() const { return control_size; }
  Offset holes() const { return control_size + bits_bytes(); }
  Offset first() const { return control_size + 2 * bits_bytes(); }
  bool is_top_sane() const { return top() >= first() && top() <= end() && top() % granule == 0; }
  /// Whether the newest block, too, says that the top can lie there: below it blocks are, and nothing may be put.
  bool is_top_true() const {
    if (!is_top_sane()) return false;
    return !Checks::validates || (newest() == 0 ? load(Control::forgotten) == top() : newest() < top());
  }
  static Offset end_of(Offset payload, std::uint32_t requested) {
    return static_cast<Offset>(align_up(std::uint64_t{payload} + requested, granule));
  }

  static Offset word_of(Offset bits, Offset at) { return bits + at / granule / 32 * 4; }
  bool bit(Offset bits, Offset at) const { return (load(word_of(bits, at)) >> (at / granule % 32) & 1) != 0; }
  void set_bit(Offset bits, Offset at, bool value) {
    const Offset word = word_of(bits, at);
    const std::uint32_t mask = 1U << (at / granule % 32);
    arena_.store(word, value ? load(word) | mask : load(word) & ~mask);
  }
  void mark(Offset at, bool begins_here, bool hole) {
    if constexpr (Checks::validates) {
      set_bit(begins(), at, begins_here);
      set_bit(holes(), at, hole);
    }
  }
  /// Where the block or hole at `at` ends.
  Offset next_begin(Offset at) const {
    do at += granule;
    while (at < top() && !bit(begins(), at));
    return at;
  }
  /// Whether a block or hole begins from `at` on, before `to`. O(bytes / 256).
  bool begins_between(Offset at, Offset to) const {
    constexpr Offset of_word = 32 * granule;
    while (at < to) {
      if (at % of_word == 0 && to - at >= of_word) {
        if (load(word_of(begins(), at)) != 0) return true;
        at += of_word;
      } else {
        if (bit(begins(), at)) return true;
        at += granule;
      }
    }
    return false;
  }
  /// Bits where nothing begins, or that nobody writes.
  Damage bits_damage() const {
    for (Offset word = begins(); word < holes(); word += 4) {
      const Offset hole_word = word + bits_bytes();
      if ((load(hole_word) & ~load(word)) != 0) return {DamagedPart::control, 0, hole_word};
      const Offset from = (word - begins()) * 8 * granule;  // what the word's first bit stands for
      for (std::uint32_t i = 0; i < 32; ++i) {
        const std::uint64_t at = from + std::uint64_t{i} * granule;
        if ((load(word) >> i & 1) != 0 && (at < first() || at >= top())) return {DamagedPart::control, 0, word};
      }
    }
    return {};
  }

  /// No block is the newest. A checking allocator says so twice, so that a newest that was overwritten is found.
  void forget_newest(Offset top) {
    arena_.store(Control::newest, 0);
    if constexpr (Checks::validates) arena_.store(Control::forgotten, top);
  }
  void count(std::int64_t change) {
    if constexpr (Checks::validates)
      arena_.store(Control::used_blocks,
                   static_cast<std::uint32_t>(static_cast<std::int64_t>(load(Control::used_blocks)) + change));
  }
  /// Marks what is new of a block, of which `kept` bytes were there before, and the padding behind it.
  void fill_used(Offset payload, std::uint32_t kept, std::uint32_t requested) {
    if constexpr (Checks::fills) {
      if (requested > kept) arena_.fill(payload + kept, requested - kept, Fill::fresh);
      const Offset guard = payload + requested;
      arena_.fill(guard, end_of(payload, requested) - guard, Fill::guard);
    }
  }
  void inspect_fill(Offset from, Offset to) const {
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(from, to - from, Fill::freed); found != to)
        arena_.watch().damage({DamagedPart::fill, from, found});
    }
  }
  void report_free() const {
    if (top() < end()) arena_.watch().block({top(), end() - top(), 0, 0, BlockState::free});
  }

  Arena<Watch> arena_;
};

}  // namespace heapyard
