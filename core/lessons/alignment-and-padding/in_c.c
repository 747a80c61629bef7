#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct as_written {
  uint8_t a;
  uint32_t b;
  uint16_t c;
  uint64_t d;
};

struct reordered {
  uint64_t d;
  uint32_t b;
  uint16_t c;
  uint8_t a;
};

struct cache_line {
  _Alignas(64) uint8_t a;
};

#pragma pack(push, 1)  // no standard C, but every large compiler knows it
struct packed {
  uint8_t a;
  uint32_t b;
  uint16_t c;
  uint64_t d;
};
#pragma pack(pop)

// A letter for each byte of a member, a dot for each byte of padding.
#define DRAW(type)                                              \
  do {                                                          \
    char map[sizeof(type) + 1];                                 \
    memset(map, '.', sizeof(type));                             \
    map[sizeof(type)] = '\0';                                   \
    memset(map + offsetof(type, a), 'a', sizeof(uint8_t));      \
    memset(map + offsetof(type, b), 'b', sizeof(uint32_t));     \
    memset(map + offsetof(type, c), 'c', sizeof(uint16_t));     \
    memset(map + offsetof(type, d), 'd', sizeof(uint64_t));     \
    printf("%-18s %2zu bytes  %s\n", #type, sizeof(type), map); \
  } while (0)

int main(void) {
  DRAW(struct as_written);
  DRAW(struct reordered);
  DRAW(struct packed);

  // The members take 15 bytes in any order, and a size is a multiple of the alignment: less than this cannot be.
  size_t members = sizeof(uint8_t) + sizeof(uint32_t) + sizeof(uint16_t) + sizeof(uint64_t);
  size_t alignment = _Alignof(struct reordered);
  size_t least = (members + alignment - 1) / alignment * alignment;
  printf("members %zu bytes, alignment %zu: no order takes less than %zu\n", members, alignment, least);
  assert(sizeof(struct reordered) == least && sizeof(struct as_written) > least);
  if (alignment == 8) assert(sizeof(struct as_written) == 24 && offsetof(struct as_written, d) == 16 && least == 16);

  // Tail padding: without it, the d of the second element would not be aligned.
  struct reordered pair[2] = {{.d = 1}, {.d = 2}};
  assert((uintptr_t)&pair[1].d % alignment == 0);

  // Packed members are read by name or copied out; a uint64_t* to one need not be aligned.
  struct packed packed = {.b = 7, .d = 9};
  uint64_t d;
  memcpy(&d, (const char*)&packed + offsetof(struct packed, d), sizeof d);
  assert(sizeof packed == members && packed.b == 7 && d == 9);

  struct cache_line lines[2];
  printf("_Alignas(64): one byte takes %zu\n", sizeof lines[0]);
  assert(sizeof lines[0] == 64 && (uintptr_t)&lines[1] % 64 == 0);
  return EXIT_SUCCESS;
}
