#include "heapyard/alloc/free_list.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

using namespace heapyard;
using test::FreeListHeap;

namespace {

constexpr Offset first_block = 24;
constexpr std::uint64_t two_to_63 = std::uint64_t{1} << 63;

static_assert(Allocator<FreeList<>>);
static_assert(Allocator<FreeList<Checked>>);

using Offsets = std::vector<Offset>;

std::uint32_t free_bytes(const FreeListHeap& heap) {
  std::uint32_t bytes = 0;
  for (const Block& block : heap.blocks()) bytes += block.state == BlockState::free ? block.size : 0;
  return bytes;
}

}  // namespace

TEST_CASE("A formatted free list is one free block between its control words", "[free-list]") {
  const FreeListHeap heap(1024);
  REQUIRE(heap.error == AllocError::none);
  CHECK(heap.blocks() == std::vector<Block>{{0, 24, 0, 0, BlockState::control},
                                            {24, 992, 0, 0, BlockState::free},
                                            {1016, 8, 0, 0, BlockState::control}});
  CHECK(heap.reports.blocks == heap.blocks());
  CHECK(heap.free_list() == Offsets{24});
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("Free list blocks have eight bytes of header and sizes that are multiples of 16", "[free-list]") {
  FreeListHeap heap(1024);
  CHECK(heap.take(1) == 32);
  CHECK(heap.take(8) == 48);
  CHECK(heap.take(9) == 64);
  CHECK(heap.take(24) == 96);
  CHECK(heap.take(25) == 128);
  const std::vector<Block> blocks = heap.blocks();
  REQUIRE(blocks.size() == 8);
  CHECK(blocks[1] == Block{24, 16, 32, 1, BlockState::used});
  CHECK(blocks[3] == Block{56, 32, 64, 9, BlockState::used});
  CHECK(blocks[5] == Block{120, 48, 128, 25, BlockState::used});
  CHECK(blocks[6] == Block{168, 848, 0, 0, BlockState::free});
}

TEST_CASE("First fit takes the first block of the list that is large enough", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset small = heap.take(24), wall = heap.take(8), large = heap.take(56), end = heap.take(8);
  heap.give(large);
  heap.give(small);
  REQUIRE(heap.free_list() == Offsets{small - 8, large - 8, end + 8});
  heap.reports.clear();
  CHECK(heap.take(40) == large);
  CHECK(heap.reports.steps() == "visited chosen split linked");
  CHECK(heap.reports.notes == std::vector<Note>{{NoteKind::visited, small - 8, 32},
                                                {NoteKind::chosen, large - 8, 64},
                                                {NoteKind::split, large - 8 + 48, 16},
                                                {NoteKind::linked, large - 8 + 48, 16}});
  CHECK(heap.take(24) == small);
  CHECK(heap.word(wall - 4) == 8);
}

TEST_CASE("What a split leaves over is the first to be split again", "[free-list]") {
  FreeListHeap heap(1024);
  heap.take(24);
  const Offset hole = heap.take(24), wall = heap.take(8);
  heap.give(hole);
  CHECK(heap.take(40) == wall + 16);
  CHECK(heap.free_list() == Offsets{wall + 16 + 40, hole - 8});
}

TEST_CASE("Walks stay short among thousands of small holes", "[free-list]") {
  const std::uint32_t live_blocks = 4000;
  FreeListHeap heap(4 << 20);
  Random random(7);
  std::vector<Offset> live;
  std::size_t allocations = 0, visits = 0;
  const auto allocate = [&] {
    const Result<Offset> payload = heap.allocator.allocate(*natural_layout(1 + random.below(512)));
    REQUIRE(payload);
    live.push_back(*payload);
  };
  while (live.size() < live_blocks) allocate();
  for (int call = 0; call < 40000; ++call) {
    const std::size_t victim = random.below(live.size());
    std::swap(live[victim], live.back());
    REQUIRE(heap.allocator.deallocate(live.back()) == FaultKind::none);
    live.pop_back();
    heap.reports.clear();
    allocate();
    ++allocations;
    visits += heap.reports.notes.size();
  }
  REQUIRE_FALSE(heap.allocator.check());
  CHECK(heap.free_list().size() > live_blocks / 4);
  CHECK(visits < allocations * 40);
}

TEST_CASE("A block that fits exactly is taken whole", "[free-list]") {
  FreeListHeap heap(128);
  const Offset payload = heap.take(88);
  CHECK(payload == 32);
  CHECK(heap.free_list().empty());
  CHECK(heap.free_list().empty());
  CHECK(heap.refusal(1) == AllocError::out_of_memory);
  heap.give(payload);
  CHECK(heap.free_list() == Offsets{24});
}

TEST_CASE("A freed block is put at the head of the list", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(8), wall = heap.take(8), b = heap.take(8), wall2 = heap.take(8), c = heap.take(8),
               end = heap.take(8);
  heap.give(a);
  heap.give(c);
  heap.give(b);
  CHECK(heap.free_list() == Offsets{b - 8, c - 8, a - 8, end + 8});
  CHECK(heap.take(8) == b);
  CHECK(heap.take(8) == c);
  CHECK(heap.take(8) == a);
  heap.give(wall);
  heap.give(wall2);
}

TEST_CASE("A freed block joins its free neighbours on both sides", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(40), b = heap.take(40), c = heap.take(40), wall = heap.take(8);

  SECTION("the one behind") {
    heap.give(b);
    heap.reports.clear();
    heap.give(a);
    CHECK(heap.reports.steps() == "coalesced linked");
    CHECK(heap.reports.blocks == std::vector<Block>{{a - 8, 96, 0, 0, BlockState::free}});
  }
  SECTION("the one before, found by its boundary tag") {
    heap.give(a);
    CHECK(heap.word(b - 8 - 4) == 48);
    heap.reports.clear();
    heap.give(b);
    CHECK(heap.reports.steps() == "coalesced linked");
    CHECK(heap.reports.blocks == std::vector<Block>{{a - 8, 96, 0, 0, BlockState::free}});
  }
  SECTION("both") {
    heap.give(a);
    heap.give(c);
    heap.reports.clear();
    heap.give(b);
    CHECK(heap.reports.notes == std::vector<Note>{{NoteKind::coalesced, a - 8, 96},
                                                  {NoteKind::coalesced, a - 8, 144},
                                                  {NoteKind::linked, a - 8, 144}});
    CHECK(heap.free_list() == Offsets{a - 8, wall + 8});
  }
  SECTION("none") {
    heap.reports.clear();
    heap.give(b);
    CHECK(heap.reports.steps() == "linked");
  }
}

TEST_CASE("An aligned request leaves the gap before it free", "[free-list]") {
  FreeListHeap heap(4 * 4096);
  const std::uint64_t alignment =
      GENERATE(std::uint64_t{32}, std::uint64_t{64}, std::uint64_t{256}, std::uint64_t{4096});
  CAPTURE(alignment);
  heap.take(40);
  const Offset payload = heap.take(100, alignment);
  CHECK(payload % alignment == 0);
  CHECK(reinterpret_cast<std::uintptr_t>(heap.allocator.arena().at(payload)) % alignment == 0);
  const Offset gap = first_block + 48;
  if (payload - 8 > gap) {
    CHECK(heap.blocks()[2] == Block{gap, payload - 8 - gap, 0, 0, BlockState::free});
    CHECK(heap.take(8) == gap + 8);
  }
  const std::uint32_t before = free_bytes(heap);
  heap.give(payload);
  CHECK(free_bytes(heap) == before + 112);
}

TEST_CASE("An aligned request that fits a block without its gap alone is refused that block", "[free-list]") {
  FreeListHeap heap(24 + 64 + 8);
  CHECK(heap.refusal(56, 64) == AllocError::out_of_memory);
  CHECK(heap.refusal(25, 64) == AllocError::out_of_memory);
  CHECK(heap.take(24, 64) == 64);
}

TEST_CASE("Realloc shrinks by splitting and gives the tail back", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(200), wall = heap.take(8);
  heap.reports.clear();
  CHECK(*heap.allocator.reallocate(a, *Layout::make(40)) == a);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.reports.steps() == "shrunk linked");
  CHECK(heap.blocks()[1] == Block{24, 48, 32, 40, BlockState::used});
  CHECK(heap.blocks()[2] == Block{72, 160, 0, 0, BlockState::free});
  heap.reports.clear();
  CHECK(*heap.allocator.reallocate(a, *Layout::make(39)) == a);
  CHECK(heap.reports.steps().empty());
  CHECK(heap.blocks()[1] == Block{24, 48, 32, 39, BlockState::used});
  CHECK(heap.word(wall - 4) == 8);

  SECTION("the tail joins a free block behind") {
    heap.reports.clear();
    CHECK(*heap.allocator.reallocate(a, *Layout::make(8)) == a);
    CHECK_FALSE(heap.allocator.check());
    CHECK(heap.reports.steps() == "shrunk coalesced linked");
    CHECK(heap.blocks()[2] == Block{40, 192, 0, 0, BlockState::free});
  }
}

