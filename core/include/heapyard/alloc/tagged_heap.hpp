#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/alloc/boundary_tags.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace heapyard {

/// A free block that was found for a request, and how far into it the used one begins.
struct FreeBlock {
  Offset offset = 0;  ///< 0 when there is none
  std::uint32_t gap = 0;
  Damage damage;  ///< what ended the search
};

/// A general allocator on boundary tags, whatever its lists of free blocks look like: splitting, coalescing, growing in
/// place and all checks. `Lists` says how many lists there are, where their heads lie and which free block is taken.
///
///     control | magic 4 | arena size 4 | of the lists 4 | used blocks 4 | free blocks 4 | free bytes 4 | of the lists
///     | free    | size+flags 4 | next 4 | previous 4 | ………………… | size 4 |
///
/// Blocks, headers and flags are those of `BoundaryTags`; free blocks hold their links besides. The counters are kept
/// by a checking heap only.
///
/// 1. Allocate: `Lists` finds a free block that fits, with room to align the payload. What is left in front and behind
///    becomes free blocks of its own (split), each put into its list.
/// 2. Deallocate: join the block with its free neighbours, found by size and by boundary tag (coalesce); put the result
///    into its list.
/// 3. Reallocate: shrink by splitting, grow into a free block behind, else allocate, copy and deallocate.
///
/// `Lists` is a type of static functions, friends of the heap:
/// - `Plan`: what its functions need that follows from the arena's size, made of it once.
/// - `control_size(arena_size)`: the bytes before the first block, 8 modulo 16; for size 0 the least.
/// - `magic(parameters…)`: the first word; `has_magic(word)`. `block_bytes` and `format` take the same parameters.
/// - `coalesces(heap)`; `head_at(heap, size)`: the word that holds the head of the list for free blocks of that size.
/// - `find(heap, needed, alignment)`: a `FreeBlock`, with no offset when none fits.
/// - `predecessor(heap, head_at, block)`: the block in the list behind which this one is put, 0 for the head.
/// - `note_of_link(previous)`: the inner step that this is.
/// - `inserted(heap, head_at, next)`, `removed(heap, head_at, block, next)`: keep what lies beside the lists true.
///   `next` is the block behind it, 0 for none; `head_at` is 0 for a block that is removed and was not the head.
/// - `is_end_word(heap, word)`: whether the last header's second word may be this.
/// - `damage(heap)`: what is wrong beside the lists; `for_each_list(heap, f)`: `f(BlockList, head_at)` for each of
/// them.
/// - `tell(heap, structure)`: the rest of its structure.
///
/// Headers lie among the payloads and carry no proof of their own: 8 bytes that a program wrote so that they could be a
/// header, with a block behind that could be one, are taken for it, by checking heaps too. To give back or to resize
/// what follows them is not told from the right use. (`Buddy`, `Slab`, `Pool` and `Bump` keep apart what they believe.)
///
/// Complexity: deallocate O(1) besides `predecessor`, check O(blocks), allocate as `find`.
template <class Lists, class Checks, class Watch>
class TaggedHeap : private BoundaryTags<Lists, Watch> {
  using Tags = BoundaryTags<Lists, Watch>;
  friend Lists;

 public:
  static constexpr bool validates = Checks::validates;
  using Tags::header_size, Tags::granule, Tags::smallest_block, Tags::smallest_arena;

  /// What a request of `size` bytes takes, padding for a larger alignment apart. Requires a size below 2^63.
  template <class... Parameters>
  static constexpr std::uint64_t block_bytes(std::uint64_t size, Parameters...) {
    return align_up(size + header_size, granule);
  }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit TaggedHeap(Arena<Watch> arena) : Tags(arena), plan_(arena_.size()) {}

