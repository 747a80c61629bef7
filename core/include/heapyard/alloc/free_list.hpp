#pragma once

#include "heapyard/alloc/tagged_heap.hpp"

#include <cstdint>
#include <string>

namespace heapyard {

/// Which free block a request takes.
enum class Fit : std::uint8_t {
  first,  ///< the first of the list that is large enough
  next,   ///< the same, but a search begins behind where the last one ended
  best,   ///< the smallest that is large enough
  worst,  ///< the largest
};

/// Where a free block is put in the list.
enum class ListOrder : std::uint8_t {
  lifo,     ///< at the head: the block freed last is found first
  address,  ///< between those before and behind it in the arena
};

struct FreeListPolicy {
  Fit fit = Fit::first;
  ListOrder order = ListOrder::lifo;
  bool coalesces = true;  ///< joins free neighbours when a block is released

  friend constexpr bool operator==(const FreeListPolicy&, const FreeListPolicy&) = default;
};

/// The first word of a heap with one list names its policy, so that bytes alone say which heap they are: "HYFL" for the
/// plain one.
struct PolicyWord {
  static constexpr std::uint32_t plain = 0x4c465948, shift = 24, policies = 16;

  static constexpr std::uint32_t of(FreeListPolicy policy) {
    const auto fit = static_cast<std::uint32_t>(policy.fit), order = static_cast<std::uint32_t>(policy.order);
    return plain + ((fit + 4 * order + (policy.coalesces ? 0 : 8)) << shift);
  }
  static constexpr bool is_one(std::uint32_t word) {
    return (word - plain) << 8 == 0 && (word - plain) >> shift < policies;
  }
  static constexpr FreeListPolicy policy(std::uint32_t word) {
    const std::uint32_t which = (word - plain) >> shift;
    return {static_cast<Fit>(which & 3), static_cast<ListOrder>(which >> 2 & 1), (which & 8) == 0};
  }
};

/// A policy that is compiled in.
template <FreeListPolicy fixed>
struct FixedPolicy {
  static constexpr bool is_plain = fixed == FreeListPolicy{};
  template <class Heap>
  static constexpr FreeListPolicy policy(const Heap&) {
    return fixed;
  }
  static constexpr std::uint32_t magic() { return PolicyWord::of(fixed); }
  static constexpr bool has_magic(std::uint32_t word) { return word == PolicyWord::of(fixed); }
};

/// The policy that the heap was formatted with.
struct ChosenPolicy {
  static constexpr bool is_plain = false;
  template <class Heap>
  static FreeListPolicy policy(const Heap& heap) {
    return PolicyWord::policy(heap.arena().load(0));
  }
  static constexpr std::uint32_t magic(FreeListPolicy policy) { return PolicyWord::of(policy); }
  static constexpr bool has_magic(std::uint32_t word) { return PolicyWord::is_one(word); }
};

/// One list of free blocks, searched and kept as a `FreeListPolicy` says. Next fit's rover, the block at which the next
/// search begins, is the second word of the end's header.
template <class Chosen>
struct OneList : Chosen {
  using Chosen::magic, Chosen::has_magic;
  static constexpr Offset head_word = 8;

  struct Plan {
    explicit constexpr Plan(std::uint32_t) {}
  };
  static constexpr std::uint32_t control_size(std::uint32_t) { return 24; }

  template <class Heap>
  static bool coalesces(const Heap& heap) {
    return Chosen::is_plain || Chosen::policy(heap).coalesces;
  }
  template <class Heap>
  static Offset head_at(const Heap&, std::uint32_t) {
    return head_word;
  }

  template <class Heap>
  static FreeBlock find(const Heap& heap, std::uint32_t needed, std::uint32_t alignment) {
    if constexpr (Chosen::is_plain) return find_first(heap, needed, alignment);
    const FreeListPolicy policy = Chosen::policy(heap);
    const bool decides_at_once = policy.fit == Fit::first || policy.fit == Fit::next;
    const Offset start = policy.fit == Fit::next ? heap.load(rover_at(heap)) : 0;
    if (start != 0 && !heap.is_free_block(start))
      return {0, 0, {DamagedPart::control, heap.end_block(), rover_at(heap)}};

    FreeBlock found;
    [[maybe_unused]] Offset previous = start == 0 ? 0 : heap.previous_free(start);
    bool came_round = start == 0;
    for (Offset block = start == 0 ? heap.load(head_word) : start;; block = heap.next_free(block)) {
      if (block == 0 && !came_round) {
        came_round = true;
        previous = 0;
        block = heap.load(head_word);
        if (block == start) return found;
      } else if (came_round && block == start) {
        return found;  // also at the end of the list, where both are 0
      }
      if (block == 0) return found;
      if constexpr (Heap::validates) {
        // A block that names another as its previous ends the walk: so no list is walked in a circle.
        if (!heap.follows(block, previous, head_word)) return {0, 0, heap.next_link_damage(previous, head_word)};
        previous = block;
      }
      const std::uint32_t size = heap.size_of(block);
      const auto gap = heap.gap_in(block, needed, alignment);
      if (gap && decides_at_once) {
        if (policy.fit == Fit::next) heap.arena_.store(rover_at(heap), block);
        return {block, *gap, {}};
      }
      if (gap && (found.offset == 0 || is_better(policy.fit, size, heap.size_of(found.offset)))) {
        found = {block, *gap, {}};
        if (policy.fit == Fit::best && size == needed) return found;
      }
      heap.arena_.watch().note({gap ? NoteKind::considered : NoteKind::visited, block, size});
    }
  }

