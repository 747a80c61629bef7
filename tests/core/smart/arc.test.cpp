#include "heapyard/smart/arc.hpp"

#include "support/catch.hpp"
#include "support/owners.hpp"

#include <atomic>
#include <type_traits>
#include <utility>

using namespace heapyard;
using namespace heapyard::test;

static_assert(std::is_same_v<decltype(ArcBlock<int>::strong), std::atomic<std::size_t>>);
static_assert(std::atomic<std::size_t>::is_always_lock_free);

TEST_CASE("A block of an Arc holds two atomic counts and the value", "[smart][arc]") {
  ArcBlock<Number> block(std::in_place, 7);
  REQUIRE(block.value.value == 7);
  block.add_strong();
  block.add_weak();
  REQUIRE(block.owners() == 2);
  REQUIRE(block.watchers() == 2);
  REQUIRE_FALSE(block.drop_strong());
  REQUIRE(block.drop_strong());
  REQUIRE_FALSE(block.add_strong_unless_none());
  REQUIRE(block.owners() == 0);
  REQUIRE_FALSE(block.drop_weak());
  REQUIRE(block.drop_weak());
}

TEST_CASE("An Arc counts up to the last number that is allowed", "[smart][arc]") {
  ArcBlock<int> block(std::in_place, 0);
  block.strong = block.weak = max_count - 2;
  block.add_strong();
  REQUIRE(block.add_strong_unless_none());
  REQUIRE(block.owners() == max_count);
  block.add_weak();
  REQUIRE(block.watchers() == max_count - 1);
}
