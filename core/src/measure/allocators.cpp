// 64 bytes, allocated and released again: a hundred are allocated, then all of them released in the same order.
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/arena/arena.hpp"

#include "consume.hpp"
#include "works.hpp"

#include <array>
#include <cstdlib>
#include <utility>

namespace heapyard::works {
namespace {

template <class Take, class Give>
void take_and_give(Take take, Give give) {
  std::array<void*, blocks> taken;
  for (void*& block : taken) {
    block = take();
    consume(block);
  }
  for (void* block : taken) give(block);
}

/// One of our own, bare: nobody watches, nothing is recorded.
template <class Allocator>
class Allocating : public Work {
 public:
  template <class... Format>
  explicit Allocating(std::uint64_t arena_bytes, Format... format)
      : memory_(ArenaMemory::make(arena_bytes, error_)), allocator_(Arena<>(memory_)) {
    if (error_ == AllocError::none) error_ = allocator_.format(format...);
    if (error_ != AllocError::none) std::abort();
  }

  void run(std::uint64_t rounds) override {
    for (std::uint64_t i = 0; i < rounds; ++i) {
      take_and_give([this] { return allocator_.arena().at(*allocator_.allocate(layout)); },
                    [this](void* block) { static_cast<void>(allocator_.deallocate(payload_of(allocator_, block))); });
    }
  }

 private:
  static constexpr Layout layout = *Layout::make(block_bytes);

  AllocError error_ = AllocError::none;
  ArenaMemory memory_;
  Allocator allocator_;
};

template <class Checks>
std::unique_ptr<Work> pool_with() {
  return std::make_unique<Allocating<Pool<Checks>>>(Pool<Checks>::arena_bytes(block_bytes, blocks), block_bytes);
}

}  // namespace

std::unique_ptr<Work> pool() {
  return pool_with<Unchecked>();
}

std::unique_ptr<Work> checked_pool() {
  return pool_with<Checked>();
}

std::unique_ptr<Work> free_list() {
  constexpr std::uint64_t ample = 64 * 1024;
  return std::make_unique<Allocating<FreeList<>>>(ample);
}

std::unique_ptr<Work> c_library() {
  return repeated(
      [] { take_and_give([] { return std::malloc(block_bytes); }, [](void* block) { std::free(block); }); });
}

}  // namespace heapyard::works
