#include "heapyard/alloc/slab.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

using namespace heapyard;
using SlabHeap = test::Heap<Slab>;

namespace {

static_assert(Allocator<Slab<>>);
static_assert(Allocator<Slab<Checked>>);
static_assert(Slab<>::class_size(Slab<>::class_of(1)) == 16 && Slab<>::class_size(Slab<>::class_of(128)) == 128);
static_assert(Slab<>::class_size(Slab<>::class_of(129)) == 160 && Slab<>::class_size(Slab<>::class_of(257)) == 320);

std::vector<std::string> regions(const SlabHeap& heap) {
  std::vector<std::string> names;
  for (const StructurePart& part : heap.allocator.structure().parts) {
    if (part.kind == PartKind::region) names.push_back(part.name);
  }
  return names;
}

}  // namespace

TEST_CASE("The class of a size holds it and wastes at most a fifth of what is above 128 bytes", "[slab]") {
  for (std::uint32_t size = 1; size <= 32768; ++size) {
    const std::uint32_t of_class = Slab<>::class_size(Slab<>::class_of(size));
    REQUIRE(of_class >= size);
    REQUIRE((size <= 128 ? of_class - size < 16 : (of_class - size) * 5 < of_class));
    REQUIRE(Slab<>::class_of(of_class) == Slab<>::class_of(size));
  }
}

TEST_CASE("Objects of one class share slabs", "[slab]") {
  SlabHeap heap(65536);
  const Offset a = heap.take(60), b = heap.take(50), other = heap.take(20);
  CHECK(b == a + 64);
  CHECK(other / 1024 != a / 1024);
  CHECK(regions(heap) == std::vector<std::string>{"slab of 64-byte objects, 2 of 16 live",
                                                  "slab of 32-byte objects, 1 of 32 live", "free pages"});
  heap.give(a);
  CHECK(heap.take(64) == a);
}

TEST_CASE("A full slab makes room for another, and one that is empty beside it is given back", "[slab]") {
  SlabHeap heap(65536);
  std::vector<Offset> objects;
  for (int i = 0; i < 17; ++i) objects.push_back(heap.take(64));
  CHECK(regions(heap).size() == 3);
  for (int i = 0; i < 16; ++i) heap.give(objects[static_cast<std::size_t>(i)]);
  CHECK(regions(heap).size() == 3);
  CHECK(regions(heap)[0] == "free pages");
  heap.give(objects[16]);
  CHECK(regions(heap)[1] == "slab of 64-byte objects, 0 of 16 live");
}

TEST_CASE("An empty slab is given back when another class needs its pages", "[slab]") {
  SlabHeap heap(4096);
  std::vector<Offset> small;
  for (Result<Offset> object = heap.allocator.allocate(*Layout::make(200)); object;
       object = heap.allocator.allocate(*Layout::make(200)))
    small.push_back(*object);
  REQUIRE(small.size() > 8);
  CHECK(heap.refusal(1000) == AllocError::out_of_memory);
  for (const Offset object : small) heap.give(object);
  CHECK(heap.take(2500) != 0);
}

TEST_CASE("An empty slab is given back also when another of its class was put in front of it", "[slab]") {
  SlabHeap heap(4096);
  std::vector<Offset> objects{heap.take(64)};
  while (regions(heap).size() == 2) objects.push_back(heap.take(64));
  REQUIRE(regions(heap).size() == 3);  // the last object alone lies in the second slab
  heap.give(objects.back());
  heap.give(objects.front());
  REQUIRE(regions(heap)[1].find(", 0 of ") != std::string::npos);

  std::size_t pages = 0;
  while (heap.refusal(200) == AllocError::none) ++pages;
  CHECK(pages > 0);
  for (const std::string& region : regions(heap)) {
    CAPTURE(region);
    CHECK(region.find(", 0 of ") == std::string::npos);
  }
}

