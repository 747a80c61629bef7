// Small objects of 8 to 128 bytes, log-uniform, aligned to 8: 10,000 are allocated, then all given back at once. An
// operation is one allocation and its share of that.
#include "heapyard/alloc/bump.hpp"

#include "peers.hpp"
#include "works.hpp"

#if __has_include(<memory_resource>)
#include <memory_resource>
#endif

namespace heapyard::bench {
namespace {

constexpr std::uint64_t arena_bytes = 1 << 20, alignment = 8;

class Ours {
 public:
  Ours() : bump_(shared_arena(arena_bytes)) {
    if (bump_.format() != AllocError::none) std::abort();
  }
  void* take(std::size_t size) {
    const Result<Offset> payload = bump_.allocate(*Layout::make(size, alignment));
    if (!payload) std::abort();
    return bump_.arena().at(*payload);
  }
  void reset() { bump_.reset(); }

 private:
  Bump<> bump_;
};

#if __has_include(<memory_resource>)
class Monotonic {
 public:
  Monotonic() : resource_(shared_arena(arena_bytes).at(0), arena_bytes, std::pmr::null_memory_resource()) {}
  void* take(std::size_t size) { return resource_.allocate(size, alignment); }
  void reset() { resource_.release(); }

 private:
  std::pmr::monotonic_buffer_resource resource_;
};
#endif

template <class Peer>
class Filling : public Work {
 public:
  void run(std::uint64_t rounds) override {
    const Sizes sizes = Sizes::small();
    for (std::uint64_t round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < live_blocks; ++i) consume(peer_.take(sizes[i]));
      peer_.reset();
    }
  }

 private:
  Peer peer_;
};

template <class Peer>
void add(std::vector<Candidate>& candidates, const char* who) {
  candidates.push_back({"bump", who, live_blocks, [] { return std::make_unique<Filling<Peer>>(); }});
}

}  // namespace

void add_bump(std::vector<Candidate>& candidates) {
  add<Ours>(candidates, "Bump<Unchecked>");
#if __has_include(<memory_resource>)
  add<Monotonic>(candidates, "std::pmr::monotonic_buffer_resource");
#endif
}

}  // namespace heapyard::bench
