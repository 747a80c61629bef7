#pragma once

#include "heapyard/alloc/tagged_heap.hpp"

#include <bit>
#include <cstdint>
#include <string>

namespace heapyard {

/// Lists of free blocks by size, on two levels, with a bit for each that is not empty.
///
///     control | first-level bits 4 at 8 | … | second-level bits 4 × F | heads 4 × F × 16 | zeros |
///
/// The first level halves the sizes' powers of two from 256 on (below, sizes stand by themselves), the second divides
/// each into 16 equal ranges: size 1100 = 1024 + 76 belongs to first level 3 (1024 to 2047), second level 1 (1088 to
/// 1151). F, the number of first levels, follows from the arena's size.
struct TwoLevelLists {
  static constexpr std::uint32_t second_levels = 16, linear_below = 256, granule = 16;
  static constexpr std::uint32_t magic_word = 0x54465948;  // "HYFT"
  static constexpr Offset first_level_word = 8, second_level_words = 24;

  static constexpr std::uint32_t first_levels(std::uint32_t arena_size) {
    return arena_size < linear_below ? 1 : static_cast<std::uint32_t>(std::bit_width(arena_size)) - 7;
  }
  static constexpr Offset heads(std::uint32_t arena_size) { return second_level_words + 4 * first_levels(arena_size); }
  static constexpr Offset heads_end(std::uint32_t arena_size) {
    return heads(arena_size) + 4 * first_levels(arena_size) * second_levels;
  }
  static constexpr std::uint32_t control_size(std::uint32_t arena_size) {
    return static_cast<std::uint32_t>(align_up(heads_end(arena_size) - granule / 2, granule)) + granule / 2;
  }
  struct Plan {
    explicit constexpr Plan(std::uint32_t arena_size)
        : levels(first_levels(arena_size)), heads(TwoLevelLists::heads(arena_size)) {}
    std::uint32_t levels;
    Offset heads;
  };
  static constexpr std::uint32_t magic() { return magic_word; }
  static constexpr bool has_magic(std::uint32_t word) { return word == magic_word; }

  /// A list's sizes span two to the power of this.
  static constexpr std::uint32_t bits_of_step(std::uint64_t size) {
    return static_cast<std::uint32_t>(std::countl_zero(size | linear_below) ^ 63) - 4;  // one instruction and a sum
  }
  /// The list to which free blocks of a size belong: 16 times its first level plus its second.
  static constexpr std::uint32_t list_of(std::uint64_t size) {
    // Below the first power of two, and in its own range, a list has sizes of one granule: no branch is needed.
    const std::uint32_t steps = bits_of_step(size);
    return (steps - 4) * second_levels + static_cast<std::uint32_t>(size >> steps);
  }
  /// The smallest size of a list. Requires a list; the result of the one behind the last may be 2^32.
  static constexpr std::uint64_t least_size(std::uint32_t list) {
    const std::uint32_t first = list / second_levels, second = list % second_levels;
    if (first == 0) return std::uint64_t{second} * granule;
    return (std::uint64_t{second_levels} + second) << (first + 3);
  }

  template <class Heap>
  static bool coalesces(const Heap&) {
    return true;
  }
  template <class Heap>
  static Offset head_of(const Heap& heap, std::uint32_t list) {
    return heap.plan_.heads + 4 * list;
  }
  template <class Heap>
  static Offset head_at(const Heap& heap, std::uint32_t size) {
    return head_of(heap, list_of(size));
  }

  /// The first list whose every block suffices, found by the bits: nothing is searched, so it takes the same time
  /// whatever the heap holds (good fit: the list to which the size itself belongs is passed by).
  template <class Heap>
  static FreeBlock find(const Heap& heap, std::uint32_t needed, std::uint32_t alignment) {
    std::uint64_t wanted = std::uint64_t{needed} + (alignment - granule);
    wanted += (std::uint64_t{1} << bits_of_step(wanted)) - 1;
    const std::uint32_t from = list_of(wanted), levels = heap.plan_.levels;
    std::uint32_t first = from / second_levels;
    if (first >= levels) return {};
    std::uint32_t second = second_bits(heap, first) >> (from % second_levels) << (from % second_levels);
    if (second == 0) {
      const std::uint32_t above = first + 1 >= levels ? 0 : heap.load(first_level_word) >> (first + 1) << (first + 1);
      if (above == 0) return {};
      first = static_cast<std::uint32_t>(std::countr_zero(above));
      if (Heap::validates && first >= levels) return {0, 0, {DamagedPart::control, 0, first_level_word}};
      second = second_bits(heap, first);
      if (Heap::validates && second == 0) return {0, 0, {DamagedPart::control, 0, first_level_word}};
    }
    const std::uint32_t list = first * second_levels + static_cast<std::uint32_t>(std::countr_zero(second));
    if (Heap::validates && list >= levels * second_levels) return {0, 0, bits_damage(first)};
    const Offset head = head_of(heap, list), block = heap.load(head);
    if constexpr (Heap::validates) {
      if (block == 0) return {0, 0, bits_damage(first)};
      if (!heap.follows(block, 0, head)) return {0, 0, heap.next_link_damage(0, head)};
    }
    heap.arena_.watch().note({NoteKind::list_found, head, static_cast<std::uint32_t>(least_size(list))});
    const auto gap = heap.gap_in(block, needed, alignment);
    return gap ? FreeBlock{block, *gap, {}} : FreeBlock{};
  }

