// Blocks of one size, 64 bytes.
#include "heapyard/alloc/pool.hpp"

#include "peers.hpp"
#include "works.hpp"

#ifdef HEAPYARD_MIMALLOC
#include <boost/pool/pool.hpp>
#endif

namespace heapyard::bench {
namespace {

constexpr std::size_t block_size = 64;

#ifdef HEAPYARD_MIMALLOC
class BoostPool {
 public:
  BoostPool() : pool_(block_size, live_blocks) {}
  void* take(std::size_t) { return pool_.malloc(); }
  void give(void* pointer) { pool_.free(pointer); }

 private:
  boost::pool<> pool_;
};
#endif

/// What one would write by hand: a list through the free blocks and nothing else. Null when it is empty.
class IntrusiveList {
 public:
  IntrusiveList() {
    std::byte* const bytes = shared_arena(block_size * live_blocks).at(0);
    for (std::size_t i = live_blocks; i-- > 0;) give(bytes + i * block_size);
  }
  void* take(std::size_t) {
    Node* const node = head_;
    if (node != nullptr) head_ = node->next;
    return node;
  }
  void give(void* pointer) { head_ = ::new (pointer) Node{head_}; }

 private:
  struct Node {
    Node* next;
  };
  Node* head_ = nullptr;
};

/// Asked as its peers are: for a block, whose size it knows.
template <class Checks>
class OurPool : public Heapyard<Pool<Checks>> {
 public:
  using Heapyard<Pool<Checks>>::Heapyard;
  void* take(std::size_t) {
    const Result<Offset> block = this->allocator().allocate();
    if (!block) std::abort();
    return this->allocator().arena().at(*block);
  }
};

template <class Checks>
void add_ours(std::vector<Candidate>& candidates, const char* who) {
  const Arena<> arena = shared_arena(Pool<>::arena_bytes(block_size, live_blocks));
  add_batch_and_churn<OurPool<Checks>>(candidates, "pool", who, OneSize<block_size>{}, arena, block_size);
}

}  // namespace

void add_pool(std::vector<Candidate>& candidates) {
  constexpr OneSize<block_size> sizes;
  add_ours<Unchecked>(candidates, "Pool<Unchecked>");
  add_ours<Judged>(candidates, "Pool<Judged>");
  add_ours<Checked>(candidates, "Pool<Checked>");
  add_batch_and_churn<IntrusiveList>(candidates, "pool", "intrusive list", sizes);
#ifdef HEAPYARD_MIMALLOC
  add_batch_and_churn<BoostPool>(candidates, "pool", "Boost.Pool", sizes);
  add_batch_and_churn<Mimalloc>(candidates, "pool", "mimalloc", sizes);
  add_batch_and_churn<CLibrary>(candidates, "pool", "glibc", sizes);
#else
  add_batch_and_churn<CLibrary>(candidates, "pool", HEAPYARD_WASM_MALLOC, sizes);
#endif
}

}  // namespace heapyard::bench
