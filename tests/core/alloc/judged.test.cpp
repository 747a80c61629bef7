// The policy between Unchecked and Checked: misuse is refused, bytes are not marked.
#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/tlsf.hpp"

#include "support/catch.hpp"

#include <cstring>

using namespace heapyard;

namespace {

constexpr std::uint32_t arena_size = 16 * 1024;
constexpr Layout layout = *Layout::make(64);

ArenaMemory arena_memory() {
  AllocError error = AllocError::none;
  ArenaMemory memory = ArenaMemory::make(arena_size, error);
  REQUIRE(error == AllocError::none);
  return memory;
}

template <class A, class... Format>
void refuses_misuse(Format... format) {
  const ArenaMemory memory = arena_memory();
  A allocator{Arena<>(memory)};
  REQUIRE(allocator.format(format...) == AllocError::none);
  const Offset first = *allocator.allocate(layout), second = *allocator.allocate(layout);
  std::memset(allocator.arena().at(first), 0x5a, 64);

  CHECK(allocator.deallocate(0) == FaultKind::foreign_pointer);
  CHECK(allocator.deallocate(arena_size + 16) == FaultKind::foreign_pointer);
  CHECK(allocator.deallocate(first + 16) == FaultKind::interior_pointer);
  CHECK(allocator.deallocate(second) == FaultKind::none);
  CHECK(allocator.deallocate(second) == FaultKind::double_free);
  CHECK(*allocator.arena().at(first) == std::byte{0x5a});
  CHECK(allocator.deallocate(first) == FaultKind::none);
  CHECK_FALSE(allocator.check());
}

/// What lies between two free blocks joins both; its payload is then inside of free memory, and later of a live block.
template <class A>
void refuses_what_was_joined() {
  const ArenaMemory memory = arena_memory();
  A allocator{Arena<>(memory)};
  REQUIRE(allocator.format() == AllocError::none);
  const Layout small = *Layout::make(24, 16);
  const Offset a = *allocator.allocate(small), b = *allocator.allocate(small), c = *allocator.allocate(small);
  REQUIRE(allocator.allocate(small));
  for (const Offset payload : {a, c, b}) REQUIRE(allocator.deallocate(payload) == FaultKind::none);

  CHECK(allocator.judge(b) == FaultKind::double_free);
  CHECK(allocator.deallocate(b) == FaultKind::double_free);
  CHECK(allocator.reallocate(b, small).error() == AllocError::refused);
  CHECK_FALSE(allocator.check());
  REQUIRE(*allocator.allocate(*Layout::make(80, 16)) == a);
  CHECK(allocator.judge(b) == FaultKind::interior_pointer);
}

}  // namespace

TEST_CASE("Judged allocators refuse a block that was joined with both of its neighbours", "[free-list][tlsf]") {
  refuses_what_was_joined<FreeList<Judged>>();
  refuses_what_was_joined<Tlsf<Judged>>();
  refuses_what_was_joined<FreeList<Checked>>();
  refuses_what_was_joined<Tlsf<Checked>>();
}

TEST_CASE("Judged allocators refuse a second release and a foreign pointer", "[alloc]") {
  refuses_misuse<Pool<Judged>>(64);
  refuses_misuse<Pool<Judged>>(80);
  refuses_misuse<FreeList<Judged>>();
  refuses_misuse<Buddy<Judged>>();
  refuses_misuse<Slab<Judged>>();
  refuses_misuse<Tlsf<Judged>>();
}

TEST_CASE("A judged pool does not follow a link that was overwritten", "[pool]") {
  const ArenaMemory memory = arena_memory();
  Pool<Judged> pool{Arena<>(memory)};
  REQUIRE(pool.format(64) == AllocError::none);
  const Offset block = *pool.allocate(layout);
  REQUIRE(pool.deallocate(block) == FaultKind::none);

  for (const std::uint32_t wrong : {block + 4, arena_size, 0xfffffff0U}) {
    pool.arena().store(block, wrong);
    CHECK(pool.check().part == DamagedPart::link);
  }
  REQUIRE(*pool.allocate(layout) == block);
  CHECK(pool.allocate(layout).error() == AllocError::damaged);
}
