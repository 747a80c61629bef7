// Any bytes as calls on an allocator beside the oracle, and as damage to its arena.
#include "support/allocator_bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong = heapyard::test::wrong_in_allocator_bytes(data, size);
  if (!wrong.empty()) {
    std::fprintf(stderr, "ERROR: %s\n", wrong.c_str());
    std::abort();
  }
  return 0;
}
