#include "heapyard/alloc/buddy.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

using namespace heapyard;
using BuddyHeap = test::Heap<Buddy>;

namespace {

static_assert(Allocator<Buddy<>>);
static_assert(Allocator<Buddy<Checked>>);
static_assert(Buddy<>::block_bytes(1) == 16 && Buddy<>::block_bytes(17) == 32 && Buddy<>::block_bytes(64) == 64);

std::vector<std::uint32_t> free_sizes(const BuddyHeap& heap) {
  std::vector<std::uint32_t> sizes;
  for (const Block& block : heap.blocks()) {
    if (block.state == BlockState::free) sizes.push_back(block.size);
  }
  return sizes;
}

}  // namespace

TEST_CASE("A formatted buddy allocator has the largest blocks that its place allows", "[buddy]") {
  const BuddyHeap heap(1024);
  CHECK(free_sizes(heap) == std::vector<std::uint32_t>{128, 256, 512});
  for (const Block& block : heap.blocks()) {
    if (block.state == BlockState::free) CHECK(block.offset % block.size == 0);
  }
  CHECK(heap.reports.blocks == heap.blocks());
}

TEST_CASE("A block is halved until it is as small as the request allows", "[buddy]") {
  BuddyHeap heap(1024);
  heap.reports.clear();
  CHECK(heap.take(20) == 128);
  CHECK(heap.reports.steps() == "list_found chosen split linked_by_size split linked_by_size");
  CHECK(free_sizes(heap) == std::vector<std::uint32_t>{32, 64, 256, 512});
  const std::vector<StructurePart> parts = heap.allocator.structure().parts;
  CHECK(parts[4].name == "split");
  CHECK(parts[4].values == std::vector<std::uint32_t>{128, 128});
  CHECK(parts[6].name == "used");
  CHECK(parts[6].level == 2);
}

TEST_CASE("The tree of a buddy allocator tells each half of a block that was split, with its size", "[buddy]") {
  BuddyHeap heap(1024);
  heap.take(20);
  std::vector<std::string> told;
  for (const StructurePart& part : heap.allocator.structure().parts) {
    if (part.kind == PartKind::region && part.level > 0)
      told.push_back(std::to_string(part.level) + " " + part.name + " " + std::to_string(part.values[0]) + " " +
                     std::to_string(part.values[1]));
  }
  CHECK(told == std::vector<std::string>{"1 split 128 64", "2 used 128 32", "2 free 160 32", "1 free 192 64"});
}

TEST_CASE("A released block joins its buddy, and that its own", "[buddy]") {
  BuddyHeap heap(1024);
  const std::vector<Block> empty = heap.blocks();
  const Offset a = heap.take(60), b = heap.take(60), c = heap.take(60);
  CHECK(a == 128);
  CHECK(b == 192);
  CHECK(c == 256);
  heap.give(b);
  CHECK(heap.free_list().size() == 4);
  heap.reports.clear();
  heap.give(c);
  CHECK(heap.reports.steps() == "coalesced coalesced linked_by_size");
  heap.give(a);
  CHECK(heap.blocks() == empty);
}

TEST_CASE("Blocks of one size side by side that are no buddies stay apart", "[buddy]") {
  BuddyHeap heap(1024);
  const Offset a = heap.take(60), b = heap.take(60), c = heap.take(60), d = heap.take(60);
  REQUIRE((a == 128 && b == 192 && c == 256 && d == 320));
  heap.give(b);
  heap.give(c);
  CHECK(free_sizes(heap) == std::vector<std::uint32_t>{64, 64, 128, 512});
}

TEST_CASE("Every buddy block is aligned to its own size", "[buddy]") {
  BuddyHeap heap(1 << 16);
  CHECK(heap.take(10, 4096) % 4096 == 0);
  CHECK(heap.take(3000, 1) % 4096 == 0);
  CHECK(heap.refusal(10, 8192) == AllocError::alignment_too_large);
}

