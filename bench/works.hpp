#pragma once

#include "heapyard/base/random.hpp"

#include "turns.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace heapyard::bench {

constexpr std::size_t live_blocks = 10'000;

/// Hides a value from the optimiser, and tells it that memory may have been read.
inline void consume(void* value) {
  asm volatile("" : : "g"(value) : "memory");
}

/// Always the same.
template <std::size_t size>
struct OneSize {
  std::size_t operator[](std::size_t) const { return size; }
};

/// A table of sizes that repeats.
class Sizes {
 public:
  static constexpr std::size_t count = 1 << 16;

  /// From 16 bytes to 32 KiB, as many below twice the least as in each doubling from there (log-uniform): 4.3 KB on
  /// average.
  static Sizes mixed() {
    static const std::vector<std::uint32_t> table = log_uniform(16, 2048);
    return Sizes(table.data());
  }
  /// From 8 to 128 bytes, log-uniform: what a program makes of small objects.
  static Sizes small() {
    static const std::vector<std::uint32_t> table = log_uniform(8, 16);
    return Sizes(table.data());
  }
  std::size_t operator[](std::size_t index) const { return table_[index % count]; }

 private:
  explicit Sizes(const std::uint32_t* table) : table_(table) {}

  static std::vector<std::uint32_t> log_uniform(double least, double times) {
    std::vector<std::uint32_t> table(count);
    Random random(1);
    for (std::uint32_t& size : table) {
      const double share = static_cast<double>(random.below(1 << 20)) / ((1 << 20) - 1);
      size = static_cast<std::uint32_t>(std::floor(least * std::pow(times, share)));
    }
    return table;
  }
  const std::uint32_t* table_;
};

/// Which of the live blocks is the next to be released.
inline const std::vector<std::uint32_t>& order() {
  static const std::vector<std::uint32_t> order = [] {
    std::vector<std::uint32_t> made(Sizes::count);
    Random random(2);
    for (std::uint32_t& index : made) index = static_cast<std::uint32_t>(random.below(live_blocks));
    return made;
  }();
  return order;
}

/// 10,000 blocks are allocated, then all of them released in the same order. An operation is one of each.
template <class Peer, class SizesOf>
class Batch : public Work {
 public:
  template <class... Make>
  explicit Batch(SizesOf sizes, Make&&... make)
      : sizes_(sizes), peer_(std::forward<Make>(make)...), blocks_(live_blocks) {}

  void run(std::uint64_t rounds) override {
    for (std::uint64_t round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < live_blocks; ++i) blocks_[i] = peer_.take(sizes_[i]);
      consume(blocks_.data());
      for (void* block : blocks_) peer_.give(block);
    }
  }
  static constexpr std::uint64_t operations = live_blocks;

 private:
  SizesOf sizes_;
  Peer peer_;
  std::vector<void*> blocks_;
};

/// 10,000 blocks are live; one of them at random is released, and a new one allocated. An operation is both.
template <class Peer, class SizesOf>
class Churn : public Work {
 public:
  template <class... Make>
  explicit Churn(SizesOf sizes, Make&&... make) : sizes_(sizes), peer_(std::forward<Make>(make)...) {
    for (std::size_t i = 0; i < live_blocks; ++i) blocks_.push_back(peer_.take(sizes_[at_++]));
  }
  ~Churn() override {
    for (void* block : blocks_) peer_.give(block);
  }

  void run(std::uint64_t rounds) override {
    const std::vector<std::uint32_t>& which = order();
    for (std::uint64_t i = 0; i < rounds * operations; ++i) {
      void*& block = blocks_[which[at_ % Sizes::count]];
      peer_.give(block);
      consume(block);  // else of a list that gives back what it was just given, the compiler leaves out both
      block = peer_.take(sizes_[at_++]);
      consume(block);
    }
  }
  static constexpr std::uint64_t operations = live_blocks;

 private:
  SizesOf sizes_;
  Peer peer_;
  std::vector<void*> blocks_;
  std::size_t at_ = 0;
};

/// Adds batch and churn of `Peer`, made of `make…`, to the groups that `group` begins.
template <class Peer, class SizesOf, class... Make>
void add_batch_and_churn(std::vector<Candidate>& candidates, const std::string& group, const std::string& who,
                         SizesOf sizes, Make... make) {
  using B = Batch<Peer, SizesOf>;
  using C = Churn<Peer, SizesOf>;
  candidates.push_back({group + "-batch", who, B::operations, [=] { return std::make_unique<B>(sizes, make...); }});
  candidates.push_back({group + "-churn", who, C::operations, [=] { return std::make_unique<C>(sizes, make...); }});
}

void add_pool(std::vector<Candidate>& candidates);
void add_bump(std::vector<Candidate>& candidates);
void add_mixed(std::vector<Candidate>& candidates);

}  // namespace heapyard::bench
