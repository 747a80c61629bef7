#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/alloc/boundary_tags.hpp"
#include "heapyard/base/align.hpp"

#include <algorithm>
#include <cstdint>

namespace heapyard {

/// A general allocator: one list of free blocks, first fit, boundary tags, immediate coalescing.
///
///     free    | size+flags 4 | next 4 | previous 4 | ………………… | size 4 |
///
/// Blocks, headers and flags are those of `BoundaryTags`; free blocks hold their links besides.
///
/// 1. Allocate: walk the free list from its head; the first block that fits (with room to align the payload) is taken.
///    What is left in front and behind becomes free blocks of its own (split), each put at the head of the list.
/// 2. Deallocate: join the block with its free neighbours, found by size and by boundary tag (coalesce); put the result
///    at the head of the list.
/// 3. Reallocate: shrink by splitting, grow into a free block behind, else allocate, copy and deallocate.
///
/// Complexity: allocate O(free blocks), deallocate O(1), check O(blocks). The large remainders of splits stay near the
/// head, which keeps walks short: 2 to 18 blocks on average over random traces with 100,000 live blocks, where
/// remainders that keep their block's place leave small ones in front that make it thousands.
///
/// Source: D. E. Knuth, The Art of Computer Programming 1, 2.5, algorithms A and C and exercise 2.5-12 (boundary tags).
template <class Checks = Unchecked, class Watch = Unwatched>
class FreeList : private BoundaryTags<Watch> {
  using Tags = BoundaryTags<Watch>;

 public:
  using Tags::control_size, Tags::header_size, Tags::granule, Tags::smallest_block, Tags::smallest_arena;

  /// What a request of `size` bytes takes, padding for a larger alignment apart. Requires a size below 2^63.
  static constexpr std::uint64_t block_bytes(std::uint64_t size) { return align_up(size + header_size, granule); }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit FreeList(Arena<Watch> arena) : Tags(arena) {}

  /// Makes the whole arena one free block. Errors: `arena_too_small` below `smallest_arena`. O(arena) when it fills.
  AllocError format() {
    if (arena_.size() < smallest_arena) return AllocError::arena_too_small;
    const Offset end = end_block();
    if constexpr (Checks::fills) arena_.fill(control_size, arena_.size() - control_size, Fill::freed);
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    arena_.store(Control::head, 0);
    arena_.store(Control::used_blocks, 0);
    arena_.store(Control::free_blocks, 0);
    arena_.store(Control::free_bytes, 0);
    arena_.store(end, used_flag);
    arena_.store(end + 4, 0);
    arena_.watch().block({0, control_size, 0, 0, BlockState::control});
    write_free(first_block, end - first_block);
    push(first_block);
    arena_.watch().block({end, arena_.size() - end, 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `alignment_too_large` above 4096, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if (layout.size() > largest_request()) return AllocError::out_of_memory;
    const std::uint32_t needed = block_size_for(layout);
    const auto alignment = static_cast<std::uint32_t>(std::max<std::uint64_t>(layout.alignment(), granule));

    [[maybe_unused]] Offset previous = 0;
    for (Offset block = head(); block != 0; block = next_free(block)) {
      if constexpr (Checks::validates) {
        // A block that names another as its previous ends the walk: so no list is walked in a circle.
        if (!is_free_block(block) || previous_free(block) != previous) return refuse(next_link_damage(previous));
        previous = block;
      }
      const std::uint32_t size = size_of(block);
      const std::uint32_t gap = payload_in(block, alignment) - header_size - block;
      if (size >= needed && size - needed >= gap) {
        if constexpr (Checks::validates) {
          if (const Damage damage = link_damage(block)) return refuse(damage);
        }
        arena_.watch().note({NoteKind::chosen, block, size});
        return take(block, gap, needed, static_cast<std::uint32_t>(layout.size()));
      }
      arena_.watch().note({NoteKind::visited, block, size});
    }
    return AllocError::out_of_memory;
  }

  /// Besides misuse, refuses as `damage` a block whose free neighbours were overwritten, and reports them: it stays
  /// used.
  FaultKind deallocate(Offset payload) {
    const Offset block = payload - header_size;
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
      if (!believe_neighbours(block)) return FaultKind::damage;
    }
    count(Control::used_blocks, -1);
    release(block, size_of(block));
    return FaultKind::none;
  }

  /// Errors: `refused` when the payload is no live allocation, and those of `allocate`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if constexpr (Checks::validates) {
      if (judge(payload) != FaultKind::none) return AllocError::refused;
    }
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if (layout.size() > largest_request()) return AllocError::out_of_memory;
    const bool aligned = layout.alignment() <= granule || payload % layout.alignment() == 0;
    if (aligned && resize_in_place(payload - header_size, layout)) return payload;

