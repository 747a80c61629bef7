#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace heapyard {

/// Blocks of one size, the free ones threaded into a list through their own first bytes.
///
///     arena   | control 28 | live bits | padding | block 0 | block 1 | … | block n-1 | rest |
///     used    | payload …………………………………… | padding |
///     free    | next 4 | ………………………………………………… |
///
/// 1. Allocate: take the head of the list.
/// 2. Deallocate: put the block at the head; so the block freed last is given out first (LIFO).
/// 3. A checking pool keeps one bit a block, set while it is live: a second release finds it clear. One that looks
///    ahead counts them too.
///
/// No header, no search, no external fragmentation; what a request leaves of its block is internal fragmentation. Only
/// a checking pool can tell live blocks from free ones: without the bits, `judge`, `damage_at` and `for_each_block`
/// take every block for free. Complexity: allocate, reallocate, deallocate and judge O(1); format and check O(blocks).
/// Source: B. Kenwright, Fast Efficient Fixed-Size Memory Pool, 2012.
template <class Checks = Unchecked, class Watch = Unwatched>
class Pool {
 public:
  static constexpr std::uint32_t control_size = 28;
  static constexpr std::uint32_t smallest_block = 4;  // a link

  /// What a block of at least `block_size` bytes takes: large enough for a link, and a multiple of the next power of
  /// two, or of 16 where that is less: a pool of 20-byte objects has blocks of 32. 0 for a size of 0 or beyond 2 GiB.
  /// Blocks are as aligned as the lowest bit of their size, up to 64.
  static constexpr std::uint32_t stride_for(std::uint64_t block_size) {
    if (block_size == 0 || block_size > max_block_size) return 0;
    const std::uint64_t least = std::max<std::uint64_t>(block_size, smallest_block);
    return static_cast<std::uint32_t>(align_up(least, std::min(std::bit_ceil(least), default_alignment)));
  }

  /// What a request takes, whatever its size.
  static constexpr std::uint64_t block_bytes(std::uint64_t, std::uint64_t block_size) { return stride_for(block_size); }

  /// The bytes of an arena for `capacity` blocks; 0 when such an arena cannot be.
  static constexpr std::uint64_t arena_bytes(std::uint64_t block_size, std::uint64_t capacity) {
    const std::uint64_t stride = stride_for(block_size);
    if (stride == 0 || capacity == 0 || capacity > max_block_size / stride) return 0;
    return first_block_for(stride, capacity) + capacity * stride;
  }

  /// Attaches to an arena; the bytes are taken as they are. The geometry is read once, and believed only if it is sane:
  /// otherwise the pool has no blocks.
  explicit Pool(Arena<Watch> arena) : arena_(arena.or_blank(arena.size() >= control_size)) {
    if (has_sane_control()) adopt_geometry();
  }

