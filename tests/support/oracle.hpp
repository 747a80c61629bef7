#pragma once

#include "heapyard/base/block.hpp"
#include "heapyard/base/layout.hpp"
#include "heapyard/base/random.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heapyard::test {

/// What a program may expect of any allocator, kept as a plain map of live ranges, each filled with a pattern of its
/// own. It knows nothing of the allocator. Each answer is empty, or says what is broken.
class Oracle {
 public:
  Oracle(std::byte* arena, std::uint32_t size) : arena_(arena), size_(size) {}

  /// A new allocation: inside the arena, aligned, over no other; from now on its bytes are the pattern's.
  std::string allocated(Offset payload, Layout layout);
  /// Its bytes are still the pattern's; from now on it is no more.
  std::string released(Offset payload);
  /// It moved or stayed; its first bytes, up to the smaller size, are those it had.
  std::string reallocated(Offset before, Offset after, Layout layout);
  /// The bytes of one allocation, and of all.
  std::string kept(Offset payload) const;
  std::string all_kept() const;

  /// Any one of the live allocations.
  std::optional<Offset> any(Random& random) const;
  /// The one that lies highest.
  std::optional<Offset> highest() const { return live_.empty() ? std::nullopt : std::optional(live_.rbegin()->first); }
  std::uint32_t size_of(Offset payload) const { return live_.at(payload).size; }
  bool is_live(Offset payload) const { return live_.count(payload) != 0; }
  /// Whether the byte belongs to a live allocation.
  bool covers(Offset at) const;
  std::vector<Offset> all() const;
  std::size_t count() const { return live_.size(); }

 private:
  struct Range {
    std::uint32_t size = 0;
    std::uint64_t pattern = 0;
  };
  std::string place(Offset payload, Layout layout) const;
  std::string compare(Offset payload, Range range) const;
  void fill(Offset payload, Range range);

  std::byte* arena_;
  std::uint32_t size_;
  std::map<Offset, Range> live_;
  std::uint64_t patterns_ = 0;
};

}  // namespace heapyard::test
