#include "heapyard/smart/arc.hpp"
#include "heapyard/smart/box.hpp"
#include "heapyard/smart/in_threads.hpp"
#include "heapyard/smart/rc.hpp"

#include <atomic>
#include <cstdio>
#include <memory>
#include <utility>

using namespace heapyard;

struct Node {
  int value;
  Rc<Node> next;
  Weak<Node> previous;
};

int consume(Box<int> box) {
  return *box + 1;
}

int main() {
  Box<int> box = make_box<int>(1);
  Box<int> taker = std::move(box);
  int more = consume(std::move(taker));
  std::unique_ptr<int> unique = std::make_unique<int>(more);
  std::printf("%d, %d\n", box == nullptr, *unique);

  Rc<Node> first = make_rc<Node>(1);
  {
    Rc<Node> second = first;
    second->value = 2;
  }
  Weak<Node> watcher = first;
  first.reset();
  Rc<Node> gone = watcher.upgrade();
  std::printf("expired: %d, upgraded: %d\n", watcher.expired(), gone != nullptr);

  Arc<std::atomic<int>> hits = make_arc<std::atomic<int>>(0);
  in_threads(4, [&hits] {
    for (int i = 0; i < 1000; ++i) {
      Arc<std::atomic<int>> mine = hits;
      mine->fetch_add(1);
    }
  });
  std::shared_ptr<int> shared = std::make_shared<int>(hits->load());
  std::shared_ptr<int> also = shared;
  std::printf("%d hits, %d owners\n", *also, static_cast<int>(also.use_count()));

  Rc<Node> parent = make_rc<Node>(3);
  Rc<Node> child = make_rc<Node>(4);
  parent->next = child;
  child->previous = parent;
  child->next = parent;
  return 0;
}