TEST_CASE("Realloc grows into a free block behind", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(40), b = heap.take(100), wall = heap.take(8);
  heap.give(b);
  heap.reports.clear();

  SECTION("and leaves the rest of it free") {
    CHECK(*heap.allocator.reallocate(a, *Layout::make(60)) == a);
    CHECK(heap.reports.steps() == "grown linked");
    CHECK(heap.blocks()[2].state == BlockState::free);
  }
  SECTION("to its last byte") {
    CHECK(*heap.allocator.reallocate(a, *Layout::make(152)) == a);
    CHECK(heap.reports.steps() == "grown");
    CHECK(heap.blocks()[2].offset == wall - 8);
  }
  SECTION("but moves when it is one byte too small") {
    const Result<Offset> moved = heap.allocator.reallocate(a, *Layout::make(153));
    CHECK(*moved == wall + 16);
    CHECK(heap.reports.notes.back().kind == NoteKind::linked);
    CHECK(heap.blocks()[1] == Block{24, 160, 0, 0, BlockState::free});
  }
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("Realloc keeps the first bytes wherever it moves", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(20), wall = heap.take(8);
  std::memcpy(heap.memory.data() + a, "twenty bytes of text", 20);
  const Offset moved = *heap.allocator.reallocate(a, *Layout::make(300));
  CHECK(moved > wall);
  CHECK(std::memcmp(heap.bytes() + moved, "twenty bytes of text\xcd\xcd", 22) == 0);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.judge(a) == FaultKind::double_free);
}

