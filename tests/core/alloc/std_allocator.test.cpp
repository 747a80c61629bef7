// Containers of the standard library on every allocator.
#include "heapyard/alloc/std_allocator.hpp"

#include "heapyard/alloc/memory_resource.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

#include <algorithm>
#include <list>
#include <map>
#include <new>
#include <string>
#include <type_traits>
#include <vector>

using namespace heapyard;
using test::Heap;

namespace {

std::size_t used_blocks(const std::vector<Block>& blocks) {
  return static_cast<std::size_t>(
      std::count_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.state == BlockState::used; }));
}

/// What a program does with containers; all of their memory comes from the heap, and goes back to it.
template <class H>
void fill_containers(H& heap) {
  using A = std::remove_reference_t<decltype(heap.allocator)>;
  {
    std::vector<int, StdAllocator<int, A>> numbers{StdAllocator<int, A>(heap.allocator)};
    for (int i = 0; i < 200; ++i) numbers.push_back(i * i);
    CHECK(numbers[199] == 199 * 199);
    CHECK(used_blocks(heap.blocks()) >= 1);

    using Text = std::basic_string<char, std::char_traits<char>, StdAllocator<char, A>>;
    Text text("too long to stand inside of the string itself", StdAllocator<char, A>(heap.allocator));
    text += " and longer";
    CHECK(text.size() == 56);

    using Pair = std::pair<const int, int>;
    std::map<int, int, std::less<>, StdAllocator<Pair, A>> squares{StdAllocator<Pair, A>(heap.allocator)};
    std::list<double, StdAllocator<double, A>> list{StdAllocator<double, A>(heap.allocator)};
    for (int i = 0; i < 50; ++i) {
      squares[i] = i * i;
      list.push_front(i);
    }
    for (int i = 0; i < 50; i += 2) squares.erase(i);
    CHECK(squares.at(7) == 49);
    CHECK(list.back() == 0);
    const auto copy = list;
    CHECK(copy == list);
    CHECK_FALSE(heap.allocator.check());
  }
  CHECK_FALSE(heap.allocator.check());
}

}  // namespace

TEMPLATE_TEST_CASE("Containers live on an allocator and give all of it back", "[std-allocator]", Heap<FreeList>,
                   Heap<Buddy>, Heap<Slab>, Heap<Tlsf>) {
  TestType heap(1 << 16);
  fill_containers(heap);
  CHECK(used_blocks(heap.blocks()) == 0);
}

TEST_CASE("Containers live on a bump allocator until it is reset", "[std-allocator][bump]") {
  Heap<Bump> heap(1 << 16);
  fill_containers(heap);
  CHECK(used_blocks(heap.blocks()) > 0);
  heap.allocator.reset();
  CHECK(used_blocks(heap.blocks()) == 0);
}

TEST_CASE("Containers whose nodes have one size live in a pool", "[std-allocator][pool]") {
  Heap<Pool> heap(4096, 64U);
  using A = Pool<Checked, test::Reporting>;
  std::list<int, StdAllocator<int, A>> list{StdAllocator<int, A>(heap.allocator)};
  for (int i = 0; i < 20; ++i) list.push_back(i);
  CHECK(used_blocks(heap.blocks()) >= 20);
  list.clear();
  CHECK_FALSE(heap.allocator.check());
}

TEST_CASE("A container learns by bad_alloc that an allocator is exhausted", "[std-allocator]") {
  Heap<FreeList> heap(1024);
  using A = FreeList<Checked, test::Reporting>;
  std::vector<char, StdAllocator<char, A>> bytes{StdAllocator<char, A>(heap.allocator)};
  CHECK_THROWS_AS(bytes.resize(2000), std::bad_alloc);
  bytes.resize(500);
  CHECK_FALSE(heap.allocator.check());
  CHECK_THROWS_AS((StdAllocator<long, A>(heap.allocator).allocate(~std::size_t{0} / 4)), std::bad_alloc);
}

TEST_CASE("Two of them are equal when they name the same allocator", "[std-allocator]") {
  Heap<FreeList> heap(1024), other(1024);
  using A = FreeList<Checked, test::Reporting>;
  const StdAllocator<int, A> here(heap.allocator), there(other.allocator);
  CHECK(here == StdAllocator<char, A>(heap.allocator));
  CHECK(here == StdAllocator<int, A>(here));
  CHECK_FALSE(here == there);
}

TEST_CASE("Of nothing, a container gets what one object takes, and a place of its own", "[std-allocator]") {
  Heap<FreeList> heap(1024);
  StdAllocator<std::uint32_t, FreeList<Checked, test::Reporting>> allocator(heap.allocator);
  std::uint32_t* const nothing = allocator.allocate(0);
  const std::vector<Block> blocks = heap.blocks();
  REQUIRE(blocks[1].state == BlockState::used);
  CHECK(blocks[1].payload_size == 4);
  allocator.deallocate(nothing, 0);
  CHECK(used_blocks(heap.blocks()) == 0);
}

#if __has_include(<memory_resource>)
TEST_CASE("Polymorphic containers live on an allocator as their memory resource", "[std-allocator]") {
  Heap<Tlsf> heap(1 << 16);
  Heap<Tlsf> other(1 << 16);
  using A = Tlsf<Checked, test::Reporting>;
  MemoryResource<A> resource(heap.allocator), same(heap.allocator), different(other.allocator);
  CHECK(resource == same);
  CHECK_FALSE(resource == different);
  CHECK_FALSE(resource == *std::pmr::new_delete_resource());
  {
    std::pmr::vector<std::pmr::string> words(&resource);
    for (int i = 0; i < 100; ++i) words.emplace_back("a word that is too long for the string itself");
    CHECK(used_blocks(heap.blocks()) > 100);
  }
  CHECK(used_blocks(heap.blocks()) == 0);
  void* aligned = resource.allocate(100, 256);
  CHECK(reinterpret_cast<std::uintptr_t>(aligned) % 256 == 0);
  resource.deallocate(aligned, 100, 256);
  CHECK_THROWS_AS(resource.allocate(1 << 20), std::bad_alloc);
  CHECK(&resource.allocator() == &heap.allocator);
  heap.reports.clear();
  void* nothing = resource.allocate(0);  // has a place of its own, as one byte has
  REQUIRE_FALSE(heap.reports.blocks.empty());
  CHECK(std::any_of(heap.reports.blocks.begin(), heap.reports.blocks.end(),
                    [](const Block& block) { return block.state == BlockState::used && block.payload_size == 1; }));
  resource.deallocate(nothing, 0);
  CHECK(used_blocks(heap.blocks()) == 0);
  CHECK_FALSE(heap.allocator.check());
}
#endif

TEST_CASE("A pointer that lies 4 GiB beside a live payload gives nothing back", "[std-allocator]") {
  Heap<FreeList> heap(4096);
  StdAllocator<int, std::remove_reference_t<decltype(heap.allocator)>> allocator(heap.allocator);
  int* const live = allocator.allocate(4);
  const auto address = reinterpret_cast<std::uintptr_t>(live);
  const auto far = static_cast<std::uintptr_t>(std::uint64_t{1} << 32);  // 0 where addresses have 32 bits
  if (far != 0) allocator.deallocate(reinterpret_cast<int*>(address + far), 4);
  CHECK(heap.allocator.judge(heap.allocator.arena().offset_of(live)) == FaultKind::none);
  allocator.deallocate(live, 4);
  CHECK(heap.blocks().size() == 3);
}
