// Sizes from 16 bytes to 32 KiB, as many small as large ones (log-uniform), 2,000 live. One iteration is one release
// and one allocation.
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/random.hpp"

#include "peers.hpp"
#include "ratios.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

using namespace heapyard;

namespace {

constexpr std::size_t live = 2000;

template <class Checks>
class HeapyardFreeList {
 public:
  HeapyardFreeList() {
    AllocError error;
    memory_ = ArenaMemory::make(std::uint64_t{64} << 20, error);
    list_ = std::make_unique<FreeList<Checks>>(Arena<>(memory_));
    if (error != AllocError::none || list_->format() != AllocError::none) std::abort();
  }
  void* take(std::size_t size) {
    const Result<Offset> payload = list_->allocate(*natural_layout(size));
    if (!payload) std::abort();
    return list_->arena().at(*payload);
  }
  void give(void* pointer, std::size_t) { static_cast<void>(list_->deallocate(list_->arena().offset_of(pointer))); }

 private:
  ArenaMemory memory_;
  std::unique_ptr<FreeList<Checks>> list_;
};

template <class Peer>
void churn(benchmark::State& state) {
  Peer peer;
  Random random(1);
  std::vector<std::uint32_t> sizes(1 << 16), order(1 << 16);
  for (std::uint32_t& size : sizes)
    size = static_cast<std::uint32_t>(16 * std::pow(2048, static_cast<double>(random.below(1 << 20)) / (1 << 20)));
  for (std::uint32_t& index : order) index = static_cast<std::uint32_t>(random.below(live));
  struct Held {
    void* pointer;
    std::size_t size;
  };
  std::vector<Held> blocks;
  for (std::size_t i = 0; i < live; ++i) blocks.push_back({peer.take(sizes[i]), sizes[i]});
  std::size_t at = 0;
  for (auto _ : state) {
    Held& block = blocks[order[at & 0xffff]];
    peer.give(block.pointer, block.size);
    block.size = sizes[at++ & 0xffff];
    block.pointer = peer.take(block.size);
    benchmark::DoNotOptimize(block.pointer);
  }
  for (const Held& block : blocks) peer.give(block.pointer, block.size);
}

}  // namespace

int main(int argument_count, char** arguments) {
  benchmark::RegisterBenchmark("mixed-churn/FreeList<Unchecked>", churn<HeapyardFreeList<Unchecked>>);
  benchmark::RegisterBenchmark("mixed-churn/FreeList<Checked>", churn<HeapyardFreeList<Checked>>);
  benchmark::RegisterBenchmark("mixed-churn/mimalloc", churn<bench::Mimalloc>);
  benchmark::RegisterBenchmark("mixed-churn/glibc", churn<bench::CLibrary>);
  return bench::run(argument_count, arguments, "glibc");
}
