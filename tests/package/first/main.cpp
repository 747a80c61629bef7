#include "heapyard/alloc/free_list.hpp"
#include "heapyard/alloc/std_allocator.hpp"

#include <cstdio>
#include <vector>

int main() {
  using Heap = heapyard::FreeList<heapyard::Checked>;
  heapyard::AllocError error{};
  const heapyard::ArenaMemory memory = heapyard::ArenaMemory::make(4096, error);
  if (error != heapyard::AllocError::none) return 1;
  Heap heap{heapyard::Arena<>(memory)};
  if (heap.format() != heapyard::AllocError::none) return 1;

  std::vector<int, heapyard::StdAllocator<int, Heap>> squares{heapyard::StdAllocator<int, Heap>(heap)};
  squares.reserve(10);
  for (int i = 0; i < 10; ++i) squares.push_back(i * i);

  heap.for_each_block([](const heapyard::Block& block) {
    if (block.state == heapyard::BlockState::used)
      std::printf("%u bytes at %u, in a block of %u\n", block.payload_size, block.payload_offset, block.size);
  });
  if (heap.check()) std::puts("somebody wrote where nothing was theirs");
}
