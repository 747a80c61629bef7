#include "heapyard/smart/box.hpp"

#include "support/catch.hpp"
#include "support/owners.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace heapyard;
using namespace heapyard::test;

namespace {

static_assert(!std::is_copy_constructible_v<Box<int>> && !std::is_copy_assignable_v<Box<int>>);
static_assert(std::is_nothrow_move_constructible_v<Box<int>> && std::is_nothrow_move_assignable_v<Box<int>>);
static_assert(std::is_nothrow_default_constructible_v<Box<int>> && std::is_nothrow_swappable_v<Box<int>>);
static_assert(std::is_convertible_v<std::nullptr_t, Box<int>>);
// Ownership is never taken by accident, nor given away.
static_assert(!std::is_convertible_v<int*, Box<int>> && std::is_constructible_v<Box<int>, int*>);
static_assert(!std::is_convertible_v<Box<int>, int*> && !std::is_convertible_v<Box<int>, bool>);

static_assert(std::is_convertible_v<Box<Square>, Box<Shape>> && std::is_convertible_v<Box<Square>, Box<Named>>);
static_assert(std::is_convertible_v<Box<int>, Box<const int>>);
static_assert(std::is_assignable_v<Box<Shape>&, Box<Square>>);
static_assert(!std::is_constructible_v<Box<Square>, Box<Shape>>);   // from base to derived
static_assert(!std::is_constructible_v<Box<int>, Box<const int>>);  // const away
static_assert(!std::is_constructible_v<Box<Shape>, Box<Named>>);    // unrelated
static_assert(!std::is_constructible_v<Box<long>, Box<int>>);       // converts by value, not by pointer
static_assert(!std::is_constructible_v<Box<Shape>, Box<Square>&>);  // would be a copy
static_assert(!std::is_constructible_v<Box<Shape>, Shape&&>);       // no pointer at all
static_assert(!std::is_constructible_v<Box<Square>, Shape*>);

class Private : Shape {};
static_assert(!std::is_constructible_v<Box<Shape>, Box<Private>>);
struct Left : Shape {};
struct Right : Shape {};
struct Twice : Left, Right {};
static_assert(!std::is_constructible_v<Box<Shape>, Box<Twice>>);  // which of its shapes?

struct Link : Live {
  int value = 0;
  Box<Link> next;
};

struct Point {
  int x, y;
};

}  // namespace

TEST_CASE("A box destroys what it holds, once", "[smart][box]") {
  {
    const Box<Number> box = make_box<Number>(7);
    REQUIRE(box);
    REQUIRE(box != nullptr);
    REQUIRE(box->value == 7);
    REQUIRE((*box).value == 7);
    REQUIRE(box.get() == &*box);
    REQUIRE(Live::count == 1);
  }
  REQUIRE(Live::count == 0);
}

TEST_CASE("An empty box holds nothing", "[smart][box]") {
  Box<Number> none, null = nullptr, from_null(static_cast<Number*>(nullptr));
  for (Box<Number>* box : {&none, &null, &from_null}) {
    REQUIRE_FALSE(*box);
    REQUIRE(*box == nullptr);
    REQUIRE(nullptr == *box);
    REQUIRE(box->get() == nullptr);
    box->reset();
    REQUIRE(box->into_raw() == nullptr);
  }
}

TEST_CASE("A moved box has nothing left, and nothing is destroyed", "[smart][box]") {
  Box<Number> from = make_box<Number>(1);
  const Number* const object = from.get();
  Box<Number> to = std::move(from);
  REQUIRE(from == nullptr);
  REQUIRE(to.get() == object);
  Box<Number> other = make_box<Number>(2);
  other = std::move(to);
  REQUIRE(to == nullptr);
  REQUIRE(other.get() == object);
  REQUIRE(Live::count == 1);
  other = nullptr;
  REQUIRE(Live::count == 0);
}

TEST_CASE("A box that is moved to itself keeps what it holds", "[smart][box]") {
  Box<Number> box = make_box<Number>(1);
  Box<Number>& same = box;
  box = std::move(same);
  REQUIRE(box);
  REQUIRE(box->value == 1);
  swap(box, same);
  REQUIRE(box->value == 1);
}

TEST_CASE("The head of a list of boxes can be replaced by what it owns itself", "[smart][box]") {
  Box<Link> head = make_box<Link>();
  head->next = make_box<Link>();
  head->next->value = 2;
  head->next->next = make_box<Link>();
  REQUIRE(Live::count == 3);
  head = std::move(head->next);
  REQUIRE(head->value == 2);
  REQUIRE(Live::count == 2);
  head.reset();
  REQUIRE(Live::count == 0);
}

TEST_CASE("A long list of boxes can be dropped link by link", "[smart][box]") {
  Box<Link> head;
  for (int i = 0; i < 100'000; ++i) {
    Box<Link> link = make_box<Link>();
    link->next = std::move(head);
    head = std::move(link);
  }
  while (head) head = std::move(head->next);
  REQUIRE(Live::count == 0);
}

