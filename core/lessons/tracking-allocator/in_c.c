#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// What stands in front of each payload. The payload is aligned as malloc's own would be.
struct block {
  struct block *previous, *next;
  size_t size;
  int line;
  _Alignas(max_align_t) unsigned char payload[];
};

enum { classes = 16 };  // up to 8 bytes, 16, 32 …; the last takes all that is larger

static struct {
  struct block* living;
  size_t allocations, releases, live_bytes, high_water;
  size_t histogram[classes];
} seen;

static void* tracked_malloc(size_t size, int line) {
  if (size > SIZE_MAX - sizeof(struct block)) return NULL;
  struct block* block = malloc(sizeof(struct block) + size);
  if (block == NULL) return NULL;
  *block = (struct block){.next = seen.living, .size = size, .line = line};
  if (seen.living != NULL) seen.living->previous = block;
  seen.living = block;

  size_t class = 0;
  while (class < classes - 1 && size > (size_t)8 << class) ++class;
  ++seen.histogram[class];
  ++seen.allocations;
  seen.live_bytes += size;
  if (seen.live_bytes > seen.high_water) seen.high_water = seen.live_bytes;
  return block->payload;
}

static void tracked_free(void* payload) {
  if (payload == NULL) return;
  struct block* block = (void*)((unsigned char*)payload - offsetof(struct block, payload));
  if (block->previous != NULL) block->previous->next = block->next;
  if (block->next != NULL) block->next->previous = block->previous;
  if (block == seen.living) seen.living = block->next;
  ++seen.releases;
  seen.live_bytes -= block->size;
  free(block);
}

// A macro knows the line of its caller; a function does not.
#define allocate(size) tracked_malloc(size, __LINE__)

int main(void) {
  void* small = allocate(24);
  void* large = allocate(1000);
  tracked_free(small);
  void* lost = allocate(20);
  tracked_free(large);
  printf("%zu allocations, %zu releases\n", seen.allocations, seen.releases);
  printf("%zu bytes live, high-water mark %zu\n", seen.live_bytes, seen.high_water);
  for (size_t class = 0; class < classes; ++class) {
    if (seen.histogram[class] > 0) printf("up to %zu bytes: %zu\n", (size_t)8 << class, seen.histogram[class]);
  }
  assert(seen.allocations == 3 && seen.releases == 2 && seen.live_bytes == 20 && seen.high_water == 1024);
  assert(seen.histogram[2] == 2 && seen.histogram[7] == 1);

  const struct block* leak = seen.living;
  printf("leak: %zu bytes, taken in line %d\n", leak->size, leak->line);
  assert(leak->payload == lost && leak->next == NULL);
  tracked_free(lost);
  assert(seen.living == NULL && seen.live_bytes == 0);
  return EXIT_SUCCESS;
}
