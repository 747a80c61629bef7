// What Rc and Arc promise alike.
#include "heapyard/smart/counted.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/owners.hpp"
#include "support/seed.hpp"

#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace heapyard;
using namespace heapyard::test;

namespace {

template <class K, class T>
using Strong = typename K::template Strong<T>;
template <class K, class T>
using Watcher = typename K::template Watcher<T>;
template <class K, class T, class... Arguments>
Strong<K, T> make(Arguments&&... arguments) {
  return K::template make<T>(std::forward<Arguments>(arguments)...);
}

class Hidden : SecondBase {};
struct Left : Shape {};
struct Right : Shape {};
struct Twice : Left, Right {};
struct Undefined;

template <class K>
struct Conversions {
  template <class T>
  using S = Strong<K, T>;
  template <class T>
  using W = Watcher<K, T>;

  static_assert(std::is_copy_constructible_v<S<int>> && std::is_copy_assignable_v<S<int>>);
  static_assert(std::is_nothrow_move_constructible_v<S<int>> && std::is_nothrow_move_assignable_v<S<int>>);
  static_assert(std::is_nothrow_move_constructible_v<W<int>> && std::is_nothrow_move_assignable_v<W<int>>);
  static_assert(std::is_nothrow_swappable_v<S<int>> && std::is_nothrow_swappable_v<W<int>>);
  static_assert(std::is_convertible_v<std::nullptr_t, S<int>>);

  static_assert(std::is_convertible_v<S<Square>, S<Shape>> && std::is_convertible_v<const S<Square>&, S<Named>>);
  static_assert(std::is_convertible_v<S<TwoBases>, S<SecondBase>>);  // no virtual destructor is needed
  static_assert(std::is_convertible_v<S<int>, S<const int>> && std::is_convertible_v<W<int>, W<const int>>);
  static_assert(std::is_convertible_v<S<Square>, W<Shape>> && std::is_convertible_v<W<Square>, W<Named>>);
  static_assert(std::is_assignable_v<S<Shape>&, S<Square>> && std::is_assignable_v<W<Shape>&, S<Square>>);
  static_assert(std::is_assignable_v<S<Shape>&, std::nullptr_t>);

  static_assert(!std::is_constructible_v<S<Square>, S<Shape>> && !std::is_constructible_v<W<Square>, W<Shape>>);
  static_assert(!std::is_constructible_v<S<int>, S<const int>> && !std::is_constructible_v<W<int>, W<const int>>);
  static_assert(!std::is_constructible_v<S<long>, S<int>> && !std::is_constructible_v<S<Shape>, S<Named>>);
  static_assert(!std::is_constructible_v<S<SecondBase>, S<Hidden>>);
  static_assert(!std::is_constructible_v<S<Shape>, S<Twice>> && !std::is_constructible_v<W<Shape>, S<Twice>>);
  // A watcher becomes an owner by upgrade() alone, a pointer never; and neither becomes a number.
  static_assert(!std::is_constructible_v<S<int>, W<int>> && !std::is_assignable_v<S<int>&, W<int>>);
  static_assert(!std::is_constructible_v<S<int>, int*> && !std::is_constructible_v<W<int>, int*>);
  static_assert(!std::is_convertible_v<S<int>, bool> && !std::is_convertible_v<S<int>, int*>);
  // Of what is only declared there can be owners, as long as nobody makes, copies or drops one.
  static_assert(sizeof(S<Undefined>) == sizeof(void*) * 2);
};
template struct Conversions<Rcs>;
template struct Conversions<Arcs>;
static_assert(!std::is_constructible_v<Rc<int>, Arc<int>> && !std::is_constructible_v<Weak<int>, Arc<int>>);

template <class K>
struct Node : Live {
  int value;
  Strong<K, Node> next;
  Watcher<K, Node> previous;
  explicit Node(int number) : value(number) {}
};

}  // namespace

