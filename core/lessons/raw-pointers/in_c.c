#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// An owner by agreement: C ends nothing by itself and lets anybody copy the struct.
struct owner {
  int* object;
};

static struct owner owner_begin(int value) {
  int* object = malloc(sizeof *object);
  if (object == NULL) exit(EXIT_FAILURE);
  *object = value;
  return (struct owner){object};
}

static struct owner owner_move(struct owner* from) {
  struct owner to = *from;
  from->object = NULL;
  return to;
}

static void owner_end(struct owner* owner) {
  free(owner->object);
  owner->object = NULL;
}

int main(void) {
  short numbers[4] = {10, 20, 30, 40};
  short* third = numbers + 2;
  ptrdiff_t apart = third - numbers;
  ptrdiff_t bytes_apart = (char*)third - (char*)numbers;
  printf("%td objects apart, %td bytes\n", apart, bytes_apart);
  assert(apart == 2 && bytes_apart == 2 * (ptrdiff_t)sizeof(short));

  // One past the end may be compared with, not read: whatever lies there, it is not the array's.
  const short* end = numbers + 4;
  int sum = 0;
  for (const short* each = numbers; each != end; ++each) sum += *each;
  assert(sum == 100 && end - numbers == 4);

  *third = 7;
  printf("sum %d, then numbers[2] is %d: two names for the same bytes\n", sum, numbers[2]);
  assert(numbers[2] == 7);

  // Any object's bytes may be read through unsigned char. To read them as another type, memcpy them to one.
  unsigned value = 1;
  const unsigned char* bytes = (const unsigned char*)&value;
  bool little_endian = bytes[0] == 1;
  printf("%s byte first\n", little_endian ? "lowest" : "highest");
  assert(bytes[little_endian ? 0 : sizeof value - 1] == 1);

  float one = 1.0F;
  uint32_t bits;
  _Static_assert(sizeof one == sizeof bits, "a float has 32 bits");
  memcpy(&bits, &one, sizeof bits);
  printf("the bits of 1.0: %08lx\n", (unsigned long)bits);
  assert(bits == 0x3f800000);

  struct owner owner = owner_begin(5);
  struct owner taker = owner_move(&owner);
  *taker.object += 1;
  printf("moved: %d, and %s is left behind\n", *taker.object, owner.object ? "a pointer" : "null");
  assert(*taker.object == 6 && owner.object == NULL);
  owner_end(&taker);
  owner_end(&owner);
  return EXIT_SUCCESS;
}