TEST_CASE("No request is refused for want of memory while a slab is empty", "[slab][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  SlabHeap heap(16384);
  std::vector<Offset> live;
  int refused = 0;
  for (int i = 0; i < 4000; ++i) {
    CAPTURE(i);
    if (random.chance(i / 400 % 2 == 0 ? 65 : 40)) {
      const std::uint64_t size = random.chance(80) ? 16 * random.between(1, 8) : random.between(129, 3000);
      const Result<Offset> payload = heap.allocator.allocate(*Layout::make(size));
      if (payload) {
        live.push_back(*payload);
        continue;
      }
      ++refused;
      REQUIRE(payload.error() == AllocError::out_of_memory);
      for (const std::string& region : regions(heap)) REQUIRE(region.find(", 0 of ") == std::string::npos);
    } else if (!live.empty()) {
      std::swap(live[random.below(live.size())], live.back());
      REQUIRE(heap.allocator.deallocate(live.back()) == FaultKind::none);
      live.pop_back();
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("What is larger than every class takes whole pages", "[slab]") {
  SlabHeap heap(65536);
  const Offset large = heap.take(9000);
  CHECK(large % 1024 == 0);
  CHECK(regions(heap)[0] == "pages");
  CHECK(heap.allocator.judge(large + 1024) == FaultKind::interior_pointer);
  heap.give(large);
  CHECK(heap.allocator.deallocate(large) == FaultKind::double_free);
  CHECK(heap.refusal(65000) == AllocError::out_of_memory);
  CHECK(heap.refusal(std::uint64_t{1} << 40) == AllocError::out_of_memory);
}

TEST_CASE("An alignment is had by a class that has it, up to a page", "[slab]") {
  SlabHeap heap(65536);
  for (const std::uint64_t alignment : {32U, 64U, 128U, 256U, 1024U}) CHECK(heap.take(24, alignment) % alignment == 0);
  CHECK(heap.refusal(24, 2048) == AllocError::alignment_too_large);
}

TEST_CASE("One request can have all pages of a slab allocator", "[slab]") {
  SlabHeap heap(65536);
  const std::vector<Block> blocks = heap.blocks();
  const auto free =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& b) { return b.state == BlockState::free; });
  REQUIRE(free != blocks.end());
  CHECK(heap.refusal(free->size + 1) == AllocError::out_of_memory);
  CHECK(heap.take(free->size) == free->offset);
}

TEST_CASE("The largest object of a slab stays where it is while its class does", "[slab]") {
  SlabHeap heap(1 << 18);
  const auto in_slab = [&](std::uint32_t size) {
    const Offset object = heap.take(size);
    const std::vector<std::string> names = regions(heap);
    heap.give(object);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return name.starts_with("slab of " + std::to_string(size) + "-byte objects, 1 ");
    });
  };
  std::uint32_t largest = 16;
  for (std::uint32_t size = 16; size <= 32768; size += 16) {
    if (Slab<>::class_size(Slab<>::class_of(size)) == size && in_slab(size)) largest = size;
  }
  REQUIRE(largest > 128);
  REQUIRE_FALSE(in_slab(largest + 16));
  const Offset object = heap.take(largest);
  CHECK(*heap.allocator.reallocate(object, *Layout::make(largest - 1, 1)) == object);
}

TEST_CASE("An object that shrinks stays where it is when there is no room for it elsewhere", "[slab]") {
  SlabHeap heap(65536);
  const Offset pages = heap.take(40000);
  REQUIRE(*heap.allocator.reallocate(pages, *Layout::make(30000)) == pages);
  CHECK_FALSE(heap.allocator.check());
  CHECK_FALSE(heap.allocator.damage_at(pages, 30000));
  heap.give(pages);

  std::vector<Offset> objects;
  for (Result<Offset> object = heap.allocator.allocate(*Layout::make(256)); object;
       object = heap.allocator.allocate(*Layout::make(256)))
    objects.push_back(*object);
  REQUIRE(*heap.allocator.reallocate(objects[0], *Layout::make(100)) == objects[0]);
  CHECK_FALSE(heap.allocator.check());
  CHECK_FALSE(heap.allocator.damage_at(objects[0], 100));
  CHECK(heap.allocator.reallocate(objects[0], *Layout::make(300)).error() == AllocError::out_of_memory);
  heap.give(objects[0]);
}

