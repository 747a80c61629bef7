#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  int status = EXIT_FAILURE;
  int* counts = NULL;
  void* line = NULL;

  char* name = malloc(8);
  if (name == NULL) goto done;
  strcpy(name, "heap");
  assert(strcmp(name, "heap") == 0);
  printf("malloc: \"%s\" and its zero take %zu of 8 bytes\n", name, strlen(name) + 1);

  counts = calloc(4, sizeof *counts);
  if (counts == NULL) goto done;
  counts[1] = 7;
  assert(counts[0] == 0 && counts[1] == 7 && counts[2] == 0 && counts[3] == 0);
  printf("calloc: %d %d %d %d\n", counts[0], counts[1], counts[2], counts[3]);

  // Not `name = realloc(name, 24)`: if that failed, nobody could free the old block any more.
  char* longer = realloc(name, 24);
  if (longer == NULL) goto done;
  name = longer;
  strcat(name, "yard");
  assert(strcmp(name, "heapyard") == 0);
  printf("realloc: \"%s\"\n", name);

  line = aligned_alloc(64, 128);
  if (line == NULL) goto done;
  assert((uintptr_t)line % 64 == 0);
  printf("aligned_alloc: a multiple of 64\n");

  // volatile hides the size from the compiler, which would rightly warn of both calls. Printing the answers keeps it
  // from leaving the calls out, which it may do where nobody looks at the blocks.
  volatile size_t too_much = SIZE_MAX;
  void* all = malloc(too_much);
  void* product = calloc(too_much, 2);
  printf("no room: malloc says %p, calloc says %p\n", all, product);
  assert(all == NULL && product == NULL);
  status = EXIT_SUCCESS;

done:
  // free(NULL) does nothing, so one way out suits every failure.
  free(line);
  free(counts);
  free(name);
  return status;
}
