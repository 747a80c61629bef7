// Calls of many kinds: recursion, methods, templates, lambdas, references, arrays on the stack.
#include <cstdio>

enum class Color { red, green };

class Counter {
 public:
  explicit Counter(int start) : count_(start) {}
  ~Counter() { count_ = -1; }
  void add(int amount) { count_ += amount; }

 private:
  int count_;
};

template <class T>
T larger(T a, T b) {
  return a < b ? b : a;
}

int factorial(int n) {
  if (n <= 1) return 1;
  return n * factorial(n - 1);
}

int main() {
  int result = factorial(3);
  Counter counter(10);
  counter.add(5);
  double most = larger(1.5, 2.5);
  int& alias = result;
  alias = 7;
  int squares[3] = {0, 1, 4};
  int* second = &squares[1];
  *second = 9;
  const auto twice = [](int n) { return 2 * n; };
  bool even = twice(result) % 2 == 0;
  Color color = Color::green;
  char letter = 'h';
  unsigned char byte = 200;
  std::printf("%d %g %d %d %c %d\n", result, most, static_cast<int>(even), static_cast<int>(color), letter, byte);
  return 0;
}
