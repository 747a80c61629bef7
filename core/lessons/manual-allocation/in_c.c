#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct layout {
  size_t size;
  size_t alignment;
};

struct sample {
  int id;
  double value;
};

static struct layout extend(struct layout first, struct layout next, size_t* offset) {
  size_t over = first.size % next.alignment;
  *offset = first.size + (over == 0 ? 0 : next.alignment - over);
  size_t alignment = first.alignment > next.alignment ? first.alignment : next.alignment;
  return (struct layout){*offset + next.size, alignment};
}

// C has no constructors and destructors: two functions, and the promise to call each of them once.
static void sample_begin(struct sample* sample, int id, double value) {
  *sample = (struct sample){.id = id, .value = value};
}

static void sample_end(struct sample* sample) {
  printf("sample %d ends\n", sample->id);
}

int main(void) {
  struct layout one = {sizeof(struct sample), _Alignof(struct sample)};
  size_t offset;
  struct layout both = extend(one, one, &offset);
  printf("two samples: %zu bytes, a multiple of %zu, the second at %zu\n", both.size, both.alignment, offset);
  assert(offset == sizeof(struct sample) && both.size == 2 * sizeof(struct sample));

  // Storage, and no sample in it yet. C11 wants the size to be a multiple of the alignment; here it is.
  void* raw = aligned_alloc(both.alignment, both.size);
  if (raw == NULL) return EXIT_FAILURE;
  assert((uintptr_t)raw % both.alignment == 0);

  struct sample* first = raw;
  struct sample* second = first + 1;
  sample_begin(first, 1, 0.5);
  sample_begin(second, 2, 1.5);
  first->value += second->value;
  printf("value %.1f\n", first->value);
  assert(first->value == 2.0 && (char*)second - (char*)raw == (ptrdiff_t)offset);

  sample_end(second);
  sample_end(first);
  free(raw);  // unlike operator delete and dealloc, free is told neither size nor alignment

  void* line = aligned_alloc(64, 64);
  if (line == NULL) return EXIT_FAILURE;
  assert((uintptr_t)line % 64 == 0);
  printf("a multiple of 64\n");
  free(line);
  return EXIT_SUCCESS;
}