TEST_CASE("What goes into a raw pointer is not destroyed, and can come back", "[smart][box]") {
  Box<Number> box = make_box<Number>(3);
  Number* const raw = box.into_raw();
  REQUIRE(box == nullptr);
  REQUIRE(Live::count == 1);
  Box<Number> again(raw);
  REQUIRE(again->value == 3);
  again.reset(new Number(4));
  REQUIRE(again->value == 4);
  REQUIRE(Live::count == 1);
}

TEST_CASE("A box is empty before what it held is destroyed", "[smart][box]") {
  struct Asks {
    Box<Asks>* owner;
    bool* empty;
    Asks(Box<Asks>* box, bool* answer) : owner(box), empty(answer) {}
    ~Asks() { *empty = *owner == nullptr; }
  };
  Box<Asks> box;
  bool empty = false;
  box = make_box<Asks>(&box, &empty);
  box.reset();
  REQUIRE(empty);
  empty = false;
  box = make_box<Asks>(&box, &empty);
  box = nullptr;
  REQUIRE(empty);
}

TEST_CASE("An assigned box has its new object when the old one is destroyed", "[smart][box]") {
  struct Asks {
    Box<Asks>* owner = nullptr;
    int number = 0;
    int* seen = nullptr;
    Asks(Box<Asks>* box, int own, int* answer) : owner(box), number(own), seen(answer) {}
    ~Asks() {
      if (*owner) *seen = (*owner)->number;
    }
  };
  int seen = 0;
  Box<Asks> box;
  box = make_box<Asks>(&box, 1, &seen);
  box = make_box<Asks>(&box, 2, &seen);
  REQUIRE(seen == 2);
  box.reset(new Asks(&box, 3, &seen));
  REQUIRE(seen == 3);
}

TEST_CASE("A box of a base class destroys the derived object", "[smart][box]") {
  Box<Square> square = make_box<Square>(3);
  const Square* const object = square.get();
  Box<Shape> shape = std::move(square);
  REQUIRE(square == nullptr);
  REQUIRE(shape.get() == object);
  REQUIRE(shape->area() == 9);
  shape = make_box<Square>(4);
  REQUIRE(shape->area() == 16);
  REQUIRE(Live::count == 1);
  shape.reset(new Square(5));
  REQUIRE(shape->area() == 25);
  shape.reset();
  REQUIRE(Live::count == 0);
}

TEST_CASE("A box of a base that lies behind the beginning points to that base", "[smart][box]") {
  Box<Square> square = make_box<Square>(3);
  Named* const named = square.get();
  REQUIRE(static_cast<void*>(named) != static_cast<void*>(square.get()));
  Box<Named> box = std::move(square);
  REQUIRE(box.get() == named);
  REQUIRE(std::string(box->name()) == "square");
  box.reset();
  REQUIRE(Live::count == 0);
  Box<Named> none = Box<Square>();
  REQUIRE(none == nullptr);
}

TEST_CASE("A box of a const object destroys it too", "[smart][box]") {
  Box<const Number> made = make_box<const Number>(1);
  static_assert(std::is_same_v<decltype(*made), const Number&>);
  made = make_box<Number>(2);
  REQUIRE(made->value == 2);
  REQUIRE(Live::count == 1);
  made = nullptr;
  REQUIRE(Live::count == 0);
}

TEST_CASE("An object in a box is aligned as its type asks", "[smart][box]") {
  const Box<CacheLine> one = make_box<CacheLine>(), two = make_box<CacheLine>();
  REQUIRE(reinterpret_cast<std::uintptr_t>(one.get()) % 64 == 0);
  REQUIRE(reinterpret_cast<std::uintptr_t>(two.get()) % 64 == 0);
}

TEST_CASE("A constructor that throws leaves no box and no parts behind", "[smart][box]") {
  struct Throws {
    Live part;
    explicit Throws(int number) {
      if (number > 0) throw std::runtime_error("no");
    }
  };
  Box<Throws> box = make_box<Throws>(0);
  const Throws* const object = box.get();
  REQUIRE_THROWS_AS(box = make_box<Throws>(1), std::runtime_error);
  REQUIRE(box.get() == object);
  REQUIRE(Live::count == 1);
}

TEST_CASE("Arguments reach the constructor as they were given", "[smart][box]") {
  Box<std::string> text = make_box<std::string>(3U, 'x');
  REQUIRE(*text == "xxx");
  Box<Box<std::string>> nested = make_box<Box<std::string>>(std::move(text));
  REQUIRE(**nested == "xxx");
  int number = 1;
  struct Refers {
    int& to;
    explicit Refers(int& target) : to(target) {}
  };
  make_box<Refers>(number)->to = 2;
  REQUIRE(number == 2);
  const Box<Point> point = make_box<Point>(3, 4);
  REQUIRE(point->x * 10 + point->y == 34);
  REQUIRE(*make_box<int>() == 0);
}

TEST_CASE("Boxes lie in a vector that grows, and go with it", "[smart][box]") {
  std::vector<Box<Number>> boxes;
  for (int i = 0; i < 100; ++i) boxes.push_back(make_box<Number>(i));
  for (int i = 0; i < 100; ++i) REQUIRE(boxes[static_cast<std::size_t>(i)]->value == i);
  boxes.erase(boxes.begin() + 10, boxes.begin() + 60);
  REQUIRE(Live::count == 50);
  boxes.clear();
  REQUIRE(Live::count == 0);
}