    const std::uint32_t kept = std::min(requested_of(payload - header_size), static_cast<std::uint32_t>(layout.size()));
    const Result<Offset> moved = allocate(layout);
    if (!moved) return moved;
    arena_.copy(*moved, payload, kept);
    arena_.watch().note({NoteKind::moved, *moved, kept});
    deallocate(payload);
    return moved;
  }

  /// A payload's own header and its neighbour's are read; only where they do not prove it live are the blocks walked.
  /// An offset inside free memory is called a double free: the arena cannot tell whether it was ever given out.
  FaultKind judge(Offset payload) const {
    if (payload < first_block + header_size || payload >= end_block()) return FaultKind::foreign_pointer;
    if (payload % granule == 0 && is_used_block(payload - header_size)) return FaultKind::none;
    for (Offset block = first_block; block < end_block(); block = block_after(block)) {
      if (!has_sane_size(block)) return FaultKind::damage;
      if (payload >= block_after(block)) continue;
      if (!is_used(block)) return FaultKind::double_free;
      return payload == block + header_size ? FaultKind::damage : FaultKind::interior_pointer;
    }
    return FaultKind::damage;
  }

  /// Damage to a live block's header or to the guard bytes behind its payload. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    const Offset block = payload - header_size;
    if (const Damage damage = used_block_damage(block)) return damage;
    if (requested_of(block) != requested) return {DamagedPart::header, block, block + 4};
    if constexpr (Checks::fills) {
      const Offset guard = payload + requested_of(block);
      const Offset found = arena_.first_unlike(guard, block_after(block) - guard, Fill::guard);
      if (found != block_after(block)) return {DamagedPart::guard, block, found};
    }
    return {};
  }

  Damage check() const { return first_damage(*this); }

  /// A header that cannot be believed ends the walk: what lies behind it cannot be found.
  template <class F>
  void for_each_damage(F f) const {
    if (load(Control::magic) != magic_word || load(Control::arena_size) != arena_.size()) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    Counts walked;
    bool headers_damaged = false;
    bool previous_free = false;
    Offset block = first_block;
    for (; block < end_block() && has_sane_size(block); block = block_after(block)) {
      const bool used = is_used(block);
      const Damage damage = block_damage(block, previous_free);
      if (damage) f(damage);
      const bool is_broken = damage.part == DamagedPart::header || damage.part == DamagedPart::control;
      headers_damaged = headers_damaged || is_broken;
      // One overwritten word is not told twice, as its own damage and as that of its neighbour.
      previous_free = is_broken ? is_previous_free(block_after(block)) : !used;
      ++(used ? walked.used : walked.free);
      walked.free_bytes += used ? 0 : size_of(block);
    }
    if (block < end_block()) {
      f(Damage{DamagedPart::header, block, block});
      return;
    }
    if (const Damage damage = end_damage(previous_free)) f(damage);
    if (headers_damaged) return;
    if (const Damage damage = list_damage(walked)) f(damage);
  }

  template <class F>
  void for_each_block(F f) const {
    f(Block{0, control_size, 0, 0, BlockState::control});
    for (Offset block = first_block; block < end_block() && has_sane_size(block); block = block_after(block))
      f(describe(block));
    f(Block{end_block(), arena_.size() - end_block(), 0, 0, BlockState::control});
  }

  template <class F>
  void for_each_link(F f) const {
    std::uint32_t left = arena_.size() / smallest_block;
    for (Offset block = head(); left-- > 0 && is_free_block(block); block = next_free(block)) {
      if (const Offset next = next_free(block); is_free_block(next)) f(Link{block, next});
    }
  }

  Offset first_free() const { return is_free_block(head()) ? head() : 0; }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  using Tags::arena_, Tags::load, Tags::size_of, Tags::is_used, Tags::is_previous_free, Tags::requested_of,
      Tags::block_after, Tags::block_before, Tags::describe, Tags::end_block, Tags::first_block, Tags::footer_size;
  using Tags::is_block_offset, Tags::has_sane_size, Tags::is_used_block, Tags::is_free_block, Tags::used_block_damage,
      Tags::free_block_damage, Tags::set_previous_free, Tags::write_free, Tags::used_flag, Tags::previous_free_flag;

  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, head = 8, used_blocks = 12, free_blocks = 16, free_bytes = 20;
  };
  struct Counts {
    std::uint32_t used = 0, free = 0, free_bytes = 0;
  };
  static constexpr std::uint32_t magic_word = 0x4c465948;  // "HYFL"
  static constexpr std::uint32_t links_end = 12;           // a free block's header, next and previous

  Offset head() const { return load(Control::head); }
  Offset next_free(Offset block) const { return load(block + 4); }
  Offset previous_free(Offset block) const { return load(block + 8); }
  /// The payload that an empty arena has room for; a larger size would not fit 32 bits once its header is added.
  std::uint32_t largest_request() const { return end_block() - first_block - header_size; }

  static std::uint32_t block_size_for(Layout layout) { return static_cast<std::uint32_t>(block_bytes(layout.size())); }
  static Offset payload_in(Offset block, std::uint32_t alignment) {
    return static_cast<Offset>(align_up(block + header_size, alignment));
  }

  // Writing. What was once read and judged is passed on, not read again: where blocks were made to overlap, the first
  // write may change what the next would read.
  void count(Offset counter, std::int64_t change) {
    if constexpr (Checks::validates)
      arena_.store(counter, static_cast<std::uint32_t>(static_cast<std::int64_t>(load(counter)) + change));
  }
  void write_used(Offset block, std::uint32_t size, std::uint32_t requested, bool previous_is_free) {
    arena_.store(block, size | used_flag | (previous_is_free ? previous_free_flag : 0));
    arena_.store(block + 4, requested);
    if constexpr (Checks::fills) {
      const Offset guard = block + header_size + requested;
      arena_.fill(guard, block + size - guard, Fill::guard);
    }
    arena_.watch().block({block, size, block + header_size, requested, BlockState::used});
  }
  void set_next(Offset block, Offset next) { arena_.store(block == 0 ? Control::head : block + 4, next); }
  void set_previous(Offset block, Offset previous) {
    if (block != 0) arena_.store(block + 8, previous);
  }
  void push(Offset block) {
    Offset next = head();
    if constexpr (Checks::validates) {
      if (next != 0 && (next == block || !is_free_block(next) || previous_free(next) != 0)) {
        arena_.watch().damage(next_link_damage(0));
        next = 0;
      }
    }
    set_next(0, block);
    set_next(block, next);
    set_previous(block, 0);
    set_previous(next, block);
    count(Control::free_blocks, 1);
    count(Control::free_bytes, size_of(block));
    arena_.watch().note({NoteKind::linked, block, size_of(block)});
  }
  void unlink(Offset block) {
    const Offset next = next_free(block), previous = previous_free(block);
    set_next(previous, next);
    set_previous(next, previous);
    count(Control::free_blocks, -1);
    count(Control::free_bytes, -std::int64_t{size_of(block)});
  }

  /// Damage to the fill of a free block, in the part that is about to be used.
  void inspect_fill(Offset block, Offset from, Offset to) const {
    if constexpr (Checks::fills) {
      from = std::max(from, block + links_end);
      to = std::min(to, block_after(block) - footer_size);
      if (from >= to) return;
      const Offset found = arena_.first_unlike(from, to - from, Fill::freed);
      if (found != to) arena_.watch().damage({DamagedPart::fill, block, found});
    }
  }

  /// Takes `needed` bytes out of a free block, `gap` bytes from its start; what is left before and behind stays free.
  Offset take(Offset block, std::uint32_t gap, std::uint32_t needed, std::uint32_t requested) {
    const std::uint32_t size = size_of(block), rest = size - gap - needed;
    const Offset used = block + gap, payload = used + header_size;
    inspect_fill(block, used, used + needed + (rest > 0 ? links_end : 0));

    unlink(block);
    if (gap > 0) {
      write_free(block, gap);
      arena_.watch().note({NoteKind::split, used, size - gap});
    }
    write_used(used, needed, requested, gap > 0);
    if (rest > 0) {
      write_free(used + needed, rest);
      arena_.watch().note({NoteKind::split, used + needed, rest});
      push(used + needed);
    } else {
      set_previous_free(used + needed, false);
    }
    if (gap > 0) push(block);
    if constexpr (Checks::fills) arena_.fill(payload, requested, Fill::fresh);
    count(Control::used_blocks, 1);
    return payload;
  }

  /// Makes `size` bytes at `block`, which no list holds, a free block; joins it with its free neighbours, which were
  /// believed. (Unlinking one changes links alone, so it leaves the other as it was judged.)
  void release(Offset block, std::uint32_t size) {
    Offset begin = block, end = block + size;
    Offset fill_from = block + links_end, fill_to = end - footer_size;
    if (is_previous_free(block)) {
      begin = block_before(block);
      unlink(begin);
      fill_from = block - footer_size;
      arena_.watch().note({NoteKind::coalesced, begin, end - begin});
    }
    if (has_free_neighbour(end)) {
      const Offset next = end;
      end = block_after(next);
      unlink(next);
      fill_to = std::min(next + links_end, end - footer_size);
      arena_.watch().note({NoteKind::coalesced, begin, end - begin});
    }
    fill_from = std::max(fill_from, begin + links_end);
    if constexpr (Checks::fills) {
      if (fill_from < fill_to) arena_.fill(fill_from, fill_to - fill_from, Fill::freed);
    }
    write_free(begin, end - begin);
    push(begin);
  }

  // Damage. What was overwritten is not followed; it is reported, as exactly as the arena can tell.
  bool has_free_neighbour(Offset after) const { return after < end_block() && !is_used(after); }
  bool believe_neighbours(Offset block) const {
    if (is_previous_free(block)) {
      const Offset before = block_before(block);
      if (!is_block_offset(before) || before > block || block_after(before) != block || is_used(before)) {
        arena_.watch().damage({DamagedPart::header, block, block - footer_size});
        return false;
      }
      if (!believe_free(before)) return false;
    }
    return !has_free_neighbour(block_after(block)) || believe_free(block_after(block));
  }
  bool believe_free(Offset block) const {
    if constexpr (Checks::validates) {
      Damage damage = free_block_damage(block);
      if (!damage) damage = link_damage(block);
      if (damage) arena_.watch().damage(damage);
      return !damage;
    }
    return true;
  }
  AllocError refuse(Damage damage) const {
    arena_.watch().damage(damage);
    return AllocError::damaged;
  }
  /// Damage to the link to the next free block, from `block` or, for 0, from the head: it may be the link that was
  /// overwritten or the block that it leads to, which is the one told when it can be one.
  Damage next_link_damage(Offset block) const {
    const Offset next = block == 0 ? head() : next_free(block);
    // One of its two marks still stands: then it is a free block, and the other mark was overwritten.
    if (!is_free_block(next) && is_block_offset(next) && has_sane_size(next) && !is_used(next) &&
        (load(block_after(next) - footer_size) == size_of(next) || is_previous_free(block_after(next))))
      return free_block_damage(next);
    return {DamagedPart::link, is_block_offset(next) ? next : block, block == 0 ? Control::head : block + 4};
  }
  /// Where the links of a free block and those of its neighbours in the list disagree.
  Damage link_damage(Offset block) const {
    const Offset next = next_free(block), previous = previous_free(block);
    if (next != 0 && !(is_free_block(next) && previous_free(next) == block)) return next_link_damage(block);
    if (previous == 0 ? head() == block : is_free_block(previous) && next_free(previous) == block) return {};
    return {DamagedPart::link, is_block_offset(previous) ? previous : block, block + 8};
  }

  bool resize_in_place(Offset block, Layout layout) {
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const std::uint32_t needed = block_size_for(layout), size = size_of(block), before = requested_of(block);
    const Offset next = block + size;
    if (needed != size && has_free_neighbour(next) && !believe_free(next)) return false;
    std::uint32_t room = size;
    if (needed > size) {
      if (!has_free_neighbour(next)) return false;
      room += size_of(next);
      if (needed > room) return false;
      inspect_fill(next, next, block + needed + links_end);
      unlink(next);
    }
    const std::uint32_t rest = room - needed;
    write_used(block, needed, requested, is_previous_free(block));
    if constexpr (Checks::fills) {
      if (requested > before) arena_.fill(block + header_size + before, requested - before, Fill::fresh);
    }
    if (needed != size) arena_.watch().note({needed > size ? NoteKind::grown : NoteKind::shrunk, block, needed});
    if (rest == 0 && needed > size) set_previous_free(block + needed, false);
    if (rest > 0) {
      if (needed > size) {
        write_free(block + needed, rest);
        push(block + needed);
      } else {
        // The freed tail was a used block's: it has no free neighbour before it, and maybe one behind.
        arena_.store(block + needed, rest | used_flag);
        release(block + needed, rest);
      }
    }
    return true;
  }

  Damage block_damage(Offset block, bool previous_free) const {
    const bool used = is_used(block);
    if (is_previous_free(block) != previous_free || (!used && previous_free))
      return {DamagedPart::header, block, block};
    if (used) return damage_at(block + header_size, requested_of(block));
    const Offset footer = block_after(block) - footer_size;
    if (const Damage damage = free_block_damage(block)) return damage;
    if constexpr (Checks::fills) {
      const Offset from = std::min(block + links_end, footer);
      if (const Offset found = arena_.first_unlike(from, footer - from, Fill::freed); found != footer)
        return {DamagedPart::fill, block, found};
    }
    return {};
  }

  Damage end_damage(bool previous_free) const {
    const Offset end = end_block();
    if (load(end) != (used_flag | (previous_free ? previous_free_flag : 0)) || load(end + 4) != 0)
      return {DamagedPart::control, end, end};
    if constexpr (Checks::fills) {
      const Offset rest = end + header_size;
      if (const Offset found = arena_.first_unlike(rest, arena_.size() - rest, Fill::freed); found != arena_.size())
        return {DamagedPart::control, end, found};
    }
    return {};
  }

  Damage list_damage(const Counts& walked) const {
    std::uint32_t listed = 0;
    Offset previous = 0;
    for (Offset block = head(); block != 0; block = next_free(block)) {
      if (++listed > walked.free || !is_free_block(block)) return next_link_damage(previous);
      if (previous_free(block) != previous) return previous == 0 ? next_link_damage(0) : link_damage(previous);
      previous = block;
    }
    if (listed != walked.free) return {DamagedPart::link, 0, Control::head};
    if constexpr (Checks::validates) {
      if (load(Control::used_blocks) != walked.used || load(Control::free_blocks) != walked.free ||
          load(Control::free_bytes) != walked.free_bytes)
        return {DamagedPart::control, 0, Control::used_blocks};
    }
    return {};
  }
};

}  // namespace heapyard
