#include "heapyard/alloc/pool.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

using namespace heapyard;
using test::PoolHeap;

namespace {

constexpr std::uint64_t two_to_63 = std::uint64_t{1} << 63;

static_assert(Allocator<Pool<>>);
static_assert(Allocator<Pool<Checked>>);
static_assert(Pool<>::stride_for(1) == 4);
static_assert(Pool<>::arena_bytes(64, 0) == 0);

using Offsets = std::vector<Offset>;

}  // namespace

TEST_CASE("A formatted pool threads its blocks in address order", "[pool]") {
  const PoolHeap heap(static_cast<std::uint32_t>(Pool<>::arena_bytes(64, 4)), 64U);
  REQUIRE(heap.error == AllocError::none);
  CHECK(heap.allocator.block_size() == 64);
  CHECK(heap.allocator.capacity() == 4);
  CHECK(heap.free_list() == Offsets{64, 128, 192, 256});
  CHECK(heap.blocks().front() == Block{0, 64, 0, 0, BlockState::control});
  CHECK(heap.reports.blocks == heap.blocks());
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("A pool's stride holds a link and keeps its blocks aligned", "[pool]") {
  CHECK(Pool<>::stride_for(0) == 0);
  CHECK(Pool<>::stride_for(3) == 4);
  CHECK(Pool<>::stride_for(4) == 4);
  CHECK(Pool<>::stride_for(5) == 8);
  CHECK(Pool<>::stride_for(9) == 16);
  CHECK(Pool<>::stride_for(24) == 32);
  CHECK(Pool<>::stride_for(100) == 112);
  CHECK(Pool<>::stride_for(std::uint64_t{1} << 31) == std::uint32_t{1} << 31);
  CHECK(Pool<>::stride_for((std::uint64_t{1} << 31) + 1) == 0);
  CHECK(Pool<>::stride_for(two_to_63) == 0);
  CHECK(Pool<>::stride_for(~std::uint64_t{0}) == 0);
}

TEST_CASE("The arena for a capacity holds exactly that many blocks", "[pool]") {
  for (const std::uint64_t block_size : {1, 4, 5, 8, 16, 24, 48, 64, 100, 128, 1000}) {
    for (const std::uint64_t capacity : {1, 2, 3, 31, 32, 33, 64, 100, 257}) {
      CAPTURE(block_size, capacity);
      const std::uint64_t bytes = Pool<>::arena_bytes(block_size, capacity);
      REQUIRE(bytes > 0);
      const PoolHeap heap(static_cast<std::uint32_t>(bytes), block_size);
      REQUIRE(heap.error == AllocError::none);
      REQUIRE(heap.allocator.capacity() == capacity);
      REQUIRE(heap.blocks().size() == capacity + 1);
      const PoolHeap smaller(static_cast<std::uint32_t>(bytes - 1), block_size);
      REQUIRE((smaller.error != AllocError::none || smaller.allocator.capacity() < capacity));
    }
  }
  CHECK(Pool<>::arena_bytes(0, 10) == 0);
  CHECK(Pool<>::arena_bytes(64, std::uint64_t{1} << 32) == 0);
  CHECK(Pool<>::arena_bytes(std::uint64_t{1} << 31, 1) > std::uint64_t{1} << 31);
  CHECK(Pool<>::arena_bytes(std::uint64_t{1} << 31, 2) == 0);
  CHECK(Pool<>::arena_bytes(~std::uint64_t{0}, ~std::uint64_t{0}) == 0);
}

TEST_CASE("A pool's blocks tile an arena of any size", "[pool]") {
  for (const std::uint32_t block_size : {1U, 4U, 24U, 64U}) {
    for (std::uint32_t size = 1; size <= 300; ++size) {
      CAPTURE(block_size, size);
      const PoolHeap heap(size, block_size);
      if (heap.error != AllocError::none) {
        REQUIRE(heap.error == AllocError::arena_too_small);
        REQUIRE(size < Pool<>::arena_bytes(block_size, 1));
        continue;
      }
      REQUIRE_FALSE(heap.allocator.check());
      Offset end = 0;
      for (const Block& block : heap.blocks()) {
        REQUIRE(block.offset == end);
        end = block.end();
      }
      REQUIRE(end == size);
    }
  }
}

TEST_CASE("A pool refuses a block size that no arena holds", "[pool]") {
  CHECK(PoolHeap(4096, 0U).error == AllocError::arena_too_small);
  CHECK(PoolHeap(4096, 4096U).error == AllocError::arena_too_small);
  CHECK(PoolHeap(4096, std::uint64_t{1} << 31).error == AllocError::arena_too_small);
  CHECK(PoolHeap(4096, two_to_63).error == AllocError::arena_too_small);
  CHECK(PoolHeap(4096, ~std::uint64_t{0}).error == AllocError::arena_too_small);
  CHECK(PoolHeap(1, 1U).error == AllocError::arena_too_small);
}

TEST_CASE("The block freed last is given out first", "[pool]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(64), b = heap.take(64), c = heap.take(64);
  CHECK(b == a + 64);
  CHECK(c == b + 64);
  heap.give(a);
  heap.give(c);
  heap.give(b);
  CHECK(heap.take(1) == b);
  CHECK(heap.take(1) == c);
  CHECK(heap.take(1) == a);
}

TEST_CASE("A whole block is asked for without a layout", "[pool]") {
  PoolHeap heap(static_cast<std::uint32_t>(Pool<>::arena_bytes(48, 2)), 48U);
  PoolHeap twin(static_cast<std::uint32_t>(Pool<>::arena_bytes(48, 2)), 48U);
  const Layout whole = Layout::make(48, 16).value();
  for (int i = 0; i < 2; ++i) CHECK(*heap.allocator.allocate() == *twin.allocator.allocate(whole));
  CHECK(heap.allocator.allocate().error() == AllocError::out_of_memory);
  CHECK(heap.blocks() == twin.blocks());
  CHECK(heap.reports.blocks == twin.reports.blocks);
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("A pool that is exhausted says so and recovers with the first release", "[pool]") {
  PoolHeap heap(static_cast<std::uint32_t>(Pool<>::arena_bytes(24, 40)), 24U);
  Offsets taken;
  for (int i = 0; i < 40; ++i) taken.push_back(heap.take(24));
  CHECK(heap.refusal(24) == AllocError::out_of_memory);
  CHECK(heap.free_list().empty());
  heap.give(taken[17]);
  CHECK(heap.take(24) == taken[17]);
  CHECK(heap.refusal(1) == AllocError::out_of_memory);
  for (const Offset payload : taken) heap.give(payload);
  CHECK(heap.free_list().size() == 40);
}

TEST_CASE("Absurd requests to a pool are refused with their reason", "[pool]") {
  PoolHeap heap(4096, 64U);
  CHECK(heap.refusal(0) == AllocError::zero_size);
  CHECK(heap.refusal(65) == AllocError::exceeds_block_size);
  CHECK(heap.refusal((std::uint64_t{1} << 32) + 1) == AllocError::exceeds_block_size);
  CHECK(heap.refusal(two_to_63) == AllocError::size_overflow);
  CHECK(heap.refusal(~std::uint64_t{0}) == AllocError::size_overflow);
  CHECK(heap.refusal(8, 3) == AllocError::bad_alignment);
  CHECK(heap.refusal(8, 128) == AllocError::alignment_too_large);
  CHECK(heap.refusal(8, 8192) == AllocError::alignment_too_large);
  CHECK(heap.refusal(8, std::uint64_t{1} << 62) == AllocError::alignment_too_large);
  CHECK(heap.take(8, 64) % 64 == 0);
}

TEST_CASE("Every block of a pool is aligned as its size allows", "[pool]") {
  const auto [block_size, alignment] = GENERATE(table<std::uint32_t, std::uint64_t>(
      {{1, 4}, {4, 4}, {8, 8}, {16, 16}, {24, 32}, {48, 16}, {64, 64}, {96, 32}, {256, 64}}));
  CAPTURE(block_size, alignment);
  PoolHeap heap(8192, block_size);
  for (int i = 0; i < 5; ++i) REQUIRE(heap.take(1, alignment) % alignment == 0);
  CHECK(heap.refusal(1, alignment * 2) == AllocError::alignment_too_large);
}

TEST_CASE("Realloc in a pool keeps its place or is refused", "[pool]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(10);
  CHECK(*heap.allocator.reallocate(a, *Layout::make(64)) == a);
  CHECK(*heap.allocator.reallocate(a, *Layout::make(3)) == a);
  CHECK_FALSE(heap.allocator.damage_at(a, 3));
  CHECK(heap.allocator.reallocate(a, *Layout::make(65)).error() == AllocError::exceeds_block_size);
  CHECK(heap.allocator.reallocate(a, *Layout::make(0)).error() == AllocError::zero_size);
  CHECK(heap.allocator.reallocate(a, *Layout::make(8, 128)).error() == AllocError::alignment_too_large);
  CHECK(heap.allocator.reallocate(a + 4, *Layout::make(8)).error() == AllocError::refused);
  CHECK(heap.allocator.reallocate(0, *Layout::make(8)).error() == AllocError::refused);
  CHECK_FALSE(heap.allocator.damage_at(a, 3));
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("A pool tells misuse by its bytes alone and then changes nothing", "[pool]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(40), b = heap.take(40);
  heap.give(b);
  CHECK(heap.allocator.judge(a) == FaultKind::none);
  CHECK(heap.allocator.judge(a + 1) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(a + 63) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(b) == FaultKind::double_free);
  CHECK(heap.allocator.judge(b + 1) == FaultKind::double_free);
  CHECK(heap.allocator.judge(0) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(a - 1) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(1024) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(~Offset{0}) == FaultKind::foreign_pointer);
  const std::vector<std::byte> before(heap.bytes(), heap.bytes() + 1024);
  for (const Offset misuse : {a + 1, b, Offset{0}, a - 1, Offset{1024}, ~Offset{0}})
    CHECK(heap.allocator.deallocate(misuse) == heap.allocator.judge(misuse));
  CHECK(std::vector<std::byte>(heap.bytes(), heap.bytes() + 1024) == before);
}

TEST_CASE("A pool attached to bytes that are no pool has no blocks and refuses everything", "[pool]") {
  AllocError error = AllocError::none;
  const ArenaMemory memory = ArenaMemory::make(512, error);
  std::memset(memory.data(), 0, 512);
  Pool<Checked> pool{Arena<>(memory)};
  CHECK(pool.capacity() == 0);
  CHECK(pool.check());
  CHECK(pool.allocate(*Layout::make(1, 1)).error() == AllocError::exceeds_block_size);
  CHECK(pool.deallocate(64) == FaultKind::foreign_pointer);
  CHECK(pool.damage_at(64, 8));
  CHECK(pool.damage_at(0, 8));
  CHECK(pool.reallocate(64, *Layout::make(1, 1)).error() == AllocError::refused);
  CHECK(pool.structure().heads().empty());
  std::uint32_t bytes = 0;
  pool.for_each_block([&bytes](const Block& block) { bytes += block.size; });
  CHECK(bytes == 512);
}

TEST_CASE("A pool attached to a pool's bytes goes on where that one was", "[pool]") {
  PoolHeap heap(1024, 64U);
  const Offset a = heap.take(40), b = heap.take(40);
  Pool<Checked> attached{Arena<>(heap.memory)};
  CHECK(attached.capacity() == heap.allocator.capacity());
  CHECK(attached.deallocate(a) == FaultKind::none);
  CHECK(heap.allocator.judge(a) == FaultKind::double_free);
  CHECK(heap.take(1) == a);
  CHECK(heap.allocator.judge(b) == FaultKind::none);
}

TEST_CASE("A pool keeps a word of bits for each 32 blocks", "[pool]") {
  CHECK(Pool<>::arena_bytes(4, 31) == 32 + 31 * 4);
  CHECK(Pool<>::arena_bytes(4, 32) == 32 + 32 * 4);
  CHECK(Pool<>::arena_bytes(4, 33) == 36 + 33 * 4);

  PoolHeap whole(32 + 32 * 4, 4U);
  for (int i = 0; i < 32; ++i) whole.take(4);
  CHECK_FALSE(whole.allocator.check());

  PoolHeap more(36 + 33 * 4, 4U);
  REQUIRE(more.allocator.capacity() == 33);
  more.poke_word(32, 2);  // the bit of a block that there is not
  CHECK(more.allocator.check().at == 32);
}

TEST_CASE("Damage to what is no block of a pool is that of its control words", "[pool][damage]") {
  PoolHeap heap(1024, std::uint64_t{64});
  CHECK(heap.allocator.damage_at(0, 8).block == 0);
  CHECK(heap.allocator.damage_at(0, 8).part == DamagedPart::control);
  const Offset first = heap.blocks()[1].offset;
  heap.poke(first - 1, 1);
  CHECK(heap.allocator.check().part == DamagedPart::control);
  CHECK(heap.allocator.check().block == 0);
}