TEST_CASE("Realloc to a larger alignment moves to where it holds", "[free-list]") {
  FreeListHeap heap(4096);
  heap.take(8);
  const Offset a = heap.take(40);
  REQUIRE(a == 48);
  const Offset moved = *heap.allocator.reallocate(a, *Layout::make(40, 256));
  CHECK(moved == 256);
  CHECK(*heap.allocator.reallocate(moved, *Layout::make(30, 128)) == moved);
}

TEST_CASE("A realloc that fails leaves everything as it was", "[free-list]") {
  FreeListHeap heap(256);
  const Offset a = heap.take(40);
  heap.take(100);
  const std::vector<std::byte> before(heap.bytes(), heap.bytes() + 256);
  CHECK(heap.allocator.reallocate(a, *Layout::make(200)).error() == AllocError::out_of_memory);
  CHECK(heap.allocator.reallocate(a, *Layout::make(0)).error() == AllocError::zero_size);
  CHECK(heap.allocator.reallocate(a, *Layout::make(Layout::max_size, 1)).error() == AllocError::out_of_memory);
  CHECK(heap.allocator.reallocate(a, *Layout::make(8, 8192)).error() == AllocError::alignment_too_large);
  CHECK(heap.allocator.reallocate(a + 16, *Layout::make(8)).error() == AllocError::refused);
  CHECK(heap.allocator.reallocate(0, *Layout::make(8)).error() == AllocError::refused);
  CHECK(std::vector<std::byte>(heap.bytes(), heap.bytes() + 256) == before);
}

TEST_CASE("Realloc refuses an alignment above 4096 even where the payload's offset happens to have it", "[free-list]") {
  FreeListHeap heap(4 * 4096);
  heap.take(4096);
  const Offset payload = heap.take(40, 4096);
  REQUIRE(payload == 8192);
  CHECK(heap.allocator.reallocate(payload, *Layout::make(20, 8192)).error() == AllocError::alignment_too_large);
}

TEST_CASE("Absurd requests to a free list are refused with their reason", "[free-list]") {
  FreeListHeap heap(65536);
  CHECK(heap.refusal(0) == AllocError::zero_size);
  CHECK(heap.refusal(two_to_63) == AllocError::size_overflow);
  CHECK(heap.refusal(~std::uint64_t{0}) == AllocError::size_overflow);
  CHECK(heap.refusal(two_to_63 - 1) == AllocError::out_of_memory);
  CHECK(heap.refusal((std::uint64_t{1} << 32) - 8) == AllocError::out_of_memory);
  CHECK(heap.refusal((std::uint64_t{1} << 32) + 8) == AllocError::out_of_memory);
  CHECK(heap.refusal(8, 3) == AllocError::bad_alignment);
  CHECK(heap.refusal(8, 0) == AllocError::bad_alignment);
  CHECK(heap.refusal(8, 8192) == AllocError::alignment_too_large);
  CHECK(heap.refusal(8, std::uint64_t{1} << 32) == AllocError::alignment_too_large);
  CHECK(heap.refusal(8, std::uint64_t{1} << 62) == AllocError::alignment_too_large);
  CHECK(heap.refusal(65536 - 39) == AllocError::out_of_memory);
  CHECK(heap.take(65536 - 40) == 32);
}