  /// Divides the arena into as many blocks as fit and threads them in address order. Errors: `arena_too_small` when not
  /// one fits, or for a block size of 0 or beyond 2 GiB. O(arena) when it fills, else O(blocks).
  AllocError format(std::uint64_t block_size) {
    const std::uint32_t stride = stride_for(block_size);
    const std::uint32_t capacity = stride == 0 ? 0 : capacity_for(stride, arena_.size());
    if (capacity == 0) {
      // Where no pool was, none must seem to be: `allocate()` looks at nothing else.
      if (capacity_ == 0 && arena_.size() != 0) arena_.store(Control::head, 0);
      return AllocError::arena_too_small;
    }
    const auto first = static_cast<Offset>(first_block_for(stride, capacity));
    arena_.fill(0, first, Fill::zero);
    if constexpr (Checks::fills) arena_.fill(first, arena_.size() - first, Fill::freed);
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    arena_.store(Control::block_size, stride);
    arena_.store(Control::capacity, capacity);
    arena_.store(Control::head, first);
    arena_.store(Control::live, 0);
    arena_.store(Control::first, first);
    adopt_geometry();
    arena_.watch().block({0, first, 0, 0, BlockState::control});
    for (std::uint32_t index = 0; index < capacity; ++index) {
      const Offset block = first + index * stride;
      arena_.store(block, index + 1 < capacity ? block + stride : 0);
      arena_.watch().block({block, stride, 0, 0, BlockState::free});
    }
    if (const Offset end = first + capacity * stride; end < arena_.size())
      arena_.watch().block({end, arena_.size() - end, 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `exceeds_block_size`, `alignment_too_large`, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    return take(static_cast<std::uint32_t>(layout.size()));
  }

  /// A whole block, which needs no layout: its size and alignment are the pool's. Errors: `out_of_memory`, `damaged`.
  Result<Offset> allocate() { return take(block_size_); }

  FaultKind deallocate(Offset payload) {
    const Arena<Watch> arena = arena_;  // see take
    LiveBit bit;
    if constexpr (Checks::validates) {
      const std::uint32_t index = index_of(payload);
      if (index < capacity_) bit = live_bit(arena, index);
      if (!bit.is_set()) return judge(payload);
    }
    Offset next = arena.load(Control::head);
    if constexpr (Checks::looks_ahead) {
      // A head that was overwritten is not kept as a link: the rest of the list is lost, and said to be.
      if (next != 0 && !is_free_block(next)) {
        arena.watch().damage({DamagedPart::link, 0, Control::head});
        next = 0;
      }
    }
    if constexpr (Checks::fills) arena.fill(payload, block_size_, Fill::freed);
    arena.store(payload, next);
    arena.store(Control::head, payload);
    if constexpr (Checks::validates) flip(arena, bit);
    arena.watch().note({NoteKind::linked, payload, block_size_});
    arena.watch().block({payload, block_size_, 0, 0, BlockState::free});
    return FaultKind::none;
  }

  /// A block keeps its place: what fits stays, what does not is refused. Errors: as `allocate`, and `refused`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if constexpr (Checks::validates) {
      if (layout.size() != 0 && judge(payload) != FaultKind::none) return AllocError::refused;
    }
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    fill_guard(payload, requested);
    arena_.watch().block({payload, block_size_, payload, requested, BlockState::used});
    return payload;
  }

  FaultKind judge(Offset payload) const {
    if (payload < first_ || payload - first_ >= capacity_ * block_size_) return FaultKind::foreign_pointer;
    if (!is_live((payload - first_) / block_size_)) return FaultKind::double_free;
    return index_of(payload) < capacity_ ? FaultKind::none : FaultKind::interior_pointer;
  }

  /// What a block has room for.
  SizeRange sizes_at(Offset) const requires(Checks::validates) { return {1, block_size_}; }

