#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

struct Point {
  int x;
  int y;
};

int area(int width, int height) {
  int product = width * height;
  return product;
}

std::unique_ptr<Point> make_point() {
  Point local{1, 2};
  auto point = std::make_unique<Point>(local);
  point->x = 3;
  return point;
}

int main() {
  int size = area(3, 4);
  std::unique_ptr<Point> outlives = make_point();
  std::printf("%d, %d\n", size, outlives->x);

  std::vector<int> numbers;
  for (int i = 0; i < 5; ++i) {
    numbers.push_back(i * i);
  }
  {
    std::vector<int> taken = std::move(numbers);
    std::printf("%d numbers\n", static_cast<int>(taken.size()));
  }
  numbers.reserve(3);
  numbers.push_back(7);
  return 0;
}
