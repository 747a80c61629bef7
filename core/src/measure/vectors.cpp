// A vector of 1000 ints, from empty to full to gone.
#include "consume.hpp"
#include "works.hpp"

#include <vector>

namespace heapyard::works {
namespace {

constexpr int elements = 1000;

/// Not inlined, so that both run the same machine code: what differs is who takes memory, and when.
[[gnu::noinline]] void fill(std::vector<int>& list) {
  for (int i = 0; i < elements; ++i) list.push_back(i);
  consume(list.data());
}

}  // namespace

std::unique_ptr<Work> doubling_vector() {
  return repeated([] {
    std::vector<int> list;
    fill(list);
  });
}

std::unique_ptr<Work> reserved_vector() {
  return repeated([] {
    std::vector<int> list;
    list.reserve(elements);
    fill(list);
  });
}

}  // namespace heapyard::works