TEST_CASE("A request for pages goes past a free run that has too few of them", "[slab]") {
  SlabHeap heap(65536);
  const Offset low = heap.take(9000);
  const std::uint32_t wall = heap.take(9000), high = heap.take(20000);
  heap.take(9000);
  heap.give(high);
  heap.give(low);
  heap.reports.clear();
  CHECK(heap.take(20000) == high);
  CHECK(heap.reports.steps() == "visited chosen");
  CHECK(heap.allocator.judge(wall) == FaultKind::none);
}

TEST_CASE("Damage to the first word of a slab allocator is that of its control words", "[slab][damage]") {
  SlabHeap heap(65536);
  heap.poke_word(0, 7);
  CHECK(heap.allocator.check().part == DamagedPart::control);
  CHECK(heap.allocator.check().block == 0);
  CHECK(heap.allocator.check().at == 0);
}

TEST_CASE("Pages that are given back join those below, down to the first", "[slab]") {
  SlabHeap heap(65536);
  const Block free = heap.blocks()[1];
  REQUIRE(free.state == BlockState::free);
  std::vector<Offset> objects;
  while (heap.blocks().back().state == BlockState::free && objects.size() < 400) objects.push_back(heap.take(64));
  for (const Offset object : objects) heap.give(object);
  CHECK(heap.take(free.size) == free.offset);
}

TEST_CASE("Pages do not join a free run below whose descriptor was overwritten, also the first of all",
          "[slab][damage]") {
  for (const Offset word : {152U, 156U, 168U, 172U}) {  // of page 0: kind, pages, next and previous run
    CAPTURE(word);
    SlabHeap heap(65536);
    const auto behind = [&] { return heap.blocks().back().size; };
    const std::uint32_t whole = behind();
    std::vector<Offset> objects{heap.take(64)};
    const std::size_t slab = (whole - behind()) / 64;
    while (objects.size() < 2 * slab + 1) objects.push_back(heap.take(64));
    for (std::size_t i = 0; i + 1 < 2 * slab; ++i) heap.give(objects[i]);
    REQUIRE(heap.blocks()[1].state == BlockState::free);  // page 0; page 1 has one object left
    heap.poke_word(word, heap.word(word) ^ 0x100);
    heap.reports.clear();
    CHECK(heap.allocator.deallocate(objects[2 * slab - 1]) == FaultKind::damage);
    CHECK(heap.reports.damages.size() == 1);
  }
}

TEST_CASE("A slab whose count of live objects was overwritten is not given back over them", "[slab][damage]") {
  for (const std::uint32_t given_back : {0U, 7U}) {  // of the first slab's 16 objects, before its count says 1
    CAPTURE(given_back);
    SlabHeap heap(65536);
    std::vector<Offset> objects;
    for (int i = 0; i < 24; ++i) objects.push_back(heap.take(64));
    REQUIRE(regions(heap)[0] == "slab of 64-byte objects, 16 of 16 live");
    for (std::uint32_t i = 0; i < given_back; ++i) heap.give(objects[15 - i]);
    Offset count = 24;
    while (heap.word(count) != 16 - given_back || heap.word(count - 8) != 1 || heap.word(count - 12) % 256 != 2)
      count += 4;
    std::memset(heap.memory.data() + objects[1], 0x5a, 64);
    heap.poke_word(count, 1);
    heap.reports.clear();

    CHECK(heap.allocator.deallocate(objects[0]) == FaultKind::damage);
    REQUIRE(heap.reports.damages.size() == 1);
    CHECK(heap.reports.damages[0].part == DamagedPart::control);
    CHECK(heap.reports.damages[0].at == count);
    CHECK(heap.bytes()[objects[1]] == std::byte{0x5a});
    CHECK(heap.allocator.judge(objects[1]) == FaultKind::none);
  }
}
