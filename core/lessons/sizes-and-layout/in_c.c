#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// What C++ calls span and optional<int>, made by hand.
struct span {
  const char* data;
  size_t length;
};

struct optional_int {
  bool has_value;
  int value;
};

struct model {
  const char* name;
  size_t of_int, of_long, of_pointer;
};

static const struct model models[] = {{"LP64", 4, 8, 8}, {"LLP64", 4, 4, 8}, {"ILP32", 4, 4, 4}};

static bool is_this_machine(const struct model* model) {
  return model->of_int == sizeof(int) && model->of_long == sizeof(long) && model->of_pointer == sizeof(void*);
}

#define SHOW(type) printf("%-20s %4zu %9zu\n", #type, sizeof(type), _Alignof(type))

int main(void) {
  printf("%-20s %4s %9s\n", "type", "size", "alignment");
  SHOW(bool);
  SHOW(char);
  SHOW(short);
  SHOW(int);
  SHOW(long);
  SHOW(long long);
  SHOW(float);
  SHOW(double);
  SHOW(long double);
  SHOW(max_align_t);
  SHOW(size_t);
  SHOW(void*);
  SHOW(struct span);
  SHOW(struct optional_int);

  // What the standard promises everywhere is little; a static check may say no more than that.
  _Static_assert(sizeof(char) == 1 && CHAR_BIT >= 8, "a byte is a char");
  _Static_assert(sizeof(int64_t) * CHAR_BIT == 64, "exact-width types have no padding");
  _Static_assert(sizeof(struct optional_int) % _Alignof(struct optional_int) == 0, "arrays have no gaps");

  puts("\nmodel  int long pointer");
  const struct model* here = NULL;
  for (size_t i = 0; i < sizeof models / sizeof models[0]; ++i) {
    const struct model* each = &models[i];
    if (is_this_machine(each)) here = each;
    printf("%-6s %3zu %4zu %7zu%s\n", each->name, each->of_int, each->of_long, each->of_pointer,
           here == each ? "  <- here" : "");
  }
  assert(here != NULL);
  assert(sizeof(struct span) == 2 * here->of_pointer);
  return EXIT_SUCCESS;
}
