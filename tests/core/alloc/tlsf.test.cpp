#include "heapyard/alloc/tlsf.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

using namespace heapyard;
using TlsfHeap = test::Heap<Tlsf>;

namespace {

static_assert(Allocator<Tlsf<>>);
static_assert(Allocator<Tlsf<Checked>>);

}  // namespace

TEST_CASE("Every size belongs to the list whose range holds it", "[tlsf]") {
  for (std::uint64_t size = 16; size < 1 << 20; size += 16) {
    const std::uint32_t list = TwoLevelLists::list_of(size);
    REQUIRE(TwoLevelLists::least_size(list) <= size);
    REQUIRE(size < TwoLevelLists::least_size(list + 1));
  }
}

TEST_CASE("TLSF takes the head of the first list that surely suffices", "[tlsf]") {
  TlsfHeap heap(8192);
  const Offset small = heap.take(56), wall = heap.take(8), large = heap.take(600);
  heap.take(8);
  heap.give(small);
  heap.give(large);
  heap.reports.clear();
  CHECK(heap.take(40) == small);
  CHECK(heap.reports.steps() == "list_found chosen split linked_by_size");
  CHECK(heap.take(500) == large);
  CHECK(heap.allocator.judge(wall) == FaultKind::none);
}

TEST_CASE("TLSF never searches, however many blocks are free", "[tlsf]") {
  TlsfHeap heap(4 << 20);
  Random random(11);
  std::vector<Offset> live;
  std::size_t most = 0;
  for (int call = 0; call < 20000; ++call) {
    heap.reports.clear();
    if (live.size() > 2000 && random.chance(55)) {
      std::swap(live[random.below(live.size())], live.back());
      REQUIRE(heap.allocator.deallocate(live.back()) == FaultKind::none);
      live.pop_back();
    } else if (const Result<Offset> payload = heap.allocator.allocate(*natural_layout(1 + random.below(900)))) {
      live.push_back(*payload);
    }
    most = std::max(most, heap.reports.notes.size());
  }
  CHECK_FALSE(heap.allocator.check());
  CHECK(heap.free_list().size() > 500);
  CHECK(most <= 6);
}

TEST_CASE("The bits of TLSF say which lists have a block", "[tlsf]") {
  TlsfHeap heap(4096);
  const Offset hole = heap.take(56);
  heap.take(8);
  heap.give(hole);
  const Structure structure = heap.allocator.structure();
  CHECK(structure.parts[0].name == "free, 64 bytes");
  const StructurePart& first = structure.parts[2];
  REQUIRE(first.name == "bits of the first level");
  CHECK(first.values == std::vector<std::uint32_t>{1, 0, 0, 0, 1, 0});
  CHECK(structure.parts[3].name == "bits from 16 bytes");
  CHECK(structure.parts[3].values[4] == 1);
}

TEST_CASE("TLSF finds a block of a list's least size for that very size", "[tlsf]") {
  for (const std::uint32_t list : {10U, 17U, 33U, 49U, 70U}) {
    TlsfHeap heap(65536);
    const auto size = static_cast<std::uint32_t>(TwoLevelLists::least_size(list));
    CAPTURE(list, size);
    const Offset block = heap.take(size - 8);
    heap.take(8);
    heap.give(block);
    CHECK(heap.take(size - 8) == block);
  }
}

TEST_CASE("A bit of TLSF that stands for an empty list is named by its word", "[tlsf][damage]") {
  TlsfHeap heap(65536);
  const std::uint32_t size = 2000, list = TwoLevelLists::list_of(size + 200), first = list / 16;
  const Offset word = 24 + 4 * first;
  heap.poke_word(8, heap.word(8) | 1U << first);
  heap.poke_word(word, heap.word(word) | 1U << list % 16);
  heap.reports.clear();
  CHECK(heap.refusal(size) == AllocError::damaged);
  REQUIRE(heap.reports.damages.size() == 1);
  CHECK(heap.reports.damages[0].part == DamagedPart::control);
  CHECK(heap.reports.damages[0].block == 0);
  CHECK(heap.reports.damages[0].at == word);
}
