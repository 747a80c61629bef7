// A function's buffer of 64 bytes, on its stack or on the heap.
#include "consume.hpp"
#include "works.hpp"

#include <cstdlib>

namespace heapyard::works {
namespace {

/// Not inlined: otherwise the buffer would be made once, for all rounds.
[[gnu::noinline]] void use_stack() {
  char buffer[block_bytes];
  buffer[0] = 1;
  consume(&buffer[0]);
}

/// malloc and free are what `new` and `delete` come down to; these themselves are replaced in the programs that play
/// lessons, and their replacement is not what is to be measured.
[[gnu::noinline]] void use_heap() {
  auto* const buffer = static_cast<char*>(std::malloc(block_bytes));
  if (buffer == nullptr) std::abort();
  buffer[0] = 1;
  consume(buffer);
  std::free(buffer);
}

}  // namespace

std::unique_ptr<Work> on_stack() {
  return repeated(use_stack);
}

std::unique_ptr<Work> on_heap() {
  return repeated(use_heap);
}

}  // namespace heapyard::works