TEMPLATE_TEST_CASE("A copy is an owner more, and the last owner destroys", "[smart]", Rcs, Arcs) {
  Strong<TestType, Number> first = make<TestType, Number>(1);
  REQUIRE(first.strong_count() == 1);
  REQUIRE(first.weak_count() == 0);
  {
    const Strong<TestType, Number> second = first;
    REQUIRE(second.get() == first.get());
    REQUIRE(ptr_eq(first, second));
    REQUIRE(first.strong_count() == 2);
    REQUIRE(second.strong_count() == 2);
    second->value = 5;
    REQUIRE((*first).value == 5);
  }
  REQUIRE(first.strong_count() == 1);
  Strong<TestType, Number> third;
  third = first;
  first.reset();
  REQUIRE(first == nullptr);
  REQUIRE(Live::count == 1);
  REQUIRE(third.strong_count() == 1);
  third = nullptr;
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("An owner of nothing has no counts", "[smart]", Rcs, Arcs) {
  const Strong<TestType, Number> none, null = nullptr, copy = none;
  for (const auto* owner : {&none, &null, &copy}) {
    REQUIRE_FALSE(*owner);
    REQUIRE(*owner == nullptr);
    REQUIRE(owner->get() == nullptr);
    REQUIRE(owner->strong_count() == 0);
    REQUIRE(owner->weak_count() == 0);
    REQUIRE(downgrade(*owner).expired());
  }
  REQUIRE(ptr_eq(none, null));
  const Watcher<TestType, Number> nobody, also_nobody = nobody;
  REQUIRE(also_nobody.expired());
  REQUIRE(also_nobody.strong_count() == 0);
  REQUIRE(also_nobody.upgrade() == nullptr);
}

TEMPLATE_TEST_CASE("A move changes no count and leaves nothing behind", "[smart]", Rcs, Arcs) {
  Strong<TestType, Number> from = make<TestType, Number>(1);
  Strong<TestType, Number> to = std::move(from);
  REQUIRE(from == nullptr);
  REQUIRE(from.strong_count() == 0);
  REQUIRE(to.strong_count() == 1);
  Strong<TestType, Number> other = make<TestType, Number>(2);
  other = std::move(to);
  REQUIRE(to == nullptr);
  REQUIRE(other->value == 1);
  REQUIRE(other.strong_count() == 1);
  REQUIRE(Live::count == 1);

  Watcher<TestType, Number> watcher = other, target;
  target = std::move(watcher);
  REQUIRE(watcher.expired());
  REQUIRE(watcher.upgrade() == nullptr);
  REQUIRE(target.upgrade()->value == 1);
  REQUIRE(other.weak_count() == 1);
}

TEMPLATE_TEST_CASE("Assigned or moved to itself, an owner or a watcher stays what it is", "[smart]", Rcs, Arcs) {
  Strong<TestType, Number> owner = make<TestType, Number>(1);
  Watcher<TestType, Number> watcher = owner;
  Strong<TestType, Number>& same = owner;
  Watcher<TestType, Number>& same_watcher = watcher;
  owner = same;
  watcher = same_watcher;
  REQUIRE(owner.strong_count() == 1);
  REQUIRE(owner.weak_count() == 1);
  owner = std::move(same);
  watcher = std::move(same_watcher);
  REQUIRE(owner);
  REQUIRE(owner.strong_count() == 1);
  REQUIRE(owner.weak_count() == 1);
  REQUIRE(watcher.upgrade()->value == 1);
  swap(owner, same);
  swap(watcher, same_watcher);
  REQUIRE(owner.strong_count() == 1);
  // Another owner of the same value is as good as the same owner.
  const Strong<TestType, Number> other = owner;
  owner = other;
  REQUIRE(owner.strong_count() == 2);
}

TEMPLATE_TEST_CASE("An owner can be assigned what its own value owns", "[smart]", Rcs, Arcs) {
  using N = Node<TestType>;
  Strong<TestType, N> head = make<TestType, N>(1);
  head->next = make<TestType, N>(2);
  head->next->next = make<TestType, N>(3);
  head->next->next->next = make<TestType, N>(4);
  head = head->next;
  REQUIRE(head->value == 2);
  REQUIRE(Live::count == 3);
  head = std::move(head->next);
  REQUIRE(head->value == 3);
  REQUIRE(head.strong_count() == 1);
  REQUIRE(Live::count == 2);
  head->previous = head;
  Watcher<TestType, N> watcher = head;
  watcher = head->previous;
  head = watcher.upgrade()->next;
  REQUIRE(head->value == 4);
  REQUIRE(Live::count == 1);
  REQUIRE(watcher.expired());
}

TEMPLATE_TEST_CASE("A watcher does not keep alive, and tells when nothing is left", "[smart]", Rcs, Arcs) {
  Strong<TestType, Number> owner = make<TestType, Number>(1);
  Watcher<TestType, Number> watcher = owner;
  const Watcher<TestType, Number> second = downgrade(owner), third = watcher;
  REQUIRE(owner.strong_count() == 1);
  REQUIRE(owner.weak_count() == 3);
  REQUIRE(watcher.strong_count() == 1);
  {
    const Strong<TestType, Number> upgraded = watcher.upgrade();
    REQUIRE(ptr_eq(upgraded, owner));
    REQUIRE(owner.strong_count() == 2);
    REQUIRE(owner.weak_count() == 3);
  }
  owner.reset();
  REQUIRE(Live::count == 0);
  for (const Watcher<TestType, Number>* each : {&std::as_const(watcher), &second, &third}) {
    REQUIRE(each->expired());
    REQUIRE(each->strong_count() == 0);
    REQUIRE(each->upgrade() == nullptr);
  }
  const Watcher<TestType, Number> copied_late = watcher;
  REQUIRE(copied_late.expired());
  watcher.reset();
  REQUIRE(watcher.upgrade() == nullptr);
}

TEMPLATE_TEST_CASE("A watcher that turns to another value counts there", "[smart]", Rcs, Arcs) {
  const Strong<TestType, Number> one = make<TestType, Number>(1), two = make<TestType, Number>(2);
  Watcher<TestType, Number> watcher = one, other = two;
  REQUIRE(one.weak_count() == 1);
  watcher = two;
  REQUIRE(one.weak_count() == 0);
  REQUIRE(two.weak_count() == 2);
  watcher = one;
  swap(watcher, other);
  REQUIRE(watcher.upgrade()->value == 2);
  REQUIRE(other.upgrade()->value == 1);
  watcher = other;
  REQUIRE(two.weak_count() == 0);
  REQUIRE(one.weak_count() == 2);
}

TEMPLATE_TEST_CASE("An owner of a base without a virtual destructor destroys the whole value", "[smart]", Rcs, Arcs) {
  Strong<TestType, TwoBases> whole = make<TestType, TwoBases>();
  SecondBase* const second = whole.get();
  REQUIRE(static_cast<void*>(second) != static_cast<void*>(whole.get()));
  Strong<TestType, SecondBase> base = whole;
  REQUIRE(base.get() == second);
  REQUIRE(base->second == 2);
  REQUIRE(base.strong_count() == 2);
  REQUIRE(ptr_eq(base, whole));
  Strong<TestType, const SecondBase> read_only = std::move(base);
  REQUIRE(base == nullptr);
  REQUIRE(read_only.get() == second);
  Strong<TestType, FirstBase> first = std::move(whole);
  REQUIRE(whole == nullptr);
  REQUIRE(first->first == 1);
  REQUIRE(first.strong_count() == 2);
  first = nullptr;
  REQUIRE(Live::count == 1);
  read_only = nullptr;
  REQUIRE(Live::count == 0);
  const Strong<TestType, SecondBase> none = Strong<TestType, TwoBases>();
  REQUIRE(none.get() == nullptr);
}

TEMPLATE_TEST_CASE("Owners and watchers of abstract bases lead to the right part", "[smart]", Rcs, Arcs) {
  Strong<TestType, Shape> shape = make<TestType, Square>(3);
  REQUIRE(shape->area() == 9);
  Strong<TestType, Square> square = make<TestType, Square>(4);
  const Strong<TestType, Named> named = square;
  REQUIRE(std::string(named->name()) == "square");
  shape = square;
  REQUIRE(Live::count == 1);
  REQUIRE(square.strong_count() == 3);

  const Watcher<TestType, Square> watcher = square;
  Watcher<TestType, Named> named_watcher = watcher;
  REQUIRE(named_watcher.upgrade().get() == named.get());
  named_watcher = shape == nullptr ? Watcher<TestType, Square>() : watcher;
  const Watcher<TestType, Shape> shape_watcher = square;
  REQUIRE(shape_watcher.upgrade()->area() == 16);
  REQUIRE(square.weak_count() == 3);
  Watcher<TestType, const Named> moved = std::move(named_watcher);
  REQUIRE(moved.upgrade().get() == named.get());
  REQUIRE(square.weak_count() == 3);
}

TEMPLATE_TEST_CASE("A watcher of a value that is gone converts without looking into it", "[smart]", Rcs, Arcs) {
  Strong<TestType, WithVirtualBase> owner = make<TestType, WithVirtualBase>();
  Watcher<TestType, WithVirtualBase> watcher = owner;
  const Watcher<TestType, VirtualBase> before = watcher;
  REQUIRE(before.upgrade()->value == 5);
  owner.reset();
  const Watcher<TestType, VirtualBase> after = watcher;
  REQUIRE(after.upgrade() == nullptr);
  const Watcher<TestType, VirtualBase> moved = std::move(watcher);
  REQUIRE(moved.upgrade() == nullptr);
  REQUIRE(watcher.expired());
}

TEMPLATE_TEST_CASE("A value behind counts is aligned as its type asks", "[smart]", Rcs, Arcs) {
  const Strong<TestType, CacheLine> one = make<TestType, CacheLine>(), two = make<TestType, CacheLine>();
  REQUIRE(reinterpret_cast<std::uintptr_t>(one.get()) % 64 == 0);
  REQUIRE(reinterpret_cast<std::uintptr_t>(two.get()) % 64 == 0);
  const Watcher<TestType, CacheLine> watcher = one;
  REQUIRE(watcher.upgrade().get() == one.get());
  struct Derived : CacheLine {};
  const Strong<TestType, Live> base = make<TestType, Derived>();
  REQUIRE(base.strong_count() == 1);
}

TEMPLATE_TEST_CASE("A const value is owned, watched and destroyed as any other", "[smart]", Rcs, Arcs) {
  {
    Strong<TestType, const Number> owner = make<TestType, const Number>(1);
    static_assert(std::is_same_v<decltype(*owner), const Number&>);
    const Watcher<TestType, const Number> watcher = owner;
    REQUIRE(watcher.upgrade()->value == 1);
    const Strong<TestType, const int> number = make<TestType, const int>(7);
    REQUIRE(*number == 7);
    owner = make<TestType, Number>(2);
    REQUIRE(watcher.expired());
    REQUIRE(owner->value == 2);
  }
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("An owner that throws in its constructor is counted nowhere", "[smart]", Rcs, Arcs) {
  struct Throws {
    Live part;
    Strong<TestType, Number> kept;
    Throws(Strong<TestType, Number> number, bool now) : kept(std::move(number)) {
      if (now) throw std::runtime_error("no");
    }
  };
  const Strong<TestType, Number> number = make<TestType, Number>(1);
  Strong<TestType, Throws> owner = make<TestType, Throws>(number, false);
  const Throws* const value = owner.get();
  REQUIRE(number.strong_count() == 2);
  REQUIRE_THROWS_AS((owner = make<TestType, Throws>(number, true)), std::runtime_error);
  REQUIRE(owner.get() == value);
  REQUIRE(owner.strong_count() == 1);
  REQUIRE(number.strong_count() == 2);
  REQUIRE(Live::count == 2);
}

TEMPLATE_TEST_CASE("Arguments reach the value as they were given", "[smart]", Rcs, Arcs) {
  struct Immovable {
    int& to;
    Immovable(int& target, std::string&& text) : to(target) {
      to = static_cast<int>(std::string(std::move(text)).size());
    }
    Immovable(const Immovable&) = delete;
  };
  struct Point {
    int x, y;
    Strong<TestType, Number> owner;
  };
  int number = 0;
  std::string text = "moved";
  REQUIRE(make<TestType, Immovable>(number, std::move(text))->to == 5);
  REQUIRE(text.empty());
  const Strong<TestType, Point> point = make<TestType, Point>(3, 4, make<TestType, Number>(1));
  REQUIRE(point->x * 10 + point->y == 34);
  REQUIRE(point->owner.strong_count() == 1);
  REQUIRE(*make<TestType, std::string>(3U, 'x') == "xxx");
  REQUIRE(*make<TestType, int>() == 0);
}

TEMPLATE_TEST_CASE("A value is destroyed when its last owner goes, in the order in which they go", "[smart]", Rcs,
                   Arcs) {
  struct Says {
    std::string& text;
    char name;
    Strong<TestType, Says> first, second;
    Says(std::string& to, char letter) : text(to), name(letter) {}
    ~Says() { text += name; }
  };
  std::string order;
  {
    const Strong<TestType, Says> a = make<TestType, Says>(order, 'a');
    const Strong<TestType, Says> b = make<TestType, Says>(order, 'b');
    a->first = make<TestType, Says>(order, 'c');
    a->second = make<TestType, Says>(order, 'd');
    a->second->first = a->first;
    Strong<TestType, Says> e = make<TestType, Says>(order, 'e');
    e = b;
    REQUIRE(order == "e");
  }
  REQUIRE(order == "ebadc");  // locals and members from the last to the first; c waits for d
}

TEMPLATE_TEST_CASE("Nobody can save a value that is being destroyed", "[smart]", Rcs, Arcs) {
  struct Clings : Live {
    Watcher<TestType, Clings> self;
    bool& upgraded;
    std::size_t& owners;
    Watcher<TestType, Clings>& last_will;
    Clings(bool& answer, std::size_t& number, Watcher<TestType, Clings>& watcher)
        : upgraded(answer), owners(number), last_will(watcher) {}
    ~Clings() {
      upgraded = self.upgrade() != nullptr || !self.expired();
      owners = self.strong_count();
      last_will = self;  // a watcher that outlives the value: the block has to stay
    }
  };
  bool upgraded = true;
  std::size_t owners = 1;
  Watcher<TestType, Clings> left;
  Strong<TestType, Clings> owner = make<TestType, Clings>(upgraded, owners, left);
  owner->self = owner;
  REQUIRE(owner.weak_count() == 1);
  owner.reset();
  REQUIRE_FALSE(upgraded);
  REQUIRE(owners == 0);
  REQUIRE(Live::count == 0);
  REQUIRE(left.upgrade() == nullptr);
  left.reset();
}

TEMPLATE_TEST_CASE("The only watcher of a value may be inside of it", "[smart]", Rcs, Arcs) {
  struct Selfish : Live {
    Watcher<TestType, Selfish> self;
  };
  {
    const Strong<TestType, Selfish> owner = make<TestType, Selfish>();
    owner->self = owner;
  }
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("A destructor may copy and drop owners of the graph around it", "[smart]", Rcs, Arcs) {
  struct Busy : Live {
    std::vector<Strong<TestType, Busy>>* roots;
    Strong<TestType, Busy> child;
    Strong<TestType, Busy>* dropped = nullptr;
    explicit Busy(std::vector<Strong<TestType, Busy>>* around) : roots(around) {}
    ~Busy() {
      if (child) roots->push_back(child);
      if (dropped != nullptr) dropped->reset();
    }
  };
  std::vector<Strong<TestType, Busy>> roots;
  roots.reserve(16);
  Strong<TestType, Busy> first = make<TestType, Busy>(&roots), second = make<TestType, Busy>(&roots);
  first->child = make<TestType, Busy>(&roots);
  first->dropped = &second;
  second->child = first->child;
  second->dropped = &first;  // which is empty by then
  const Watcher<TestType, Busy> child = first->child;
  first.reset();
  REQUIRE(second == nullptr);
  REQUIRE(roots.size() == 2);
  REQUIRE(child.strong_count() == 2);
  REQUIRE(Live::count == 1);
  roots.clear();
  REQUIRE(child.expired());
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("An owner has its new value when a destructor looks at it", "[smart]", Rcs, Arcs) {
  struct Looks {
    Strong<TestType, Looks>* owner;
    int number;
    std::string& seen;
    Looks(Strong<TestType, Looks>* at, int own, std::string& text) : owner(at), number(own), seen(text) {}
    ~Looks() { seen += *owner ? std::to_string((*owner)->number) : "-"; }
  };
  std::string seen;
  Strong<TestType, Looks> owner;
  owner = make<TestType, Looks>(&owner, 1, seen);
  owner = make<TestType, Looks>(&owner, 2, seen);
  const Strong<TestType, Looks> copied = make<TestType, Looks>(&owner, 3, seen);
  owner = copied;
  owner = nullptr;
  REQUIRE(seen == "23");
  owner = make<TestType, Looks>(&owner, 4, seen);
  owner.reset();
  REQUIRE(seen == "23-");
  owner = make<TestType, Looks>(&owner, 5, seen);
  Strong<TestType, Looks> emptied = std::move(owner);
  emptied = nullptr;
  REQUIRE(seen == "23--");
}

TEMPLATE_TEST_CASE("An owner can be emptied by the destructor that its own assignment runs", "[smart]", Rcs, Arcs) {
  struct Resets : Live {
    Strong<TestType, Resets>* owner;
    explicit Resets(Strong<TestType, Resets>* at) : owner(at) {}
    ~Resets() { owner->reset(); }
  };
  Strong<TestType, Resets> owner;
  owner = make<TestType, Resets>(&owner);
  owner = make<TestType, Resets>(&owner);
  REQUIRE(owner == nullptr);
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("A circle of owners leaks, and a watcher for the way back cures it", "[smart]", Rcs, Arcs) {
  using N = Node<TestType>;
  N* raw = nullptr;
  {
    const Strong<TestType, N> first = make<TestType, N>(1), second = make<TestType, N>(2);
    first->next = second;
    second->next = first;
    REQUIRE(first.strong_count() == 2);
    raw = first.get();
  }
  REQUIRE(Live::count == 2);  // nobody owns them but they themselves
  Strong<TestType, N> rescued = raw->next;
  rescued->next.reset();
  REQUIRE(Live::count == 1);
  rescued.reset();
  REQUIRE(Live::count == 0);

  {
    const Strong<TestType, N> first = make<TestType, N>(1), second = make<TestType, N>(2);
    first->next = second;
    second->previous = first;
    REQUIRE(second->previous.upgrade()->value == 1);
    REQUIRE(first.strong_count() == 1);
  }
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("A value can own itself, and be freed of itself", "[smart]", Rcs, Arcs) {
  using N = Node<TestType>;
  Strong<TestType, N> node = make<TestType, N>(1);
  node->next = node;
  Watcher<TestType, N> watcher = node;
  node.reset();
  REQUIRE(watcher.strong_count() == 1);
  watcher.upgrade()->next.reset();
  REQUIRE(watcher.expired());
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("A long list of owners can be dropped link by link", "[smart]", Rcs, Arcs) {
  using N = Node<TestType>;
  Strong<TestType, N> head;
  for (int i = 0; i < 100'000; ++i) {
    Strong<TestType, N> node = make<TestType, N>(i);
    node->next = std::move(head);
    head = std::move(node);
  }
  while (head) head = head->next;
  REQUIRE(Live::count == 0);
}

TEMPLATE_TEST_CASE("Owners lie in containers that copy, move and sort them", "[smart]", Rcs, Arcs) {
  std::vector<Strong<TestType, Number>> owners;
  for (int i = 0; i < 50; ++i) owners.push_back(make<TestType, Number>(i));
  std::vector<Strong<TestType, Number>> copies = owners;
  std::vector<Watcher<TestType, Number>> watchers(owners.begin(), owners.end());
  for (const auto& owner : owners) REQUIRE(owner.strong_count() == 2);
  copies.insert(copies.begin() + 3, copies[7]);
  REQUIRE(owners[7].strong_count() == 3);
  owners.erase(owners.begin(), owners.begin() + 10);
  copies.clear();
  REQUIRE(Live::count == 40);
  for (std::size_t i = 0; i < 50; ++i) REQUIRE(watchers[i].expired() == (i < 10));
  owners.clear();
  REQUIRE(Live::count == 0);
}

namespace {

template <class T>
std::size_t owners_of(const std::shared_ptr<T>& owner) {
  return static_cast<std::size_t>(owner.use_count());
}
template <class T, template <class> class Block>
std::size_t owners_of(const StrongRef<T, Block>& owner) {
  return owner.strong_count();
}
template <class T>
std::shared_ptr<T> upgraded(const std::weak_ptr<T>& watcher) {
  return watcher.lock();
}
template <class T, template <class> class Block>
StrongRef<T, Block> upgraded(const WeakRef<T, Block>& watcher) {
  return watcher.upgrade();
}

/// Owners and watchers of each other, on which both kinds of pointer do the same things.
template <class K>
class World {
 public:
  static constexpr std::size_t places = 6;

  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() { end(); }

  void act(Random& random) {
    const std::size_t i = random.below(places), j = random.below(places), side = random.below(2);
    Strong<K, Thing>& target = strong_[i];
    const std::uint64_t action = random.below(22);
    switch (action) {
      case 0:
      case 1:
      case 2:
        target = make<K, Thing>(*this, next_id_++);
        target->self = target;
        return;
      case 3: target = strong_[j]; return;
      case 4: target = std::move(strong_[j]); return;
      case 5: target.reset(); return;
      case 6:
      case 7:
        if (target) target->edges[side] = strong_[j];
        return;
      case 8:
        if (target) target = target->edges[side];
        return;
      case 9:
        if (target) target = std::move(target->edges[side]);
        return;
      case 10: weak_[i] = strong_[j]; return;
      case 11: weak_[i] = weak_[j]; return;
      case 12:
        if (i != j) weak_[i] = std::move(weak_[j]);
        return;
      case 13: weak_[i].reset(); return;
      case 14: target = upgraded(weak_[j]); return;
      case 15: base_[i] = strong_[j]; return;
      case 16: base_[i] = base_[j]; return;
      case 17: base_[i].reset(); return;
      case 18:
        if (target) target->back = strong_[j];
        return;
      case 19:
        if (target) weak_[i] = target->back;
        return;
      case 20: swap(target, strong_[j]); return;
      default: {
        if (heirs_.empty()) return;
        const Strong<K, Thing> heir = std::move(heirs_.back());
        heirs_.pop_back();
      }
    }
  }

  /// All that can be told of either kind: who is there, how often owned, what was destroyed, in order.
  std::string state() const {
    std::string text;
    const auto tell = [&](const auto& owner) {
      text += owner ? std::to_string(owner->id) + "x" + std::to_string(owners_of(owner)) + " " : "- ";
    };
    for (const auto& owner : strong_) tell(owner);
    for (const auto& owner : base_) tell(owner);
    for (const auto& owner : heirs_) tell(owner);
    for (const auto& watcher : weak_) {
      text += watcher.expired() ? "gone " : "";
      tell(upgraded(watcher));
    }
    text += "live";
    for (const Thing* thing : live_) {
      text += " " + std::to_string(thing->id);
      for (const auto& edge : thing->edges) text += edge ? ">" + std::to_string(edge->id) : ">";
      text += thing->back.expired() ? "<" : "<" + std::to_string(upgraded(thing->back)->id);
    }
    text += " destroyed";
    for (const int id : destroyed_) text += " " + std::to_string(id);
    return text;
  }

  /// The watchers as an account that knows nothing of counts has them.
  bool counts_watchers() const {
    for (const Strong<K, Thing>& owner : strong_) {
      if (!owner) continue;
      std::size_t watchers = 0;
      const auto look = [&](const Watcher<K, Thing>& watcher) {
        watchers += upgraded(watcher).get() == owner.get() ? 1 : 0;
      };
      for (const auto& watcher : weak_) look(watcher);
      for (const Thing* thing : live_) {
        look(thing->back);
        look(thing->self);
      }
      if (watchers != owner.weak_count()) return false;
    }
    return true;
  }

  /// Breaks the circles, so that nothing is left.
  void end() {
    std::vector<Strong<K, Thing>> all;
    for (const Thing* thing : live_) all.push_back(upgraded(thing->self));
    for (const auto& owner : all) {
      for (auto& edge : owner->edges) edge.reset();
    }
    all.clear();
    for (auto& owner : strong_) owner.reset();
    for (auto& owner : base_) owner.reset();
    while (!heirs_.empty()) heirs_.pop_back();
    for (auto& watcher : weak_) watcher.reset();
  }
  std::size_t live() const { return live_.size(); }

 private:
  struct Padding {
    long padding = 0;
  };
  struct Numbered {
    int id;
    explicit Numbered(int number) : id(number) {}
  };
  struct Thing : Padding, Numbered {
    World& world;
    Strong<K, Thing> edges[2];
    Watcher<K, Thing> back, self;
    Thing(World& around, int number) : Numbered(number), world(around) { world.live_.insert(this); }
    ~Thing() {
      world.destroyed_.push_back(self.expired() && upgraded(self) == nullptr ? this->id : -1);
      world.live_.erase(this);
      if (this->id % 3 == 0 && edges[0]) world.heirs_.push_back(edges[0]);
    }
  };
  struct ById {
    bool operator()(const Thing* a, const Thing* b) const { return a->id < b->id; }
  };

  int next_id_ = 0;
  std::vector<int> destroyed_;
  std::set<Thing*, ById> live_;
  std::vector<Strong<K, Thing>> heirs_;
  Strong<K, Thing> strong_[places];
  Strong<K, Numbered> base_[places];
  Watcher<K, Thing> weak_[places];
};

}  // namespace

TEMPLATE_TEST_CASE("Whatever is done to owners and watchers, std::shared_ptr does the same", "[smart]", Rcs, Arcs) {
  const std::uint64_t seed = fresh_seed();
  for (std::uint64_t round = 0; round < 40; ++round) {
    Random ours(seed + round), theirs(seed + round);
    World<TestType> world;
    World<Shareds> oracle;
    for (int step = 0; step < 150; ++step) {
      CAPTURE(seed, round, step);
      world.act(ours);
      oracle.act(theirs);
      REQUIRE(world.state() == oracle.state());
      REQUIRE(world.counts_watchers());
    }
    world.end();
    oracle.end();
    REQUIRE(world.state() == oracle.state());
    REQUIRE(world.live() == 0);
  }
}
