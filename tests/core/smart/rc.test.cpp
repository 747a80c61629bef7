#include "heapyard/smart/rc.hpp"

#include "support/catch.hpp"
#include "support/owners.hpp"

#include <type_traits>
#include <utility>

using namespace heapyard;
using namespace heapyard::test;

static_assert(std::is_same_v<decltype(RcBlock<int>::strong), std::size_t>);

TEST_CASE("A block of an Rc holds two plain counts and the value", "[smart][rc]") {
  RcBlock<Number> block(std::in_place, 7);
  REQUIRE(block.strong == 1);
  REQUIRE(block.weak == 1);
  REQUIRE(block.value.value == 7);
  block.add_strong();
  block.add_weak();
  REQUIRE(block.strong == 2);
  REQUIRE(block.weak == 2);
  REQUIRE_FALSE(block.drop_strong());
  REQUIRE(block.drop_strong());
  REQUIRE_FALSE(block.add_strong_unless_none());
  REQUIRE(block.strong == 0);
  REQUIRE_FALSE(block.drop_weak());
  REQUIRE(block.drop_weak());
}

TEST_CASE("An Rc counts up to the last number that is allowed", "[smart][rc]") {
  RcBlock<int> block(std::in_place, 0);
  block.strong = block.weak = max_count - 2;
  block.add_strong();
  REQUIRE(block.add_strong_unless_none());
  REQUIRE(block.strong == max_count);
  block.add_weak();
  REQUIRE(block.weak == max_count - 1);
}

TEST_CASE("The story of an Rc that its comment tells is true", "[smart][rc]") {
  struct Node {
    int value;
  };
  Rc<Node> first = make_rc<Node>(1);
  REQUIRE(first.strong_count() == 1);
  Rc<Node> second = first;
  REQUIRE(first.strong_count() == 2);
  const Weak<Node> watcher = first;
  REQUIRE(first.weak_count() == 1);
  first.reset();
  REQUIRE(second.strong_count() == 1);
  second.reset();
  REQUIRE(watcher.upgrade() == nullptr);
}
