// Asks `new` for more than there is.
#include <cstdio>

int main() {
  int* small = new int(1);
  std::puts("before");
  int* large = new int[1 << 20];
  std::puts("after");
  delete[] large;
  delete small;
  return 0;
}