TEST_CASE("A free list governs an arena of any size from the smallest on", "[free-list]") {
  for (std::uint32_t size = 1; size <= 200; ++size) {
    CAPTURE(size);
    FreeListHeap heap(size);
    if (size < FreeList<>::smallest_arena) {
      REQUIRE(heap.error == AllocError::arena_too_small);
      continue;
    }
    REQUIRE(heap.error == AllocError::none);
    REQUIRE_FALSE(heap.allocator.check());
    const std::vector<Block> blocks = heap.blocks();
    REQUIRE(blocks.size() == 3);
    REQUIRE(blocks[1].offset == blocks[0].end());
    REQUIRE(blocks[2].offset == blocks[1].end());
    REQUIRE(blocks[2].end() == size);
    REQUIRE(blocks[2].size < 8 + 16);
    const Offset payload = heap.take(blocks[1].size - 8);
    REQUIRE(heap.refusal(1) == AllocError::out_of_memory);
    heap.give(payload);
    REQUIRE(heap.blocks() == blocks);
  }
}

TEST_CASE("What a release of an offset would be is told from the bytes", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(40), b = heap.take(40), c = heap.take(40);
  heap.give(b);
  CHECK(heap.allocator.judge(a) == FaultKind::none);
  CHECK(heap.allocator.judge(a + 8) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(a + 16) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(a + 39) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(b) == FaultKind::double_free);
  CHECK(heap.allocator.judge(b + 16) == FaultKind::double_free);
  CHECK(heap.allocator.judge(0) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(24) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(1016) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(1024) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(~Offset{0}) == FaultKind::foreign_pointer);
  const std::vector<std::byte> before(heap.bytes(), heap.bytes() + 1024);
  for (const Offset misuse : {a + 8, b, Offset{0}, Offset{1016}, ~Offset{0}}) {
    CHECK(heap.allocator.deallocate(misuse) == heap.allocator.judge(misuse));
  }
  CHECK(std::vector<std::byte>(heap.bytes(), heap.bytes() + 1024) == before);
  CHECK(heap.allocator.judge(c) == FaultKind::none);
}

TEST_CASE("Fresh, freed and guard bytes are filled", "[free-list]") {
  FreeListHeap heap(256);
  const Arena<test::Reporting>& arena = heap.allocator.arena();
  const Offset a = heap.take(41);
  CHECK(arena.first_unlike(a, 41, Fill::fresh) == a + 41);
  CHECK(arena.first_unlike(a + 41, 15, Fill::guard) == a + 56);
  heap.take(8);
  heap.give(a);
  CHECK(arena.first_unlike(a + 4, 64 - 12 - 4, Fill::freed) == a - 8 + 60);
}

TEST_CASE("A block taken whole is inspected to its end, and no further", "[free-list]") {
  FreeListHeap heap(1024);
  const Offset block = heap.take(40);
  heap.take(8);
  heap.give(block);
  heap.reports.clear();
  CHECK(heap.take(40) == block);
  CHECK(heap.reports.damages.empty());
}

TEST_CASE("A block of which nothing was asked for is damaged, however small it is", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset payload = heap.take(8);
  heap.poke_word(payload - 4, 0);
  CHECK(heap.allocator.judge(payload) == FaultKind::damage);
  CHECK(heap.allocator.check().at == payload - 4);
}

TEST_CASE("Damage to a free block's footer or to a list's beginning is named by its word", "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset block = heap.take(40) - 8;
  heap.take(8);
  heap.give(block + 8);
  const Offset footer = block + 48 - 4;
  const std::uint32_t size = heap.word(footer);
  heap.poke_word(footer, 7);
  CHECK(heap.allocator.check().part == DamagedPart::header);
  CHECK(heap.allocator.check().at == footer);
  heap.poke_word(footer, size);
  REQUIRE_FALSE(heap.allocator.check());
  heap.poke_word(block + 8, block);
  CHECK(heap.allocator.check().part == DamagedPart::link);
  CHECK(heap.allocator.check().block == block);
}

TEST_CASE("A free block whose successor does not know of it is damage to the successor's header",
          "[free-list][damage]") {
  FreeListHeap heap(1024);
  const Offset block = heap.take(40) - 8, next = heap.take(8) - 8;
  heap.give(block + 8);
  heap.poke_word(next, heap.word(next) & ~2U);
  CHECK(heap.allocator.check().part == DamagedPart::header);
  CHECK(heap.allocator.check().at == next);
  heap.reports.clear();
  CHECK(heap.refusal(40) == AllocError::damaged);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].at == next);
}
