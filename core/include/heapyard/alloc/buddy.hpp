#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heapyard {

/// Blocks whose sizes are powers of two, each at a multiple of its own size, split in halves and joined with them.
///
///     arena   | control 24 | heads 4 × orders | map: a byte for each 16 bytes | zeros | blocks … | rest |
///     used    | payload …………………………………… | padding |
///     free    | next 4 | previous 4 | ……………………… |
///
/// A block of order k has 2^k bytes; its buddy is the block of the same order whose offset differs in bit k alone. The
/// map holds, where a block begins, its order, and 128 besides while it is used; else 0. Blocks lie behind the map, as
/// large as their place allows, so the largest of an arena of 64 KiB has 32.
///
/// 1. Allocate: round up to the next power of two, at least 16, at least the alignment. Take the smallest free block
///    that suffices (a bit for each order says where there is one); halve it until it has that order; the upper halves
///    become free.
/// 2. Deallocate: while the buddy is a free block of the same order, join the two. Put the result at the head of its
///    order's list.
/// 3. Reallocate: halve in place, or join with free upper buddies in place; else allocate, copy and deallocate.
///
/// No header, and every block is aligned to its own size; what a request leaves of its power of two is internal
/// fragmentation, a quarter of the block on average. Complexity: all O(log arena) besides fills; check O(blocks).
/// Source: K. C. Knowlton, A Fast Storage Allocator, 1965; D. E. Knuth, The Art of Computer Programming 1, 2.5,
/// algorithms R and S.
template <class Checks = Unchecked, class Watch = Unwatched>
class Buddy {
 public:
  static constexpr std::uint32_t granule = 16;
  static constexpr std::uint32_t smallest_arena = 80;

  /// What a request of `size` bytes takes. Requires a size of at most 2^62.
  static constexpr std::uint64_t block_bytes(std::uint64_t size) {
    return std::bit_ceil(std::max<std::uint64_t>(size, granule));
  }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit Buddy(Arena<Watch> arena) : arena_(arena.or_blank(arena.size() >= smallest_arena)), plan_(arena_.size()) {}

  /// Divides what lies behind the map into the largest blocks that can be. Errors: `arena_too_small` when there is room
  /// for none. O(arena).
  AllocError format() {
    if (arena_.size() < smallest_arena || end() <= first()) return AllocError::arena_too_small;
    arena_.fill(0, first(), Fill::zero);
    if constexpr (Checks::fills) arena_.fill(first(), arena_.size() - first(), Fill::freed);
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    arena_.watch().block({0, first(), 0, 0, BlockState::control});
    for_each_largest([this](Offset block, std::uint32_t order) {
      write_free(block, order);
      insert(block, order);
    });
    if (end() < arena_.size()) arena_.watch().block({end(), arena_.size() - end(), 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `alignment_too_large` above 4096, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    const std::uint32_t order = order_for(layout);
    const std::uint32_t bits = order < 32 ? load(Control::orders) >> order << order : 0;
    if (bits == 0) return AllocError::out_of_memory;
    auto from = static_cast<std::uint32_t>(std::countr_zero(bits));
    if constexpr (Checks::validates) {
      if (from >= top_order()) return refuse_damaged({DamagedPart::control, 0, Control::orders});
    }
    const Offset block = load(head_at(from));
    if constexpr (Checks::validates) {
      if (const Damage damage =
              block == 0 ? Damage{DamagedPart::control, 0, Control::orders} : free_damage(block, from, 0))
        return refuse_damaged(damage);
    }
    arena_.watch().note({NoteKind::list_found, head_at(from), size_of(from)});
    arena_.watch().note({NoteKind::chosen, block, size_of(from)});
    inspect_fill(block, order);
    remove(block, from);
    split_down(block, from, order);
    if constexpr (Checks::fills) arena_.fill(block, static_cast<std::uint32_t>(layout.size()), Fill::fresh);
    write_used(block, order, static_cast<std::uint32_t>(layout.size()));
    count(Control::used_blocks, 1);
    return block;
  }

  /// Refuses as `damage` a block one of whose buddies was overwritten, and reports it: it stays used.
  FaultKind deallocate(Offset payload) {
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
      if (!believe_buddies(payload)) return FaultKind::damage;
    }
    count(Control::used_blocks, -1);
    release(payload, order_of(payload));
    return FaultKind::none;
  }

  /// Errors: `refused` when the payload is no live allocation, and those of `allocate`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (const AllocError error = refuse(layout); error == AllocError::zero_size) return error;
    if constexpr (Checks::validates) {
      if (judge(payload) != FaultKind::none) return AllocError::refused;
    }
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    if (payload % layout.alignment() == 0 && resize_in_place(payload, layout)) return payload;

    const std::uint32_t kept = std::min(size_of(order_of(payload)), static_cast<std::uint32_t>(layout.size()));
    const Result<Offset> moved = allocate(layout);
    if (!moved) return moved;
    arena_.copy(*moved, payload, kept);
    arena_.watch().note({NoteKind::moved, *moved, kept});
    deallocate(payload);
    return moved;
  }

