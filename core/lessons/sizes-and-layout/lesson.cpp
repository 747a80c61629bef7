#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

int main() {
  char letter = 'h';
  short few = 2;
  int number = 40000;
  long wide = 5;
  long long widest = 6;
  double real = 0.5;
  std::printf("%zu %zu %zu %zu\n", sizeof letter, sizeof few, sizeof number, sizeof real);
  std::printf("long %zu, long long %zu\n", sizeof wide, sizeof widest);

  int* pointer = &number;
  auto one = std::make_unique<int>(7);
  auto many = std::make_shared<int>(8);
  std::printf("pointer %zu, unique_ptr %zu, shared_ptr %zu\n", sizeof pointer, sizeof one, sizeof many);

  std::vector<int> list{1, 2, 3};
  std::span<int> view(list);
  std::printf("vector %zu, span %zu\n", sizeof list, sizeof view);

  std::string brief = "in place";
  std::string text = "too long to lie inside the object";
  std::printf("string %zu and %zu\n", sizeof brief, sizeof text);

  std::optional<char> initial = letter;
  std::optional<double> measured;
  measured = real + *initial;
  std::printf("optional %zu and %zu\n", sizeof initial, sizeof measured);
  std::printf("aligned to %zu and %zu\n", alignof(std::optional<char>), alignof(std::optional<double>));
  return 0;
}
