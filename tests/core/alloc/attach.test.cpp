// What an allocator keeps beside its arena follows from the arena: it can be made anew at any time.
#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/bump.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/stack.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include "support/catch.hpp"

#include <cstring>
#include <type_traits>
#include <vector>

using namespace heapyard;

namespace {

constexpr std::uint32_t arena_size = 32 * 1024;

ArenaMemory zeros() {
  AllocError error = AllocError::none;
  ArenaMemory memory = ArenaMemory::make(arena_size, error);
  REQUIRE(error == AllocError::none);
  std::memset(memory.data(), 0, memory.size());
  return memory;
}

/// Some blocks come, every second goes, the newest goes, some more come; each call is made on what `at()` gives.
template <class At>
std::vector<Offset> play(At at) {
  std::vector<Offset> blocks;
  const auto take = [&](std::uint64_t size) { blocks.push_back(*at().allocate(*Layout::make(size, 8))); };
  for (std::uint64_t size = 8; size <= 48; size += 4) take(size);
  for (std::size_t i = 0; i < blocks.size(); i += 2) static_cast<void>(at().deallocate(blocks[i]));
  for (std::uint64_t size = 8; size <= 24; size += 8) take(size);
  return blocks;
}

template <class A, class... Format>
void goes_on(Format... format) {
  static_assert(std::is_trivially_copyable_v<A>, "it owns nothing");
  const ArenaMemory one = zeros(), other = zeros();
  A kept{Arena<>(one)};
  REQUIRE(kept.format(format...) == AllocError::none);
  REQUIRE(A(Arena<>(other)).format(format...) == AllocError::none);

  const std::vector<Offset> blocks = play([&]() -> A& { return kept; });
  const std::vector<Offset> same = play([&] { return A(Arena<>(other)); });

  CHECK(blocks == same);
  CHECK(std::memcmp(one.data(), other.data(), arena_size) == 0);
  CHECK_FALSE(kept.check());
}

}  // namespace

TEST_CASE("An allocator that is attached anew before each call does what one does that was kept", "[alloc]") {
  goes_on<Bump<>>();
  goes_on<Stack<>>();
  goes_on<Pool<>>(48);
  goes_on<FreeList<>>();
  goes_on<AnyFreeList<>>(FreeListPolicy{Fit::next, ListOrder::address, false});
  goes_on<Buddy<>>();
  goes_on<Slab<>>();
  goes_on<Tlsf<>>();
}
