// Each mistake that a program can make with memory and survive here.
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>

int main() {
  char* text = static_cast<char*>(std::malloc(8));
  std::strcpy(text, "heap");
  int* numbers = new int[4]{1, 2, 3, 4};
  std::span<int> view(numbers, 4);
  int beyond = numbers[4];
  delete[] numbers;
  int stale = view[1];
  view[2] = stale + beyond;
  std::free(text);
  std::free(text);
  int local = 0;
  std::free(text + 1);
  std::free(&local);
  int* lost = new (std::nothrow) int(local);
  char block[8];
  std::memcpy(block, lost, sizeof block);
  std::strcpy(reinterpret_cast<char*>(lost), "heapyard");
  return 0;
}
