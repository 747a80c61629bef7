// The standard library on the heap: what a stage has to see through.
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct Point {
  int x;
  double y;
};

struct Node {
  int value;
  std::shared_ptr<Node> next;
  std::weak_ptr<Node> previous;
};

std::unique_ptr<Point> make_point() {
  Point local{1, 2.5};
  auto point = std::make_unique<Point>(local);
  point->x = 3;
  return point;
}

int main() {
  std::unique_ptr<Point> outlives = make_point();
  std::vector<int> numbers;
  for (int i = 0; i < 3; ++i) {
    numbers.push_back(i * i);
  }
  {
    std::vector<int> moved = std::move(numbers);
    std::printf("%d elements\n", static_cast<int>(moved.size()));
  }
  auto first = std::make_shared<Node>();
  {
    std::shared_ptr<Node> second = first;
    second->value = 2;
  }
  auto other = std::make_shared<Node>();
  first->next = other;
  other->previous = first;
  first->next->next = first;
  std::string text = "longer than what fits inside of it";
  std::string_view word = std::string_view(text).substr(0, 6);
  std::string inside = "short";
  std::optional<int> maybe;
  maybe = 7;
  std::span<char> letters(text);
  letters[0] = 'L';
  std::puts("done");
  return 0;
}