TEST_CASE("Realloc halves a block in place, and grows into a free upper buddy", "[buddy]") {
  BuddyHeap heap(1024);
  const Offset a = heap.take(200);
  REQUIRE(*heap.allocator.reallocate(a, *Layout::make(50)) == a);
  CHECK_FALSE(heap.allocator.check());
  REQUIRE(*heap.allocator.reallocate(a, *Layout::make(250)) == a);
  CHECK_FALSE(heap.allocator.check());
  REQUIRE(*heap.allocator.reallocate(a, *Layout::make(300)) != a);
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("A buddy allocator tells misuse by its map", "[buddy]") {
  BuddyHeap heap(1024);
  const Offset a = heap.take(100);
  CHECK(heap.allocator.judge(a) == FaultKind::none);
  CHECK(heap.allocator.judge(a + 16) == FaultKind::interior_pointer);
  CHECK(heap.allocator.judge(8) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(4000) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.judge(512) == FaultKind::double_free);
  heap.give(a);
  CHECK(heap.allocator.deallocate(a) == FaultKind::double_free);
  CHECK(heap.refusal(513) == AllocError::out_of_memory);
  CHECK(heap.refusal(0) == AllocError::zero_size);
  CHECK(heap.refusal(std::uint64_t{1} << 62) == AllocError::out_of_memory);
}

TEST_CASE("An arena without room for a buddy block is refused", "[buddy]") {
  for (std::uint32_t size = 1; size < 200; ++size) {
    const BuddyHeap heap(size);
    CHECK(heap.error == (size < 80 ? AllocError::arena_too_small : AllocError::none));
    if (heap.error == AllocError::none) CHECK_FALSE(heap.allocator.check());
  }
}

TEST_CASE("Damage to a buddy allocator is named by its word, and told to the watch", "[buddy][damage]") {
  BuddyHeap heap(1024);
  const Offset block = heap.take(16);  // its buddies are free, alone in their lists
  const Offset buddy = block ^ 16;
  heap.poke_word(buddy + 4, 512);
  heap.reports.clear();
  CHECK(heap.allocator.check().at == buddy + 4);
  CHECK(heap.allocator.check().part == DamagedPart::link);
  CHECK(heap.refusal(16) == AllocError::damaged);
  CHECK(heap.reports.damages.size() == 1);
  heap.reports.clear();
  const Result<Offset> moved = heap.allocator.reallocate(block, *Layout::make(32, 1));  // not into its buddy
  REQUIRE(moved);
  CHECK(*moved != block);
  CHECK_FALSE(heap.reports.damages.empty());
}

TEST_CASE("What nobody writes between the control words of a buddy allocator is part of them", "[buddy][damage]") {
  BuddyHeap heap(1024);
  const Offset first = heap.blocks()[1].offset;
  heap.poke(first - 1, 1);
  CHECK(heap.allocator.check().part == DamagedPart::control);
  CHECK(heap.allocator.check().block == 0);
  CHECK(heap.allocator.check().at == first - 1);
}

TEST_CASE("A block whose byte in the map says another order than it has is not given back", "[buddy][damage]") {
  for (const bool larger : {true, false}) {
    CAPTURE(larger);
    BuddyHeap heap(4096);
    std::vector<Offset> blocks;
    for (int i = 0; i < 8; ++i) blocks.push_back(heap.take(32));
    const auto lower = std::find_if(blocks.begin(), blocks.end(), [](Offset block) { return block % 64 == 0; });
    REQUIRE(lower != blocks.end());
    const Offset block = *lower, neighbour = block + 32, byte = 24 + 4 * 9 + block / 16;
    REQUIRE(std::find(blocks.begin(), blocks.end(), neighbour) != blocks.end());
    std::memset(heap.memory.data() + neighbour, 0x5a, 32);
    REQUIRE(heap.bytes()[byte] == std::byte{0x85});
    heap.poke(byte, larger ? 0x86 : 0x84);

    CHECK(heap.allocator.judge(block) == FaultKind::damage);
    CHECK(heap.allocator.deallocate(block) == FaultKind::damage);
    CHECK(heap.allocator.reallocate(block, *Layout::make(60, 1)).error() == AllocError::refused);
    CHECK(heap.allocator.damage_at(block, 16).at == byte);
    CHECK(heap.allocator.judge(neighbour) == FaultKind::none);
    CHECK(heap.bytes()[neighbour] == std::byte{0x5a});
  }
}
