// Blocks of one size: 64 bytes, 10,000 of them live. One iteration is one release and one allocation (churn), or one of
// each in batches of 10,000 (batch).
#include "heapyard/alloc/pool.hpp"

#include "heapyard/arena/arena.hpp"
#include "heapyard/base/random.hpp"

#include "peers.hpp"
#include "ratios.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/pool/pool.hpp>

using namespace heapyard;

namespace {

constexpr std::size_t block_size = 64, live = 10'000;

template <class Checks>
class HeapyardPool {
 public:
  HeapyardPool() {
    AllocError error;
    memory_ = ArenaMemory::make(Pool<>::arena_bytes(block_size, live), error);
    pool_ = std::make_unique<Pool<Checks>>(Arena<>(memory_));
    if (error != AllocError::none || pool_->format(block_size) != AllocError::none) std::abort();
  }
  void* take(std::size_t) {
    constexpr Layout layout = *Layout::make(block_size);
    return pool_->arena().at(*pool_->allocate(layout));
  }
  void give(void* pointer, std::size_t) { static_cast<void>(pool_->deallocate(pool_->arena().offset_of(pointer))); }

 private:
  ArenaMemory memory_;
  std::unique_ptr<Pool<Checks>> pool_;
};

class BoostPool {
 public:
  BoostPool() : pool_(block_size, live) {}
  void* take(std::size_t) { return pool_.malloc(); }
  void give(void* pointer, std::size_t) { pool_.free(pointer); }

 private:
  boost::pool<> pool_;
};

/// What one would write by hand: a list through the free blocks and nothing else.
class IntrusiveList {
 public:
  IntrusiveList() : bytes_(block_size * live) {
    for (std::size_t i = live; i-- > 0;) give(bytes_.data() + i * block_size, 0);
  }
  void* take(std::size_t) {
    Node* const node = head_;
    head_ = node->next;
    return node;
  }
  void give(void* pointer, std::size_t) { head_ = ::new (pointer) Node{head_}; }

 private:
  struct Node {
    Node* next;
  };
  std::vector<std::byte> bytes_;
  Node* head_ = nullptr;
};

template <class Peer>
void churn(benchmark::State& state) {
  Peer peer;
  std::vector<void*> blocks(live);
  for (void*& block : blocks) block = peer.take(block_size);
  Random random(1);
  std::vector<std::uint16_t> order(1 << 16);
  for (std::uint16_t& index : order) index = static_cast<std::uint16_t>(random.below(live));
  std::size_t at = 0;
  for (auto _ : state) {
    void*& block = blocks[order[at++ & 0xffff]];
    peer.give(block, block_size);
    block = peer.take(block_size);
    benchmark::DoNotOptimize(block);
  }
  for (void* block : blocks) peer.give(block, block_size);
}

template <class Peer>
void batch(benchmark::State& state) {
  Peer peer;
  std::vector<void*> blocks(live);
  for (auto _ : state) {
    for (void*& block : blocks) block = peer.take(block_size);
    benchmark::DoNotOptimize(blocks.data());
    for (void* block : blocks) peer.give(block, block_size);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(live));
}

template <class Peer>
void add(const char* who) {
  benchmark::RegisterBenchmark((std::string("pool-churn/") + who).c_str(), churn<Peer>);
  benchmark::RegisterBenchmark((std::string("pool-batch/") + who).c_str(), batch<Peer>);
}

}  // namespace

int main(int argument_count, char** arguments) {
  add<HeapyardPool<Unchecked>>("Pool<Unchecked>");
  add<HeapyardPool<Checked>>("Pool<Checked>");
  add<BoostPool>("Boost.Pool");
  add<IntrusiveList>("intrusive-list");
  add<bench::Mimalloc>("mimalloc");
  add<bench::CLibrary>("glibc");
  return bench::run(argument_count, arguments, "Boost.Pool");
}