  /// O(log arena). An offset inside free memory is called a double free.
  FaultKind judge(Offset payload) const {
    if (payload < first() || payload >= end()) return FaultKind::foreign_pointer;
    for (std::uint32_t order = smallest_order; order < top_order(); ++order) {
      const Offset block = payload >> order << order;
      if (block < first()) break;
      const std::uint32_t mark = map_at(block);
      if (mark == 0 || (mark & order_bits) != order) continue;
      if (!is_block(block, order)) return FaultKind::damage;
      if ((mark & used_bit) == 0) return FaultKind::double_free;
      if (block != payload) return FaultKind::interior_pointer;
      return is_order_true(block, order) ? FaultKind::none : FaultKind::damage;
    }
    return FaultKind::damage;
  }

  /// What a block of that order has room for. Requires a live payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) { return {1, size_of(order_of(payload))}; }

  /// Damage to the guard bytes behind a live block's first `requested` bytes, or to its place in the map. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    if (judge(payload) != FaultKind::none || requested > size_of(order_of(payload)) ||
        order_for_size(requested) > order_of(payload))
      return {DamagedPart::control, payload, map_offset(payload)};
    if constexpr (Checks::fills) {
      const Offset guard = payload + requested, block_end = payload + size_of(order_of(payload));
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
    if (const Damage damage = margin_damage()) f(damage);
    Counts walked;
    Offset block = first();
    for (; block < end(); block += size_of(order_of(block))) {
      if (!is_block(block, order_of(block))) {
        f(Damage{DamagedPart::control, block, map_offset(block)});
        return;
      }
      const std::uint32_t order = order_of(block);
      const Offset inner = map_offset(block) + 1, inner_end = map_offset(block) + size_of(order) / granule;
      if (const Offset found = arena_.first_unlike(inner, inner_end - inner, Fill::zero); found != inner_end) {
        f(Damage{DamagedPart::control, block, found});
        return;
      }
      if (is_used(block)) {
        ++walked.used;
      } else {
        ++walked.free;
        walked.free_bytes += size_of(order);
        if (const Damage damage = fill_damage(block, links_end, size_of(order))) f(damage);
      }
    }
    if (const Damage damage = list_damage(walked)) f(damage);
  }

  /// Requested sizes are not in the arena: a used block's payload is told as the whole block.
  template <class F>
  void for_each_block(F f) const {
    if (arena_.size() == 0) return;
    f(Block{0, first(), 0, 0, BlockState::control});
    for (Offset block = first(); block < end() && is_block(block, order_of(block));) {
      const std::uint32_t size = size_of(order_of(block));
      if (is_used(block)) {
        f(Block{block, size, block, size, BlockState::used});
      } else {
        f(Block{block, size, 0, 0, BlockState::free});
      }
      block += size;
    }
    if (end() < arena_.size()) f(Block{end(), arena_.size() - end(), 0, 0, BlockState::control});
  }

  /// A list for each order, and the tree: every block that was ever split, down to those that are whole.
  Structure structure() const {
    Structure structure;
    std::uint32_t left = arena_.size() / granule;
    for (std::uint32_t order = smallest_order; order < top_order(); ++order) {
      std::vector<Offset> blocks;
      for (Offset block = load(head_at(order)); left > 0 && is_free_block(block, order); block = load(block), --left)
        blocks.push_back(block);
      structure.tell(PartKind::list, "free, " + std::to_string(size_of(order)) + " bytes", std::move(blocks));
    }
    for_each_largest([&](Offset block, std::uint32_t order) { tell_tree(structure, block, order, 0); });
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, orders = 8, used_blocks = 12, free_blocks = 16, free_bytes = 20,
                            heads = 24;
  };
  struct Counts {
    std::uint32_t used = 0, free = 0, free_bytes = 0;
  };
  static constexpr std::uint32_t magic_word = 0x42465948;  // "HYFB"
  static constexpr std::uint32_t smallest_order = 4;       // 16 bytes
  static constexpr std::uint32_t used_bit = 0x80, order_bits = 0x7f;
  static constexpr std::uint32_t links_end = 8;

  std::uint32_t load(Offset at) const { return arena_.load(at); }
  static std::uint32_t size_of(std::uint32_t order) { return std::uint32_t{1} << order; }

  static constexpr Offset head_at(std::uint32_t order) { return Control::heads + 4 * (order - smallest_order); }

  /// Where things lie, which follows from the arena's size.
  struct Plan {
    explicit constexpr Plan(std::uint32_t arena_size)
        : top_order(static_cast<std::uint32_t>(std::bit_width(arena_size))),
          map(head_at(top_order)),
          end(arena_size & ~(granule - 1)),
          first(static_cast<Offset>(align_up(map + end / granule, granule))) {}
    std::uint32_t top_order;
    Offset map, end, first;
  };
  /// The order behind the greatest one: a block cannot be as large as the arena.
  std::uint32_t top_order() const { return plan_.top_order; }
  Offset map() const { return plan_.map; }
  Offset map_end() const { return map() + end() / granule; }
  Offset map_offset(Offset block) const { return map() + block / granule; }
  Offset first() const { return plan_.first; }
  Offset end() const { return plan_.end; }
  /// `f(block, order)` for the blocks of an arena of which none is used.
  template <class F>
  void for_each_largest(F f) const {
    for (Offset block = first(); block < end();) {
      auto order = static_cast<std::uint32_t>(std::countr_zero(block));
      while (size_of(order) > end() - block) --order;
      f(block, order);
      block += size_of(order);
    }
  }

  // Reading. Bytes may have been overwritten, so nothing is followed that cannot be a block.
  std::uint32_t map_at(Offset block) const { return std::to_integer<std::uint32_t>(*arena_.at(map_offset(block))); }
  std::uint32_t order_of(Offset block) const { return map_at(block) & order_bits; }
  bool is_used(Offset block) const { return (map_at(block) & used_bit) != 0; }
  bool is_block(Offset block, std::uint32_t order) const {
    return order >= smallest_order && order < top_order() && block >= first() && block < end() &&
           block % size_of(order) == 0 && size_of(order) <= end() - block;
  }
  bool is_free_block(Offset block, std::uint32_t order) const {
    return is_block(block, order) && map_at(block) == order;
  }
  /// Whether the map around a block agrees with its order. Had it a smaller one, its upper half of that size would
  /// begin inside; had it a larger one, nothing would begin behind it.
  bool is_order_true(Offset block, std::uint32_t order) const {
    for (std::uint32_t at = smallest_order; at < order; ++at) {
      if (map_at(block + size_of(at)) != 0) return false;
    }
    return block + size_of(order) == end() || map_at(block + size_of(order)) != 0;
  }
  Offset buddy_of(Offset block, std::uint32_t order) const { return block ^ size_of(order); }
  bool has_free_buddy(Offset block, std::uint32_t order) const { return is_free_block(buddy_of(block, order), order); }

  static std::uint32_t order_for_size(std::uint64_t size) {
    return static_cast<std::uint32_t>(std::bit_width(std::max<std::uint64_t>(size, granule) - 1));
  }
  static std::uint32_t order_for(Layout layout) { return order_for_size(std::max(layout.size(), layout.alignment())); }
  AllocError refuse(Layout layout) const {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    return layout.size() > arena_.size() ? AllocError::out_of_memory : AllocError::none;
  }
  AllocError refuse_damaged(Damage damage) const {
    arena_.watch().damage(damage);
    return AllocError::damaged;
  }

  // Writing.
  void count(Offset counter, std::int64_t change) {
    if constexpr (Checks::validates)
      arena_.store(counter, static_cast<std::uint32_t>(static_cast<std::int64_t>(load(counter)) + change));
  }
  void write_map(Offset block, std::uint32_t mark) {
    arena_.template store<std::uint8_t>(map_offset(block), static_cast<std::uint8_t>(mark));
  }
  void write_free(Offset block, std::uint32_t order) {
    write_map(block, order);
    arena_.watch().block({block, size_of(order), 0, 0, BlockState::free});
  }
  void write_used(Offset block, std::uint32_t order, std::uint32_t requested) {
    write_map(block, order | used_bit);
    if constexpr (Checks::fills) arena_.fill(block + requested, size_of(order) - requested, Fill::guard);
    arena_.watch().block({block, size_of(order), block, requested, BlockState::used});
  }
  void insert(Offset block, std::uint32_t order) {
    Offset next = load(head_at(order));
    if constexpr (Checks::validates) {
      if (next != 0 && (next == block || !is_free_block(next, order) || load(next + 4) != 0)) {
        arena_.watch().damage(link_damage(0, order));
        next = 0;
      }
    }
    arena_.store(head_at(order), block);
    arena_.store(block, next);
    arena_.store(block + 4, 0);
    if (next != 0) arena_.store(next + 4, block);
    arena_.store(Control::orders, load(Control::orders) | size_of(order));
    count(Control::free_blocks, 1);
    count(Control::free_bytes, size_of(order));
    arena_.watch().note({NoteKind::linked_by_size, block, size_of(order)});
  }
  void remove(Offset block, std::uint32_t order) {
    const Offset next = load(block), previous = load(block + 4);
    arena_.store(previous == 0 ? head_at(order) : previous, next);
    if (next != 0) arena_.store(next + 4, previous);
    if (load(head_at(order)) == 0) arena_.store(Control::orders, load(Control::orders) & ~size_of(order));
    count(Control::free_blocks, -1);
    count(Control::free_bytes, -std::int64_t{size_of(order)});
  }
  /// Halves a block that no list holds until it has the order `to`; its upper halves become free.
  void split_down(Offset block, std::uint32_t from, std::uint32_t to) {
    while (from > to) {
      --from;
      const Offset upper = block + size_of(from);
      arena_.watch().note({NoteKind::split, upper, size_of(from)});
      write_free(upper, from);
      insert(upper, from);
    }
  }
  void release(Offset block, std::uint32_t order) {
    if constexpr (Checks::fills) arena_.fill(block, size_of(order), Fill::freed);
    while (has_free_buddy(block, order)) {
      const Offset buddy = buddy_of(block, order);
      remove(buddy, order);
      if constexpr (Checks::fills) arena_.fill(buddy, links_end, Fill::freed);
      write_map(std::max(block, buddy), 0);
      block = std::min(block, buddy);
      ++order;
      arena_.watch().note({NoteKind::coalesced, block, size_of(order)});
    }
    write_free(block, order);
    insert(block, order);
  }

  bool resize_in_place(Offset block, Layout layout) {
    const std::uint32_t order = order_of(block), wanted = order_for(layout);
    const auto requested = static_cast<std::uint32_t>(layout.size());
    for (std::uint32_t at = order; at < wanted; ++at) {
      const Offset upper = block + size_of(at);
      if (buddy_of(block, at) != upper || !is_free_block(upper, at)) return false;
      if constexpr (Checks::validates) {
        if (const Damage damage = free_damage(upper, at)) return arena_.watch().damage(damage), false;
      }
    }
    for (std::uint32_t at = order; at < wanted; ++at) {
      const Offset upper = block + size_of(at);
      inspect_fill(upper, at);
      remove(upper, at);
      write_map(upper, 0);
    }
    if constexpr (Checks::fills) {
      if (requested > size_of(order)) arena_.fill(block + size_of(order), requested - size_of(order), Fill::fresh);
    }
    if (wanted != order)
      arena_.watch().note({wanted > order ? NoteKind::grown : NoteKind::shrunk, block, size_of(wanted)});
    write_used(block, wanted, requested);
    if constexpr (Checks::fills) {
      if (wanted < order) arena_.fill(block + size_of(wanted), size_of(order) - size_of(wanted), Fill::freed);
    }
    split_down(block, order, wanted);
    return true;
  }

  // Damage.
  /// What keeps `block` from being a free block of its order, wherever in the list it stands.
  Damage free_damage(Offset block, std::uint32_t order) const {
    const Offset previous = load(block + 4);
    if (previous != 0 && !is_free_block(previous, order)) return {DamagedPart::link, block, block + 4};
    return free_damage(block, order, previous);
  }
  /// The same, where it is known which block comes before it in the list, 0 for the head.
  Damage free_damage(Offset block, std::uint32_t order, Offset previous) const {
    if (!is_free_block(block, order)) return link_damage(previous, order);
    if (load(block + 4) != previous) return {DamagedPart::link, block, block + 4};
    if (load(previous == 0 ? head_at(order) : previous) != block) return link_damage(previous, order);
    const Offset next = load(block);
    if (next != 0 && (!is_free_block(next, order) || load(next + 4) != block)) return link_damage(block, order);
    return {};
  }
  /// Damage to the link that leads on from `block` in its list, for 0 from the head.
  Damage link_damage(Offset block, std::uint32_t order) const {
    return {DamagedPart::link, block, block == 0 ? head_at(order) : block};
  }
  bool believe_buddies(Offset block) const {
    for (std::uint32_t order = order_of(block); has_free_buddy(block, order); ++order) {
      if (const Damage damage = free_damage(buddy_of(block, order), order)) {
        arena_.watch().damage(damage);
        return false;
      }
      block = std::min(block, buddy_of(block, order));
    }
    return true;
  }
  Damage fill_damage(Offset block, std::uint32_t from, std::uint32_t to) const {
    if constexpr (Checks::fills) {
      if (from >= to) return {};
      const Offset found = arena_.first_unlike(block + from, to - from, Fill::freed);
      if (found != block + to) return {DamagedPart::fill, block, found};
    }
    return {};
  }
  /// Damage to the fill of a free block, in the part that is about to be used.
  void inspect_fill(Offset block, std::uint32_t order) const {
    if (const Damage damage = fill_damage(block, links_end, size_of(order))) arena_.watch().damage(damage);
  }
  /// What nobody writes: the map of the control words themselves, the zeros behind it, the rest behind the blocks.
  Damage margin_damage() const {
    const Offset map_of_blocks = map_offset(first());
    if (const Offset found = arena_.first_unlike(map(), map_of_blocks - map(), Fill::zero); found != map_of_blocks)
      return {DamagedPart::control, 0, found};
    if (const Offset found = arena_.first_unlike(map_end(), first() - map_end(), Fill::zero); found != first())
      return {DamagedPart::control, 0, found};
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(end(), arena_.size() - end(), Fill::freed); found != arena_.size())
        return {DamagedPart::control, end(), found};
    }
    return {};
  }
  Damage list_damage(const Counts& walked) const {
    std::uint32_t listed = 0, orders = 0;
    for (std::uint32_t order = smallest_order; order < top_order(); ++order) {
      Offset previous = 0;
      for (Offset block = load(head_at(order)); block != 0; block = load(block)) {
        if (++listed > walked.free) return link_damage(previous, order);
        if (const Damage damage = free_damage(block, order, previous)) return damage;
        previous = block;
        orders |= size_of(order);
      }
    }
    if (orders != load(Control::orders)) return {DamagedPart::control, 0, Control::orders};
    if (listed != walked.free) return {DamagedPart::link, 0, Control::heads};
    if constexpr (Checks::validates) {
      if (load(Control::used_blocks) != walked.used || load(Control::free_blocks) != walked.free ||
          load(Control::free_bytes) != walked.free_bytes)
        return {DamagedPart::control, 0, Control::used_blocks};
    }
    return {};
  }

  void tell_tree(Structure& structure, Offset block, std::uint32_t order, std::uint32_t level) const {
    const bool whole = order <= smallest_order || order_of(block) >= order || order_of(block) == 0;
    const char* const name = !whole ? "split" : is_used(block) ? "used" : "free";
    structure.tell(PartKind::region, name, {block, size_of(order)}, level);
    if (whole) return;
    tell_tree(structure, block, order - 1, level + 1);
    tell_tree(structure, block + size_of(order - 1), order - 1, level + 1);
  }

  Arena<Watch> arena_;
  Plan plan_;
};

}  // namespace heapyard
