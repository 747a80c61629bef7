#include "heapyard/alloc/tracking.hpp"

#include "heapyard/alloc/std_allocator.hpp"
#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <map>
#include <vector>

using namespace heapyard;
using test::Heap;
using test::Tracked;

namespace {

using FreeListHeap = Heap<Tracked<FreeList>::By>;

static_assert(Allocator<Tracking<FreeList<>>> && Allocator<Tracking<Pool<Checked>>> && Allocator<Tracking<Bump<>>>);

template <class A>
concept ReleasesNewestOnly = requires {
  A::releases_newest_only;
};
static_assert(ReleasesNewestOnly<Tracking<Stack<>>> && !ReleasesNewestOnly<Tracking<FreeList<>>>);

template <class H>
Result<Offset> resize(H& heap, Offset payload, std::uint64_t size, std::uint64_t alignment = 1) {
  return heap.allocator.reallocate(payload, *Layout::make(size, alignment));
}

}  // namespace

TEST_CASE("A new tracking allocator has counted nothing", "[tracking]") {
  FreeListHeap heap(1024);
  CHECK(heap.allocator.counts() == TrackingCounts{});
  CHECK(heap.allocator.live().empty());
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("What was asked for is counted, not what it takes", "[tracking]") {
  FreeListHeap heap(4096);
  const Offset a = heap.take(40), b = heap.take(1, 64);
  CHECK(b % 64 == 0);
  CHECK(heap.allocator.counts() == TrackingCounts{2, 0, 0, 0, 2, 41, 41, 41});
  heap.give(a);
  CHECK(heap.allocator.counts() == TrackingCounts{2, 1, 0, 0, 1, 1, 41, 41});
  REQUIRE(resize(heap, b, 30));
  CHECK(heap.allocator.counts() == TrackingCounts{2, 1, 1, 0, 1, 30, 41, 71});
  heap.take(12);
  CHECK(heap.allocator.counts() == TrackingCounts{3, 1, 1, 0, 2, 42, 42, 83});
}

TEST_CASE("What is refused is counted as that alone", "[tracking]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(10);
  CHECK(heap.refusal(0) == AllocError::zero_size);
  CHECK(heap.refusal(5000) == AllocError::out_of_memory);
  CHECK(heap.refusal(8, 8192) == AllocError::alignment_too_large);
  CHECK(resize(heap, a, 5000).error() == AllocError::out_of_memory);
  CHECK(resize(heap, a + 1, 5).error() == AllocError::refused);
  CHECK(heap.allocator.deallocate(a + 1) == FaultKind::interior_pointer);
  heap.give(a);
  CHECK(heap.allocator.deallocate(a) == FaultKind::double_free);
  CHECK(heap.allocator.deallocate(5000) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.counts() == TrackingCounts{1, 1, 0, 8, 0, 0, 10, 10});
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("What was not given back is listed with the program's payloads", "[tracking]") {
  FreeListHeap heap(4096);
  const Offset a = heap.take(40), b = heap.take(5), c = heap.take(7, 256);
  heap.give(a);
  const std::vector<Block> live = heap.allocator.live();
  REQUIRE(live.size() == 2);
  CHECK((live[0].payload_offset == b && live[0].payload_size == 5));
  CHECK((live[1].payload_offset == c && live[1].payload_size == 7));
}

TEST_CASE("Blocks of a tracked pool have the sizes that were asked for", "[tracking][pool]") {
  Heap<Tracked<Pool>::By> heap(1024, 64U);
  const Offset a = heap.take(20);
  CHECK(heap.refusal(57) == AllocError::exceeds_block_size);
  heap.take(56);
  REQUIRE(heap.allocator.live().size() == 2);
  CHECK(heap.allocator.live()[0].payload_size == 20);
  heap.give(a);
  CHECK(heap.allocator.counts() == TrackingCounts{2, 1, 0, 1, 1, 56, 76, 76});
}

TEST_CASE("A payload that is to be aligned more strictly moves with its bytes", "[tracking]") {
  FreeListHeap heap(4096);
  const Offset a = heap.take(40);
  heap.take(8);
  heap.poke(a + 39, 77);
  const Result<Offset> moved = resize(heap, a, 50, 512);
  REQUIRE(moved);
  CHECK(*moved % 512 == 0);
  CHECK(heap.bytes()[*moved + 39] == std::byte{77});
  CHECK(heap.allocator.judge(a) != FaultKind::none);
  CHECK(heap.allocator.counts() == TrackingCounts{2, 0, 1, 0, 2, 58, 58, 98});
  CHECK_FALSE(heap.allocator.check());

  Heap<Tracked<Stack>::By> stack(4096);
  const Offset b = stack.take(40);
  CHECK(resize(stack, b, 40, 512).error() == AllocError::out_of_order);
}

TEST_CASE("A tracked bump allocator that is reset has given everything back", "[tracking][bump]") {
  Heap<Tracked<Bump>::By> heap(1024);
  heap.take(10);
  const Offset b = heap.take(20, 32);
  CHECK(heap.allocator.live().size() == 2);
  heap.give(b);
  heap.take(30);
  heap.allocator.reset();
  CHECK(heap.allocator.counts() == TrackingCounts{3, 3, 0, 0, 0, 0, 40, 60});
  CHECK(heap.allocator.live().empty());
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("The structure tells the counts before that of the allocator inside", "[tracking]") {
  FreeListHeap heap(1024);
  heap.take(40);
  const std::vector<StructurePart> parts = heap.allocator.structure().parts;
  REQUIRE(parts.size() == 9);
  CHECK((parts[0].name == "allocations" && parts[0].kind == PartKind::count));
  CHECK(parts[5].name == "live bytes");
  CHECK(parts[5].values == std::vector<std::uint32_t>{40});
  CHECK(parts[8].kind == PartKind::list);
}

TEST_CASE("All that is counted lives in the arena: a copy of its bytes goes on", "[tracking]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(40);
  heap.take(8);
  AllocError error{};
  const ArenaMemory copy = ArenaMemory::make(1024, error);
  REQUIRE(error == AllocError::none);
  std::copy(heap.bytes(), heap.bytes() + 1024, copy.data());
  Tracking<FreeList<Checked>> other{Arena<>(copy)};
  CHECK(other.counts() == heap.allocator.counts());
  CHECK(other.deallocate(a) == FaultKind::none);
  CHECK(other.counts().live_bytes == 8);
  CHECK_FALSE(other.check());
  CHECK(heap.allocator.counts().live_bytes == 48);
}

TEST_CASE("A count that was overwritten is found, and still after more calls", "[tracking][damage]") {
  FreeListHeap heap(1024);
  heap.take(40);
  const Offset refusals = 1024 - 80 + 32;
  heap.poke(refusals, 3);
  CHECK(heap.allocator.counts().refusals == 3);
  CHECK(heap.allocator.check().part == DamagedPart::control);
  CHECK(heap.allocator.check().at == 1024 - 80 + 72);  // the sum tells of it
  static_cast<void>(heap.allocator.allocate(*Layout::make(8)));
  CHECK(heap.allocator.check().part == DamagedPart::control);
}

TEST_CASE("Counts that agree with their sum and not with the blocks are found", "[tracking][damage]") {
  FreeListHeap heap(1024);
  heap.take(40);
  const Offset record = 1024 - 80;
  heap.poke_word(record + 40, heap.word(record + 40) + 1);
  heap.poke_word(record + 72, heap.word(record + 72) + 1);
  CHECK(heap.allocator.counts().live_blocks == 2);
  CHECK(heap.allocator.check().part == DamagedPart::control);
}

TEST_CASE("A pointer to a tracked block's header is an interior one, whatever the bytes before it look like",
          "[tracking]") {
  for (std::uint64_t first = 8; first <= 128; first += 8) {
    Heap<test::Tracked<Stack>::By> heap(1024);
    for (const std::uint64_t size : {first, std::uint64_t{16}, std::uint64_t{24}}) {
      const Result<Offset> payload = heap.allocator.allocate(*Layout::make(size, 8));
      REQUIRE(payload);
      CAPTURE(first, size, *payload);
      CHECK(heap.allocator.judge(*payload - 8) == FaultKind::interior_pointer);
    }
  }
}

TEST_CASE("A header that was overwritten is neither obeyed nor called a pointer into the middle",
          "[tracking][damage]") {
  FreeListHeap heap(1024);
  const Offset a = heap.take(40), b = heap.take(5, 64), c = heap.take(5, 64);
  heap.poke(a - 8, 41);
  CHECK(heap.allocator.deallocate(a) == FaultKind::damage);
  CHECK(heap.allocator.damage_at(a, 40).part == DamagedPart::header);
  heap.poke(b - 8, 6);
  CHECK(heap.allocator.deallocate(b) == FaultKind::damage);
  CHECK(heap.allocator.judge(b + 1) == FaultKind::interior_pointer);
  heap.poke(c - 64, 6);
  CHECK(heap.allocator.deallocate(c) == FaultKind::damage);
  CHECK(heap.allocator.counts().live_blocks == 3);
}

TEST_CASE("An arena that has no room for the record is refused", "[tracking]") {
  for (const std::uint32_t size : {1U, 80U, 81U, 120U}) {
    CAPTURE(size);
    CHECK(FreeListHeap(size).error == AllocError::arena_too_small);
  }
  CHECK(FreeListHeap(80 + 64).error == AllocError::none);
}

TEST_CASE("The counts are those of a plain count, whatever is called", "[tracking][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  FreeListHeap heap(16384);
  TrackingCounts wanted;
  std::map<Offset, std::uint32_t> live;
  const auto asked = [&](std::uint64_t size) {
    wanted.requested_bytes += size;
    wanted.live_bytes += size;
    wanted.high_water_mark = std::max(wanted.high_water_mark, wanted.live_bytes);
  };
  for (int i = 0; i < 3000; ++i) {
    const auto size = static_cast<std::uint32_t>(random.between(1, 300));
    const Layout layout = *Layout::make(size, std::uint64_t{1} << random.below(8));
    const auto any = live.lower_bound(static_cast<Offset>(random.below(16384)));
    if (any == live.end() || random.chance(45)) {
      const Result<Offset> payload = heap.allocator.allocate(layout);
      payload ? ++wanted.allocations : ++wanted.refusals;
      if (!payload) continue;
      ++wanted.live_blocks;
      asked(size);
      live[*payload] = size;
    } else if (random.chance(60)) {
      REQUIRE(heap.allocator.deallocate(any->first) == FaultKind::none);
      ++wanted.deallocations;
      --wanted.live_blocks;
      wanted.live_bytes -= any->second;
      live.erase(any);
    } else {
      const Result<Offset> payload = heap.allocator.reallocate(any->first, layout);
      payload ? ++wanted.reallocations : ++wanted.refusals;
      if (!payload) continue;
      wanted.live_bytes -= any->second;
      asked(size);
      live.erase(any);
      live[*payload] = size;
    }
    REQUIRE(heap.allocator.counts() == wanted);
    REQUIRE(heap.allocator.live().size() == live.size());
  }
}

TEST_CASE("Containers on a tracking allocator give all of it back", "[tracking][std-allocator]") {
  AllocError error{};
  const ArenaMemory memory = ArenaMemory::make(1 << 16, error);
  using Heap = Tracking<Tlsf<Checked>>;
  Heap heap{Arena<>(memory)};
  REQUIRE(heap.format() == AllocError::none);
  {
    std::vector<int, StdAllocator<int, Heap>> numbers{StdAllocator<int, Heap>(heap)};
    for (int i = 0; i < 100; ++i) numbers.push_back(i);
    CHECK(heap.counts().live_bytes == numbers.capacity() * sizeof(int));
  }
  CHECK(heap.counts().live_bytes == 0);
  CHECK(heap.counts().allocations == heap.counts().deallocations);
}

TEST_CASE("The watch is told the program's payloads, and of free blocks none", "[tracking]") {
  FreeListHeap heap(2048);
  heap.reports.clear();
  const Offset payload = heap.take(40);
  const auto is_used = [](const Block& block) { return block.state == BlockState::used; };
  const auto used = std::find_if(heap.reports.blocks.begin(), heap.reports.blocks.end(), is_used);
  REQUIRE(used != heap.reports.blocks.end());
  CHECK(used->payload_offset == payload);
  CHECK(used->payload_size == 40);
  heap.give(payload);
  for (const Block& block : heap.reports.blocks) {
    if (!is_used(block)) CHECK((block.payload_offset == 0 && block.payload_size == 0));
  }
}

TEST_CASE("A tracked stack has markers, and counts what is given back to one", "[tracking][stack]") {
  Heap<Tracked<Stack>::By> heap(1024);
  const Offset a = heap.take(20), marker = *heap.allocator.mark();
  heap.take(30, 64);
  heap.take(10);
  CHECK(heap.allocator.counts() == TrackingCounts{3, 0, 0, 0, 3, 60, 60, 60});
  CHECK(heap.allocator.judge(marker) == FaultKind::interior_pointer);
  CHECK(heap.allocator.release_to(a) == FaultKind::foreign_pointer);
  CHECK(heap.allocator.release_to(marker) == FaultKind::none);
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.allocator.counts() == TrackingCounts{3, 2, 0, 1, 1, 20, 60, 60});
  heap.give(a);

  heap.take(960 - 24 - 16 - 16);
  CHECK(heap.allocator.mark().error() == AllocError::out_of_memory);
  CHECK(heap.allocator.counts().refusals == 2);
}

TEST_CASE("A tracked stack keeps all above a marker when one of their headers was overwritten", "[tracking][damage]") {
  Heap<Tracked<Stack>::By> heap(1024);
  const Offset marker = *heap.allocator.mark(), low = heap.take(20), high = heap.take(20);
  heap.poke(low - 3, 1);
  heap.reports.clear();
  CHECK(heap.allocator.release_to(marker) == FaultKind::damage);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].part == DamagedPart::header);
  CHECK(heap.allocator.counts().live_blocks == 2);
  CHECK(heap.allocator.deallocate(high) == FaultKind::none);
}

TEST_CASE("A tracked stack does not take what is no header for one, not even a copy of the bytes before it",
          "[tracking][damage]") {
  Heap<Tracked<Stack>::By> heap(1024);
  const Offset marker = *heap.allocator.mark(), payload = heap.take(20);
  for (Offset byte = payload - 8; byte < payload; ++byte)
    heap.poke(byte, static_cast<std::uint8_t>(*heap.allocator.arena().at(byte - 8)));
  CHECK(heap.allocator.release_to(marker) == FaultKind::damage);
  CHECK(heap.allocator.counts().live_blocks == 1);
}
