#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"

#include <cstdint>
#include <cstring>
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
    constexpr const char* names[] = {"visited",    "chosen",          "split",          "coalesced",
                                     "grown",      "shrunk",          "moved",          "linked",
                                     "considered", "linked_in_order", "linked_by_size", "list_found"};
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

/// An allocator over an arena of its own of exactly `size` bytes, formatted, of whose watch the reports are kept.
template <template <class, class> class A, class Checks = Checked>
class WatchedHeap {
 public:
  /// `error` says what kept it from being made or formatted: then nothing may be called.
  template <class... Parameters>
  explicit WatchedHeap(std::uint32_t size, Parameters... parameters) : memory(ArenaMemory::make(size, error)) {
    reports.arena_size = size;
    // What an earlier heap left in this memory may look like headers, which a judging allocator may believe.
    if (error == AllocError::none) std::memset(memory.data(), 0xa5, memory.size());
    if (error == AllocError::none) error = allocator.format(parameters...);
  }

  std::vector<Block> blocks() const {
    std::vector<Block> blocks;
    allocator.for_each_block([&blocks](const Block& block) { blocks.push_back(block); });
    return blocks;
  }
  /// The free blocks in the order of the list, or of the lists.
  std::vector<Offset> free_list() const {
    std::vector<Offset> blocks;
    for (const StructurePart& part : allocator.structure().parts) {
      if (part.kind == PartKind::list) blocks.insert(blocks.end(), part.values.begin(), part.values.end());
    }
    return blocks;
  }
  const std::byte* bytes() const { return memory.data(); }
  void poke(Offset at, std::uint8_t value) const { memory.data()[at] = static_cast<std::byte>(value); }
  void poke_word(Offset at, std::uint32_t value) const { std::memcpy(memory.data() + at, &value, sizeof value); }
  std::uint32_t word(Offset at) const { return allocator.arena().load(at); }

  AllocError error = AllocError::none;
  ArenaMemory memory;
  Reports reports;
  A<Checks, Reporting> allocator{Arena<Reporting>(memory, Reporting(reports))};
};

}  // namespace heapyard::test
