// Containers of the standard library on allocators of an installed Heapyard.
#include "heapyard/alloc/buddy.hpp"
#include "heapyard/alloc/bump.hpp"
#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/memory_resource.hpp"
#include "heapyard/alloc/pool.hpp"
#include "heapyard/alloc/slab.hpp"
#include "heapyard/alloc/std_allocator.hpp"
#include "heapyard/alloc/tlsf.hpp"
#include "heapyard/alloc/tracking.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <list>
#include <map>
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

using namespace heapyard;

namespace {

/// An allocator over an arena of its own.
template <class A>
struct Heap {
  template <class... Parameters>
  explicit Heap(Parameters... parameters) {
    if (error == AllocError::none) error = allocator.format(parameters...);
    if (error == AllocError::none) return;
    std::printf("no heap: %s\n", name_of(error).data());
    std::exit(1);
  }

  AllocError error{};
  ArenaMemory memory = ArenaMemory::make(64 * 1024, error);
  A allocator{Arena<>(memory)};
};

template <class A>
void tell(const char* name, const A& allocator) {
  int used = 0;
  allocator.for_each_block([&used](const Block& block) { used += block.state == BlockState::used ? 1 : 0; });
  std::printf("%s: %s, %d used blocks\n", name, allocator.check() ? "damaged" : "undamaged", used);
}

/// Objects of one size, as a pool has them.
template <class A>
long long nodes(A& allocator) {
  std::map<int, int, std::less<>, StdAllocator<std::pair<const int, int>, A>> squares{
      StdAllocator<std::pair<const int, int>, A>(allocator)};
  std::list<int, StdAllocator<int, A>> list{StdAllocator<int, A>(allocator)};
  for (int i = 0; i < 100; ++i) {
    squares[i] = i * i;
    list.push_front(i);
  }
  for (int i = 0; i < 100; i += 2) squares.erase(i);
  return squares.at(99) + list.front() + static_cast<long long>(squares.size());
}

template <class A>
long long arrays(A& allocator) {
  std::vector<int, StdAllocator<int, A>> numbers{StdAllocator<int, A>(allocator)};
  for (int i = 0; i < 1000; ++i) numbers.push_back(i);
  using Text = std::basic_string<char, std::char_traits<char>, StdAllocator<char, A>>;
  Text text("too long to stand inside of the string itself", StdAllocator<char, A>(allocator));
  text += ", and longer";

  MemoryResource<A> resource(allocator);
  std::pmr::vector<std::pmr::string> names(&resource);
  for (int i = 0; i < 100; ++i) names.emplace_back("a name that the string cannot hold inside itself");
  return numbers.back() + static_cast<long long>(text.size() + names.size());
}

template <class A>
void run(const char* name) {
  Heap<A> heap;
  const long long sum = nodes(heap.allocator) + arrays(heap.allocator);
  std::printf("%lld ", sum);
  tell(name, heap.allocator);
}

}  // namespace

int main() {
  run<FreeList<Checked>>("free list");
  run<FreeList<Unchecked>>("free list without checks");
  run<Buddy<Checked>>("buddy");
  run<Slab<Checked>>("slab");
  run<Tlsf<Checked>>("tlsf");
  run<Tracking<FreeList<Checked>>>("tracking");

  Heap<AnyFreeList<Checked>> best(FreeListPolicy{Fit::best, ListOrder::address, true});
  std::printf("%lld ", arrays(best.allocator));
  tell("best fit", best.allocator);

  Heap<Pool<Checked>> pool(64U);
  std::printf("%lld ", nodes(pool.allocator));
  tell("pool", pool.allocator);

  Heap<Bump<Checked>> bump;
  std::printf("%lld ", nodes(bump.allocator));
  bump.allocator.reset();
  tell("bump, reset", bump.allocator);
}