  template <class Heap>
  static Offset predecessor(const Heap& heap, Offset, Offset block) {
    if (Chosen::is_plain || Chosen::policy(heap).order == ListOrder::lifo) return 0;
    Offset previous = 0;
    for (Offset at = heap.load(head_word); at != 0 && at < block; at = heap.next_free(at)) {
      if (Heap::validates && !heap.follows(at, previous, head_word)) break;
      previous = at;
    }
    return previous;
  }

  static constexpr NoteKind note_of_link(Offset previous) {
    return previous == 0 ? NoteKind::linked : NoteKind::linked_in_order;
  }
  template <class Heap>
  static void inserted(const Heap&, Offset, Offset) {}
  /// A rover whose block leaves the list goes on to the one behind it.
  template <class Heap>
  static void removed(const Heap& heap, Offset, Offset block, Offset next) {
    if (!Chosen::is_plain && Chosen::policy(heap).fit == Fit::next && heap.load(rover_at(heap)) == block)
      heap.arena_.store(rover_at(heap), next);
  }

  template <class Heap>
  static bool is_end_word(const Heap& heap, std::uint32_t word) {
    return word == 0 || (!Chosen::is_plain && Chosen::policy(heap).fit == Fit::next && heap.is_free_block(word));
  }
  template <class Heap>
  static Damage damage(const Heap&) {
    return {};
  }
  template <class Heap, class F>
  static void for_each_list(const Heap&, F f) {
    f(0U, head_word);
  }
  static std::string name_of(std::uint32_t) { return "free list"; }
  template <class Heap>
  static void tell(const Heap& heap, Structure& structure) {
    if (Chosen::is_plain || Chosen::policy(heap).fit != Fit::next) return;
    if (const Offset rover = heap.load(rover_at(heap)); heap.is_free_block(rover))
      structure.tell(PartKind::place, "the next search begins", {rover});
  }

 private:
  template <class Heap>
  static FreeBlock find_first(const Heap& heap, std::uint32_t needed, std::uint32_t alignment) {
    [[maybe_unused]] Offset previous = 0;
    for (Offset block = heap.load(head_word); block != 0; block = heap.next_free(block)) {
      if constexpr (Heap::validates) {
        // A block that names another as its previous ends the walk: so no list is walked in a circle.
        if (!heap.follows(block, previous, head_word)) return {0, 0, heap.next_link_damage(previous, head_word)};
        previous = block;
      }
      if (const auto gap = heap.gap_in(block, needed, alignment)) return {block, *gap, {}};
      heap.arena_.watch().note({NoteKind::visited, block, heap.size_of(block)});
    }
    return {};
  }
  template <class Heap>
  static Offset rover_at(const Heap& heap) {
    return heap.end_block() + 4;
  }
  static constexpr bool is_better(Fit fit, std::uint32_t size, std::uint32_t than) {
    return fit == Fit::best ? size < than : size > than;
  }
};

/// One list of free blocks, boundary tags, immediate coalescing: the allocator of every textbook.
///
///     control | magic 4 | arena size 4 | head 4 | used blocks 4 | free blocks 4 | free bytes 4 |
///     free    | size+flags 4 | next 4 | previous 4 | ………………… | size 4 |
///
/// 1. Allocate: walk the list from its head; the first block that fits (with room to align the payload) is taken. Best
///    and worst fit walk on to the end; next fit begins where it stopped the last time. What is left in front and
///    behind becomes free blocks of its own (split).
/// 2. Deallocate: join the block with its free neighbours (coalesce); put the result at the head of the list, or, in
///    address order, between its neighbours in the list.
/// 3. Reallocate: shrink by splitting, grow into a free block behind, else allocate, copy and deallocate.
///
/// Complexity: allocate O(free blocks), deallocate O(1), in address order O(free blocks), check O(blocks). With first
/// fit and LIFO order the large remainders of splits stay near the head, which keeps walks short: 2 to 18 blocks on
/// average over random traces with 100,000 live blocks, where remainders that keep their block's place leave small ones
/// in front that make it thousands.
///
/// Source: D. E. Knuth, The Art of Computer Programming 1, 2.5, algorithms A and C and exercise 2.5-12 (boundary tags);
/// P. R. Wilson et al., Dynamic Storage Allocation: A Survey and Critical Review, 1995, for the policies.
template <class Checks = Unchecked, class Watch = Unwatched>
using FreeList = TaggedHeap<OneList<FixedPolicy<FreeListPolicy{}>>, Checks, Watch>;

/// The same with the policy that `format(policy)` is given.
template <class Checks = Unchecked, class Watch = Unwatched>
using AnyFreeList = TaggedHeap<OneList<ChosenPolicy>, Checks, Watch>;

}  // namespace heapyard