  template <class Heap>
  static Offset predecessor(const Heap&, Offset, Offset) {
    return 0;
  }
  static constexpr NoteKind note_of_link(Offset) { return NoteKind::linked_by_size; }

  template <class Heap>
  static void inserted(const Heap& heap, Offset head_at, Offset next) {
    if (next != 0) return;  // the list was not empty: its bits stand
    const std::uint32_t list = list_at(heap, head_at), first = list / second_levels;
    heap.arena_.store(second_level_words + 4 * first, second_bits(heap, first) | 1U << list % second_levels);
    heap.arena_.store(first_level_word, heap.load(first_level_word) | 1U << first);
  }
  template <class Heap>
  static void removed(const Heap& heap, Offset head_at, Offset, Offset next) {
    if (next != 0 || head_at == 0) return;
    const std::uint32_t list = list_at(heap, head_at), first = list / second_levels;
    const std::uint32_t bits = second_bits(heap, first) & ~(1U << list % second_levels);
    heap.arena_.store(second_level_words + 4 * first, bits);
    if (bits == 0) heap.arena_.store(first_level_word, heap.load(first_level_word) & ~(1U << first));
  }

  template <class Heap>
  static bool is_end_word(const Heap&, std::uint32_t word) {
    return word == 0;
  }
  /// The bits, beside the heads; the lists of sizes that no block has; the zeros behind the heads.
  template <class Heap>
  static Damage damage(const Heap& heap) {
    const std::uint32_t levels = heap.plan_.levels;
    std::uint32_t first_level = 0;
    for (std::uint32_t first = 0; first < levels; ++first) {
      std::uint32_t bits = 0;
      for (std::uint32_t second = 0; second < second_levels; ++second)
        bits |= (heap.load(head_of(heap, first * second_levels + second)) != 0 ? 1U : 0U) << second;
      if (bits != second_bits(heap, first)) return bits_damage(first);
      first_level |= (bits != 0 ? 1U : 0U) << first;
    }
    if (first_level != heap.load(first_level_word)) return {DamagedPart::control, 0, first_level_word};
    const Offset end = heads_end(heap.arena_.size()), first_block = heap.first_block();
    const Offset found = heap.arena_.first_unlike(end, first_block - end, Fill::zero);
    return found == first_block ? Damage{} : Damage{DamagedPart::control, 0, found};
  }

  template <class Heap, class F>
  static void for_each_list(const Heap& heap, F f) {
    const std::uint32_t lists = heap.plan_.levels * second_levels;
    for (std::uint32_t list = 0; list < lists; ++list) f(list, head_of(heap, list));
  }
  static std::string name_of(std::uint32_t list) {
    const std::uint64_t least = least_size(list), most = least_size(list + 1) - granule;
    const std::string from = "free, " + std::to_string(least);
    return least == most ? from + " bytes" : from + " to " + std::to_string(most) + " bytes";
  }
  template <class Heap>
  static void tell(const Heap& heap, Structure& structure) {
    const std::uint32_t levels = heap.plan_.levels;
    structure.tell_bits("bits of the first level", heap.load(first_level_word), levels);
    for (std::uint32_t first = 0; first < levels; ++first) {
      const std::uint64_t least = first == 0 ? granule : least_size(first * second_levels);
      structure.tell_bits("bits from " + std::to_string(least) + " bytes", second_bits(heap, first), second_levels);
    }
  }

 private:
  template <class Heap>
  static std::uint32_t list_at(const Heap& heap, Offset head_at) {
    return (head_at - heap.plan_.heads) / 4;
  }
  template <class Heap>
  static std::uint32_t second_bits(const Heap& heap, std::uint32_t first) {
    return heap.load(second_level_words + 4 * first);
  }
  static constexpr Damage bits_damage(std::uint32_t first) {
    return {DamagedPart::control, 0, second_level_words + 4 * first};
  }
};

static_assert(TwoLevelLists::list_of(1100) == 49 && TwoLevelLists::least_size(49) == 1088);
static_assert(TwoLevelLists::list_of(240) == 15 && TwoLevelLists::list_of(256) == 16);

/// Two-level segregated fit: a general allocator whose every call takes constant time.
///
///     first level    … 0 1 0 1      which ranges of sizes have a free block
///     second level   0010 … 1000    which sixteenth of the range
///     list           head -> free block -> free block
///
/// 1. Allocate: round the size up to the next list's smallest; find, with two bit scans, the first list at or above it
///    that is not empty; take its head; split off what is left.
/// 2. Deallocate: join the block with its free neighbours (boundary tags); put the result at the head of its size's
/// list.
/// 3. Reallocate: shrink by splitting, grow into a free block behind, else allocate, copy and deallocate.
///
/// Complexity: allocate and deallocate O(1), whatever the heap holds (a checking heap fills and compares bytes
/// besides); check O(blocks). The price: a free block that has up to a sixteenth more than a request
/// may be passed by, as one of the list to which the request's own size belongs; where it is the only one that
/// suffices, the request fails with `out_of_memory`. Source: M. Masmano, I. Ripoll, A. Crespo, J. Real, TLSF: a New
/// Dynamic Memory Allocator for Real-Time Systems, 2004.
template <class Checks = Unchecked, class Watch = Unwatched>
using Tlsf = TaggedHeap<TwoLevelLists, Checks, Watch>;

}  // namespace heapyard