  /// Damage to the guard bytes behind a live block's first `requested` bytes, or to its live bit. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    if (payload < first_ || payload - first_ >= capacity_ * block_size_) return {DamagedPart::control, 0, 0};
    if (judge(payload) != FaultKind::none || requested > block_size_)
      return {DamagedPart::control, payload, live_byte((payload - first_) / block_size_)};
    if constexpr (Checks::fills) {
      const Offset guard = payload + requested, end = payload + block_size_;
      if (const Offset found = arena_.first_unlike(guard, end - guard, Fill::guard); found != end)
        return {DamagedPart::guard, payload, found};
    }
    return {};
  }

  Damage check() const { return first_damage(*this); }

  template <class F>
  void for_each_damage(F f) const {
    if (!has_sane_control() || load(Control::block_size) != block_size_ || load(Control::capacity) != capacity_) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    if (const Damage damage = margin_damage()) f(damage);
    std::uint32_t live = 0;
    for (std::uint32_t index = 0; index < capacity_; ++index) {
      if (is_live(index)) {
        ++live;
      } else if constexpr (Checks::fills) {
        if (const Damage damage = fill_damage(first_ + index * block_size_)) f(damage);
      }
    }
    if (const Damage damage = list_damage(live)) f(damage);
  }

  /// Requested sizes are not in the arena: a used block's payload is told as the whole block.
  template <class F>
  void for_each_block(F f) const {
    if (arena_.size() == 0) return;
    f(Block{0, first_, 0, 0, BlockState::control});
    Offset block = first_;
    for (std::uint32_t index = 0; index < capacity_; ++index, block += block_size_) {
      const bool live = is_live(index);
      f(Block{block, block_size_, live ? block : 0, live ? block_size_ : 0,
              live ? BlockState::used : BlockState::free});
    }
    if (block < arena_.size()) f(Block{block, arena_.size() - block, 0, 0, BlockState::control});
  }

  Structure structure() const {
    Structure structure;
    std::vector<Offset> blocks;
    std::uint32_t left = capacity_;
    for (Offset block = head(); left-- > 0 && is_free_block(block); block = next_free(block)) blocks.push_back(block);
    structure.tell(PartKind::list, "free list", std::move(blocks));
    return structure;
  }

  std::uint32_t block_size() const { return block_size_; }
  std::uint32_t capacity() const { return capacity_; }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, block_size = 8, capacity = 12, head = 16, live = 20, first = 24;
  };
  static constexpr std::uint32_t magic_word = 0x4c505948;  // "HYPL"
  static constexpr std::uint64_t max_block_size = std::uint64_t{1} << 31;
  static constexpr std::uint64_t widest_first_alignment = 64;

  /// Where block 0 begins: behind the bits, aligned as the blocks are, up to a cache line.
  static constexpr std::uint64_t first_block_for(std::uint64_t stride, std::uint64_t capacity) {
    const std::uint64_t bits = (capacity + 31) / 32 * 4;
    return align_up(control_size + bits, std::min(stride & (~stride + 1), widest_first_alignment));
  }
  static constexpr std::uint32_t capacity_for(std::uint64_t stride, std::uint64_t arena_size) {
    std::uint64_t low = 0, high = arena_size / stride;
    while (low < high) {
      const std::uint64_t middle = (low + high + 1) / 2;
      const bool fits = first_block_for(stride, middle) + middle * stride <= arena_size;
      (fits ? low : high) = fits ? middle : middle - 1;
    }
    return static_cast<std::uint32_t>(low);
  }

  std::uint32_t load(Offset at) const { return arena_.load(at); }
  Offset head() const { return load(Control::head); }
  Offset next_free(Offset block) const { return load(block); }
  /// The index of the block that begins there; where none does, the capacity or more. The block size is odd × 2^twos,
  /// and odd × inverse is 1 modulo 2^32: so the product, rotated, is the quotient where the division leaves nothing,
  /// and else more than any quotient can be. Source: H. S. Warren, Hacker's Delight, 10-17.
  std::uint32_t index_of(Offset block) const {
    const std::uint32_t product = (block - first_) * inverse_;
    return product >> twos_ | product << (32 - twos_) % 32;
  }
  static Offset live_byte(std::uint32_t index) { return control_size + index / 8; }

  AllocError refuse(Layout layout) const {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.size() > block_size_) return AllocError::exceeds_block_size;
    if (layout.alignment() > alignment_) return AllocError::alignment_too_large;
    return AllocError::none;
  }

  AllocError refuse_damaged(Damage damage) const {
    arena_.watch().damage(damage);
    return AllocError::damaged;
  }

  /// A block's bit as it was read with the others of its byte: judged first, then flipped and written.
  struct LiveBit {
    Offset at = 0;
    std::uint8_t byte = 0, mask = 0;
    bool is_set() const { return (byte & mask) != 0; }
  };
  static LiveBit live_bit(const Arena<Watch>& arena, std::uint32_t index) {
    const Offset at = live_byte(index);
    return {at, arena.template load<std::uint8_t>(at), static_cast<std::uint8_t>(1 << (index % 8))};
  }
  static void flip(const Arena<Watch>& arena, const LiveBit& bit) {
    arena.template store<std::uint8_t>(bit.at, static_cast<std::uint8_t>(bit.byte ^ bit.mask));
    if constexpr (Checks::looks_ahead)
      arena.store(Control::live, arena.load(Control::live) + (bit.is_set() ? ~std::uint32_t{0} : 1));
  }
  bool is_live(std::uint32_t index) const { return live_bit(arena_, index).is_set(); }

  /// The head of the list, for `requested` bytes that are known to fit.
  Result<Offset> take(std::uint32_t requested) {
    const Arena<Watch> arena = arena_;  // a copy stays in registers, whatever bytes are written
    const Offset block = arena.load(Control::head);
    LiveBit bit;
    if constexpr (Checks::validates) {
      const std::uint32_t index = index_of(block);
      if (index < capacity_) bit = live_bit(arena, index);
      if (index >= capacity_ || bit.is_set()) {
        if (block == 0) return AllocError::out_of_memory;
        return refuse_damaged({DamagedPart::link, 0, Control::head});
      }
    } else if (block == 0) {
      return AllocError::out_of_memory;
    }
    const Offset next = arena.load(block);
    if constexpr (Checks::looks_ahead) {
      if (next != 0 && (next == block || !is_free_block(next)))
        return refuse_damaged({DamagedPart::link, block, block});
    }
    inspect_fill(block);
    arena.watch().note({NoteKind::chosen, block, block_size_});
    arena.store(Control::head, next);
    if constexpr (Checks::validates) flip(arena, bit);
    if constexpr (Checks::fills) arena.fill(block, requested, Fill::fresh);
    fill_guard(block, requested);
    arena.watch().block({block, block_size_, block, requested, BlockState::used});
    return block;
  }

  bool has_sane_control() const {
    const std::uint64_t block_size = load(Control::block_size), capacity = load(Control::capacity);
    return load(Control::magic) == magic_word && load(Control::arena_size) == arena_.size() &&
           stride_for(block_size) == block_size && block_size != 0 && capacity > 0 &&
           load(Control::first) == first_block_for(block_size, capacity) &&
           load(Control::first) + capacity * block_size <= arena_.size();
  }
  void adopt_geometry() {
    block_size_ = load(Control::block_size);
    capacity_ = load(Control::capacity);
    first_ = load(Control::first);
    alignment_ = (block_size_ | first_) & (~(block_size_ | first_) + 1);
    twos_ = static_cast<std::uint32_t>(std::countr_zero(block_size_));
    const std::uint32_t odd = block_size_ >> twos_;
    inverse_ = odd;  // to three bits; each step of Newton's doubles them
    for (int bits = 3; bits < 32; bits *= 2) inverse_ *= 2 - odd * inverse_;
  }
  bool is_free_index(std::uint32_t index) const { return index < capacity_ && !is_live(index); }
  bool is_free_block(Offset block) const { return is_free_index(index_of(block)); }

  Damage fill_damage(Offset block) const {
    const Offset from = block + smallest_block, end = block + block_size_;
    const Offset found = arena_.first_unlike(from, end - from, Fill::freed);
    if (found != end) return {DamagedPart::fill, block, found};
    return {};
  }
  Damage list_damage(std::uint32_t live) const {
    std::uint32_t listed = 0;
    Offset previous = 0;
    std::vector<bool> seen(capacity_);  // the link that leads to a block for the second time is the wrong one
    for (Offset block = head(); block != 0; block = next_free(block)) {
      if (!is_free_block(block) || seen[index_of(block)])
        return {DamagedPart::link, previous, previous == 0 ? Control::head : previous};
      seen[index_of(block)] = true;
      ++listed;
      previous = block;
    }
    if constexpr (Checks::validates) {
      const bool counted = !Checks::looks_ahead || load(Control::live) == live;
      if (listed != capacity_ - live || !counted) return {DamagedPart::control, 0, Control::live};
    }
    return {};
  }
  /// What nobody writes: the live bits of no block and the padding behind them, and the rest behind the last block.
  Damage margin_damage() const {
    const Offset bits_end = control_size + (capacity_ + 31) / 32 * 4;
    if (capacity_ % 32 != 0 && load(bits_end - 4) >> (capacity_ % 32) != 0)
      return {DamagedPart::control, 0, bits_end - 4};
    if (const Offset found = arena_.first_unlike(bits_end, first_ - bits_end, Fill::zero); found != first_)
      return {DamagedPart::control, 0, found};
    if constexpr (Checks::fills) {
      const Offset rest = first_ + capacity_ * block_size_;
      if (const Offset found = arena_.first_unlike(rest, arena_.size() - rest, Fill::freed); found != arena_.size())
        return {DamagedPart::control, rest, found};
    }
    return {};
  }
  void inspect_fill(Offset block) const {
    if constexpr (Checks::fills) {
      if (const Damage damage = fill_damage(block)) arena_.watch().damage(damage);
    }
  }
  void fill_guard(Offset block, std::uint32_t requested) {
    if constexpr (Checks::fills) arena_.fill(block + requested, block_size_ - requested, Fill::guard);
  }

  Arena<Watch> arena_;
  std::uint32_t block_size_ = 0;
  std::uint32_t capacity_ = 0;
  Offset first_ = 0;
  std::uint32_t alignment_ = 0;  ///< of every block: what divides both its size and where the first begins
  std::uint32_t inverse_ = 0;
  std::uint32_t twos_ = 0;
};

}  // namespace heapyard
