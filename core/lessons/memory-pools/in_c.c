#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct particle {
  float x, y;
};

enum { slots = 4, none = slots };

// A free slot holds the index of the next free one, so the free list takes no memory of its own.
union slot {
  struct particle particle;
  size_t next;
};

struct pool {
  union slot slot[slots];
  bool used[slots];
  size_t first;
};

enum answer { given_back, foreign_pointer, double_free };

static void pool_begin(struct pool* pool) {
  *pool = (struct pool){.first = 0};
  for (size_t i = 0; i < slots; ++i) pool->slot[i].next = i + 1;
}

static struct particle* pool_take(struct pool* pool) {
  if (pool->first == none) return NULL;
  size_t index = pool->first;
  pool->first = pool->slot[index].next;
  pool->used[index] = true;
  return &pool->slot[index].particle;
}

static enum answer pool_give(struct pool* pool, const void* what) {
  // As numbers, for `<` between pointers into different objects is undefined. A smaller address wraps to a large one.
  uintptr_t distance = (uintptr_t)what - (uintptr_t)pool->slot;
  if (distance >= sizeof pool->slot || distance % sizeof(union slot) != 0) return foreign_pointer;
  size_t index = distance / sizeof(union slot);
  if (!pool->used[index]) return double_free;
  pool->used[index] = false;
  pool->slot[index].next = pool->first;
  pool->first = index;
  return given_back;
}

static void try_give(struct pool* pool, const void* what, enum answer expected) {
  static const char* const words[] = {"given back", "refused: a foreign pointer", "refused: a double free"};
  enum answer answer = pool_give(pool, what);
  puts(words[answer]);
  assert(answer == expected);
}

int main(void) {
  struct pool pool;
  pool_begin(&pool);
  struct particle* taken[slots];
  for (size_t i = 0; i < slots; ++i) {
    taken[i] = pool_take(&pool);
    assert(taken[i] == &pool.slot[i].particle);
    *taken[i] = (struct particle){(float)i, 0.5F};
  }
  struct particle* beyond = pool_take(&pool);
  printf("%d taken, the next: %s\n", slots, beyond == NULL ? "null" : "a slot");
  assert(beyond == NULL);

  struct particle outside = {0};
  const void* inside = (const char*)taken[0] + 1;
  try_give(&pool, taken[1], given_back);
  try_give(&pool, taken[3], given_back);
  try_give(&pool, taken[3], double_free);
  try_give(&pool, &outside, foreign_pointer);
  try_give(&pool, inside, foreign_pointer);

  struct particle* again = pool_take(&pool);
  puts("the last one given back is the first one taken");
  assert(again == taken[3]);
  return EXIT_SUCCESS;
}
