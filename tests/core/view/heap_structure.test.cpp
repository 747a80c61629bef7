#include "heapyard/view/heap_structure.hpp"

#include "support/catch.hpp"

using namespace heapyard;

TEST_CASE("A place in the arena is told as an address, a count as a number", "[structure]") {
  CHECK(part_words({PartKind::place, "it goes on", {40}}, 4096) == std::vector<std::string>{"0x028"});
  CHECK(part_words({PartKind::count, "live blocks", {40}}, 4096) == std::vector<std::string>{"40"});
  CHECK(part_words({PartKind::region, "page", {64, 40}}, 4096) == std::vector<std::string>{"0x040", "40 bytes"});
  CHECK(part_words({PartKind::bits, "used", {1, 0}}, 4096) == std::vector<std::string>{"1", "0"});
}