  /// Makes the whole arena one free block. Errors: `arena_too_small` below `smallest_arena`. O(arena) when it fills.
  template <class... Parameters>
  AllocError format(Parameters... parameters) {
    if (arena_.size() < smallest_arena) return AllocError::arena_too_small;
    const Offset first = first_block(), end = end_block();
    if (end < first + smallest_block) return AllocError::arena_too_small;
    arena_.fill(0, first, Fill::zero);
    if constexpr (Checks::fills) arena_.fill(first, arena_.size() - first, Fill::freed);
    arena_.store(Control::magic, Lists::magic(parameters...));
    arena_.store(Control::arena_size, arena_.size());
    arena_.store(end, used_flag);
    arena_.store(end + 4, 0);
    arena_.watch().block({0, first, 0, 0, BlockState::control});
    write_free(first, end - first);
    insert(first, end - first);
    arena_.watch().block({end, arena_.size() - end, 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `alignment_too_large` above 4096, `out_of_memory`, `damaged`. With lists by size (`Tlsf`)
  /// memory can be said to be out while a block would do: one in the list of the request's own size, of which not every
  /// block suffices, or, for a larger alignment, one that happens to lie right.
  Result<Offset> allocate(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    if (layout.size() > largest_request()) return AllocError::out_of_memory;
    const std::uint32_t needed = block_size_for(layout);
    const auto alignment = static_cast<std::uint32_t>(std::max<std::uint64_t>(layout.alignment(), granule));

    const FreeBlock found = Lists::find(*this, needed, alignment);
    if (found.damage) return refuse(found.damage);
    if (found.offset == 0) return AllocError::out_of_memory;
    if constexpr (Checks::validates) {
      if (const Damage damage = link_damage(found.offset)) return refuse(damage);
    }
    arena_.watch().note({NoteKind::chosen, found.offset, size_of(found.offset)});
    return take(found.offset, found.gap, needed, static_cast<std::uint32_t>(layout.size()));
  }

  /// Besides misuse, refuses as `damage` a block whose free neighbours were overwritten, and reports them: it stays
  /// used.
  FaultKind deallocate(Offset payload) {
    const Offset block = payload - header_size;
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
      if (!believe_neighbours(block)) return FaultKind::damage;
    }
    inspect_guard(block);
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
  /// So bytes of a payload, or left behind by one, that look like a header before the offset in question prove it live,
  /// too. An offset inside free memory is called a double free: the arena cannot tell whether it was ever given out.
  FaultKind judge(Offset payload) const {
    if (payload < first_block() + header_size || payload >= end_block()) return FaultKind::foreign_pointer;
    if (payload % granule == 0 && is_used_block(payload - header_size)) return FaultKind::none;
    for (Offset block = first_block(); block < end_block(); block = block_after(block)) {
      if (!has_sane_size(block)) return FaultKind::damage;
      if (payload >= block_after(block)) continue;
      if (!is_used(block)) return FaultKind::double_free;
      return payload == block + header_size ? FaultKind::damage : FaultKind::interior_pointer;
    }
    return FaultKind::damage;
  }

  /// Exactly what was asked for. Requires a live payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) {
    const std::uint32_t requested = requested_of(payload - header_size);
    return {requested, requested};
  }

  /// Damage to a live block's header or to the guard bytes behind its payload. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    const Offset block = payload - header_size;
    if (const Damage damage = used_block_damage(block)) return damage;
    if (requested_of(block) != requested) return {DamagedPart::header, block, block + 4};
    return guard_damage(block);
  }

  Damage check() const { return first_damage(*this); }

  /// A header that cannot be believed ends the walk: what lies behind it cannot be found.
  template <class F>
  void for_each_damage(F f) const {
    if (!Lists::has_magic(load(Control::magic)) || load(Control::arena_size) != arena_.size()) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    Counts walked;
    bool headers_damaged = false;
    bool previous_free = false;
    Offset block = first_block();
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
    if (arena_.size() == 0) return;
    f(Block{0, first_block(), 0, 0, BlockState::control});
    for (Offset block = first_block(); block < end_block() && has_sane_size(block); block = block_after(block))
      f(describe(block));
    f(Block{end_block(), arena_.size() - end_block(), 0, 0, BlockState::control});
  }

  Structure structure() const {
    Structure structure;
    std::uint32_t left = arena_.size() / smallest_block;
    Lists::for_each_list(*this, [&](std::uint32_t list, Offset head_at) {
      std::vector<Offset> blocks;
      for (Offset block = load(head_at); left > 0 && is_free_block(block); block = next_free(block), --left)
        blocks.push_back(block);
      if (!blocks.empty()) structure.tell(PartKind::list, Lists::name_of(list), std::move(blocks));
    });
    Lists::tell(*this, structure);
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  using Tags::arena_, Tags::load, Tags::size_of, Tags::is_used, Tags::is_previous_free, Tags::requested_of,
      Tags::block_after, Tags::block_before, Tags::describe, Tags::end_block, Tags::first_block, Tags::footer_size;
  using Tags::is_block_offset, Tags::has_sane_size, Tags::is_used_block, Tags::is_free_block, Tags::used_block_damage,
      Tags::free_block_damage, Tags::set_previous_free, Tags::write_free, Tags::used_flag, Tags::previous_free_flag;

  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, lists = 8, used_blocks = 12, free_blocks = 16, free_bytes = 20;
  };
  struct Counts {
    std::uint32_t used = 0, free = 0, free_bytes = 0;
  };
  static constexpr std::uint32_t links_end = 12;  // a free block's header, next and previous

  Offset head_at(Offset block) const { return Lists::head_at(*this, size_of(block)); }
  Offset next_free(Offset block) const { return load(block + 4); }
  Offset previous_free(Offset block) const { return load(block + 8); }
  /// The payload that an empty arena has room for; a larger size would not fit 32 bits once its header is added.
  std::uint32_t largest_request() const { return end_block() - first_block() - header_size; }

  static std::uint32_t block_size_for(Layout layout) { return static_cast<std::uint32_t>(block_bytes(layout.size())); }
  /// How far into a block the used one begins, so that its payload is aligned; none when the block is too small.
  std::optional<std::uint32_t> gap_in(Offset block, std::uint32_t needed, std::uint32_t alignment) const {
    const std::uint32_t size = size_of(block);
    // Where nothing is checked, a compiler that knows the alignment leaves out all that is for a gap.
    const bool lies_right = !validates && alignment <= granule;
    const std::uint32_t gap = lies_right ? 0 : (0 - (block + header_size)) & (alignment - 1);
    return size >= needed && size - needed >= gap ? std::optional(gap) : std::nullopt;
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
  /// Where the link that leads on from `block` lies, or, for 0, that from the head.
  static Offset link_at(Offset block, Offset head_at) { return block == 0 ? head_at : block + 4; }
  void set_previous(Offset block, Offset previous) {
    if (block != 0) arena_.store(block + 8, previous);
  }
  void insert(Offset block, std::uint32_t size) {
    const Offset head_at = Lists::head_at(*this, size);
    const Offset previous = Lists::predecessor(*this, head_at, block);
    const Offset link = link_at(previous, head_at);
    Offset next = load(link);
    if constexpr (Checks::validates) {
      if (next != 0 && (next == block || !follows(next, previous, head_at))) {
        arena_.watch().damage(next_link_damage(previous, head_at));
        next = 0;
      }
    }
    arena_.store(link, block);
    arena_.store(block + 4, next);
    arena_.store(block + 8, previous);
    if (next != 0) arena_.store(next + 8, block);
    Lists::inserted(*this, head_at, next);
    count(Control::free_blocks, 1);
    count(Control::free_bytes, size);
    arena_.watch().note({Lists::note_of_link(previous), block, size});
  }
  void remove(Offset block, std::uint32_t size) {
    const Offset next = next_free(block), previous = previous_free(block);
    const Offset head_at = previous == 0 ? Lists::head_at(*this, size) : 0;
    arena_.store(link_at(previous, head_at), next);
    if (next != 0) arena_.store(next + 8, previous);
    Lists::removed(*this, head_at, block, next);
    count(Control::free_blocks, -1);
    count(Control::free_bytes, -std::int64_t{size});
  }
  /// Whether `block` can be what comes after `previous` in the list with that head.
  bool follows(Offset block, Offset previous, Offset head_at) const {
    return is_free_block(block) && previous_free(block) == previous && this->head_at(block) == head_at;
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

  /// Damage to the guard bytes of a used block. Requires a header that was believed.
  Damage guard_damage(Offset block) const {
    if constexpr (Checks::fills) {
      const Offset guard = block + header_size + requested_of(block);
      const Offset found = arena_.first_unlike(guard, block_after(block) - guard, Fill::guard);
      if (found != block_after(block)) return {DamagedPart::guard, block, found};
    }
    return {};
  }
  /// Tells it while it can still be seen: the bytes are about to be written.
  void inspect_guard(Offset block) const {
    if (const Damage damage = guard_damage(block)) arena_.watch().damage(damage);
  }

  /// Takes `needed` bytes out of a free block, `gap` bytes from its start; what is left before and behind stays free.
  Offset take(Offset block, std::uint32_t gap, std::uint32_t needed, std::uint32_t requested) {
    const std::uint32_t size = size_of(block), rest = size - gap - needed;
    const Offset used = block + gap, payload = used + header_size;
    const bool previous_is_free = !Lists::coalesces(*this) && is_previous_free(block);
    inspect_fill(block, used, used + needed + (rest > 0 ? links_end : 0));

    remove(block, size);
    if (gap > 0) {
      write_free(block, gap, previous_is_free);
      arena_.watch().note({NoteKind::split, used, size - gap});
    }
    write_used(used, needed, requested, gap > 0 || previous_is_free);
    if (rest > 0) {
      write_free(used + needed, rest);
      arena_.watch().note({NoteKind::split, used + needed, rest});
      insert(used + needed, rest);
    } else {
      set_previous_free(used + needed, false);
    }
    if (gap > 0) insert(block, gap);
    if constexpr (Checks::fills) arena_.fill(payload, requested, Fill::fresh);
    count(Control::used_blocks, 1);
    return payload;
  }

  /// Makes `size` bytes at `block`, which no list holds, a free block; joins it with its free neighbours, which were
  /// believed. (Unlinking one changes links alone, so it leaves the other as it was judged.)
  void release(Offset block, std::uint32_t size) {
    Offset begin = block, end = block + size;
    Offset fill_from = block + links_end, fill_to = end - footer_size;
    const bool coalesces = Lists::coalesces(*this);
    if (coalesces && is_previous_free(block)) {
      begin = block_before(block);
      remove(begin, block - begin);
      // Nothing begins there any more: a header that stayed would prove its payload live. Filling wipes it away, too.
      if constexpr (validates && !Checks::fills) arena_.store(block, 0);
      fill_from = block - footer_size;
      arena_.watch().note({NoteKind::coalesced, begin, end - begin});
    }
    if (coalesces && has_free_neighbour(end)) {
      const Offset next = end;
      end = block_after(next);
      remove(next, end - next);
      fill_to = std::min(next + links_end, end - footer_size);
      arena_.watch().note({NoteKind::coalesced, begin, end - begin});
    }
    fill_from = std::max(fill_from, begin + links_end);
    if constexpr (Checks::fills) {
      if (fill_from < fill_to) arena_.fill(fill_from, fill_to - fill_from, Fill::freed);
    }
    write_free(begin, end - begin, !coalesces && is_previous_free(begin));
    insert(begin, end - begin);
  }

  // Damage. What was overwritten is not followed; it is reported, as exactly as the arena can tell.
  bool has_free_neighbour(Offset after) const { return after < end_block() && !is_used(after); }
  bool believe_neighbours(Offset block) const {
    if (!Lists::coalesces(*this)) return true;
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
  Damage next_link_damage(Offset block, Offset head_at) const {
    const Offset next = load(link_at(block, head_at));
    // One of its two marks still stands: then it is a free block, and the other mark was overwritten.
    if (!is_free_block(next) && is_block_offset(next) && has_sane_size(next) && !is_used(next) &&
        (load(block_after(next) - footer_size) == size_of(next) || is_previous_free(block_after(next))))
      return free_block_damage(next);
    return {DamagedPart::link, is_block_offset(next) ? next : block, link_at(block, head_at)};
  }
  /// Where the links of a free block and those of its neighbours in the list disagree.
  Damage link_damage(Offset block) const {
    const Offset next = next_free(block), previous = previous_free(block), head_at = this->head_at(block);
    if (next != 0 && !follows(next, block, head_at)) return next_link_damage(block, head_at);
    if (previous == 0 ? load(head_at) == block : is_free_block(previous) && next_free(previous) == block) return {};
    return {DamagedPart::link, is_block_offset(previous) ? previous : block, block + 8};
  }

  bool resize_in_place(Offset block, Layout layout) {
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const std::uint32_t needed = block_size_for(layout), size = size_of(block), before = requested_of(block);
    const Offset next = block + size;
    const bool grows = needed > size, joins = Lists::coalesces(*this) && has_free_neighbour(next);
    if (needed != size && joins && !believe_free(next)) return false;
    std::uint32_t room = size;
    if (grows) {
      if (!joins) return false;
      room += size_of(next);
      if (needed > room) return false;
    }
    inspect_guard(block);
    if (grows) {
      inspect_fill(next, next, block + needed + links_end);
      remove(next, room - size);
    }
    const std::uint32_t rest = room - needed;
    write_used(block, needed, requested, is_previous_free(block));
    if constexpr (Checks::fills) {
      if (requested > before) arena_.fill(block + header_size + before, requested - before, Fill::fresh);
    }
    if (needed != size) arena_.watch().note({grows ? NoteKind::grown : NoteKind::shrunk, block, needed});
    if (rest == 0 && grows) set_previous_free(block + needed, false);
    if (rest > 0) {
      if (grows) {
        write_free(block + needed, rest);
        insert(block + needed, rest);
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
    if (is_previous_free(block) != previous_free || (!used && previous_free && Lists::coalesces(*this)))
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
    if (load(end) != (used_flag | (previous_free ? previous_free_flag : 0)) ||
        !Lists::is_end_word(*this, load(end + 4)))
      return {DamagedPart::control, end, end};
    if constexpr (Checks::fills) {
      const Offset rest = end + header_size;
      if (const Offset found = arena_.first_unlike(rest, arena_.size() - rest, Fill::freed); found != arena_.size())
        return {DamagedPart::control, end, found};
    }
    return {};
  }

  /// Damage to one of the lists; `listed` blocks were listed so far, of as many as are free.
  Damage list_damage(Offset head_at, std::uint32_t free, std::uint32_t& listed) const {
    Offset previous = 0;
    for (Offset block = load(head_at); block != 0; block = next_free(block)) {
      if (++listed > free || !is_free_block(block) || this->head_at(block) != head_at)
        return next_link_damage(previous, head_at);
      if (previous_free(block) != previous) return previous == 0 ? next_link_damage(0, head_at) : link_damage(previous);
      previous = block;
    }
    return {};
  }
  Damage list_damage(const Counts& walked) const {
    std::uint32_t listed = 0;
    Damage found;
    Offset last_head = Control::lists;
    Lists::for_each_list(*this, [&](std::uint32_t, Offset head_at) {
      if (!found) found = list_damage(head_at, walked.free, listed);
      last_head = head_at;
    });
    if (found) return found;
    if (listed != walked.free) return {DamagedPart::link, 0, last_head};
    if (const Damage damage = Lists::damage(*this)) return damage;
    if constexpr (Checks::validates) {
      if (load(Control::used_blocks) != walked.used || load(Control::free_blocks) != walked.free ||
          load(Control::free_bytes) != walked.free_bytes)
        return {DamagedPart::control, 0, Control::used_blocks};
    }
    return {};
  }

  [[no_unique_address]] typename Lists::Plan plan_;
};

}  // namespace heapyard
