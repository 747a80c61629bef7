#pragma once

#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/arena/arena.hpp"

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heapyard::test {

/// What an arena's watch reported.
struct Reports {
  std::vector<Block> blocks;
  std::vector<Note> notes;
  std::vector<Damage> damages;
  std::uint32_t arena_size = 0;
  bool wrote_outside = false;

  void clear() {
    blocks.clear();
    notes.clear();
    damages.clear();
  }
  /// The kinds of the inner steps, in words, in order.
  std::string steps() const {
    constexpr const char* names[] = {"visited", "chosen", "split", "coalesced", "grown", "shrunk", "moved", "linked"};
    std::string text;
    for (const Note& note : notes) text += (text.empty() ? "" : " ") + std::string(names[static_cast<int>(note.kind)]);
    return text;
  }
};

class Reporting {
 public:
  explicit Reporting(Reports& reports) : reports_(&reports) {}
  void wrote(Offset offset, std::uint32_t size) const {
    if (std::uint64_t{offset} + size > reports_->arena_size) reports_->wrote_outside = true;
  }
  void block(const Block& block) const { reports_->blocks.push_back(block); }
  void note(const Note& note) const { reports_->notes.push_back(note); }
  void damage(const Damage& damage) const { reports_->damages.push_back(damage); }

 private:
  Reports* reports_;
};

/// An allocator that checks, over an arena of its own of exactly `size` bytes, formatted.
template <template <class, class> class A, class Checks = Checked>
class Heap {
 public:
  template <class... Parameters>
  explicit Heap(std::uint32_t size, Parameters... parameters) : memory(ArenaMemory::make(size, error)) {
    REQUIRE(error == AllocError::none);
    reports.arena_size = size;
    error = allocator.format(parameters...);
  }

  /// The payload, which must be had.
  Offset take(std::uint64_t size, std::uint64_t alignment = 1) {
    const Result<Layout> layout = Layout::make(size, alignment);
    REQUIRE(layout);
    const Result<Offset> payload = allocator.allocate(*layout);
    CAPTURE(size, alignment, name_of(payload.error()));
    REQUIRE(payload);
    REQUIRE_FALSE(allocator.check());
    return *payload;
  }
  AllocError refusal(std::uint64_t size, std::uint64_t alignment = 1) {
    const Result<Layout> layout = Layout::make(size, alignment);
    return layout ? allocator.allocate(*layout).error() : layout.error();
  }
  void give(Offset payload) {
    CAPTURE(payload);
    REQUIRE(allocator.deallocate(payload) == FaultKind::none);
    REQUIRE_FALSE(allocator.check());
  }
  std::vector<Block> blocks() const {
    std::vector<Block> blocks;
    allocator.for_each_block([&blocks](const Block& block) { blocks.push_back(block); });
    return blocks;
  }
  /// The free blocks in the order of the list.
  std::vector<Offset> free_list() const {
    std::vector<Offset> list;
    if (allocator.first_free() != 0) list.push_back(allocator.first_free());
    allocator.for_each_link([&list](const Link& link) { list.push_back(link.to); });
    return list;
  }
  const std::byte* bytes() const { return memory.data(); }
  void poke(Offset at, std::uint8_t value) const { memory.data()[at] = static_cast<std::byte>(value); }
  void poke_word(Offset at, std::uint32_t value) const { std::memcpy(memory.data() + at, &value, sizeof value); }
  std::uint32_t word(Offset at) const { return allocator.arena().load(at); }

  AllocError error = AllocError::none;  ///< of the format
  ArenaMemory memory;
  Reports reports;
  A<Checks, Reporting> allocator{Arena<Reporting>(memory, Reporting(reports))};
};

using FreeListHeap = Heap<FreeList>;
using PoolHeap = Heap<Pool>;

}  // namespace heapyard::test
