#include <cstdio>
#include <cstdlib>
#include <cstring>

int main() {
  char* name = static_cast<char*>(std::malloc(8));
  if (name == nullptr) return 1;
  std::strcpy(name, "heap");
  std::printf("%s\n", name);

  int* counts = static_cast<int*>(std::calloc(4, sizeof(int)));
  if (counts == nullptr) {
    std::free(name);
    return 1;
  }
  counts[1] = 7;

  char* longer = static_cast<char*>(std::realloc(name, 24));
  if (longer == nullptr) {
    std::free(name);
    std::free(counts);
    return 1;
  }
  name = longer;
  std::strcat(name, "yard");
  std::printf("%s\n", name);

  void* line = std::aligned_alloc(64, 128);
  if (line == nullptr) {
    std::printf("no line\n");
  }
  void* all = std::malloc(1 << 20);
  if (all == nullptr) {
    std::printf("no memory\n");
  }

  std::free(line);
  std::free(counts);
  std::free(name);
  std::free(all);
  return 0;
}
