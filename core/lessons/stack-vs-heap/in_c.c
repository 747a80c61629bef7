#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct point {
  int x, y;
};

// Three words: where the buffer is, how many elements it has, and for how many there is room.
struct vector {
  int* data;
  size_t length, capacity;
};

static int area(int width, int height) {
  int product = width * height;  // gone with the frame; only the result is copied out
  return product;
}

static struct point* make_point(void) {
  struct point local = {1, 2};  // `return &local;` would hand out an address in a frame that ends here
  struct point* point = malloc(sizeof *point);
  if (point == NULL) exit(EXIT_FAILURE);
  *point = local;
  point->x = 3;
  return point;
}

static void push(struct vector* vector, int value) {
  if (vector->length == vector->capacity) {
    size_t capacity = vector->capacity == 0 ? 1 : 2 * vector->capacity;
    int* data = realloc(vector->data, capacity * sizeof *data);
    if (data == NULL) exit(EXIT_FAILURE);
    vector->data = data;
    vector->capacity = capacity;
  }
  vector->data[vector->length++] = value;
}

static struct vector move(struct vector* from) {
  struct vector to = *from;
  *from = (struct vector){0};
  return to;
}

int main(void) {
  int size = area(3, 4);
  struct point* outlives = make_point();
  printf("area %d, a point (%d, %d) that outlives its function\n", size, outlives->x, outlives->y);
  assert(size == 12 && outlives->x == 3);

  struct vector numbers = {0};
  for (int i = 0; i < 5; ++i) {
    push(&numbers, i * i);
    printf("%zu of %zu\n", numbers.length, numbers.capacity);
  }
  assert(numbers.length == 5 && numbers.capacity == 8 && numbers.data[4] == 16);

  int* buffer = numbers.data;
  struct vector taken = move(&numbers);
  printf("moved: %zu numbers, none are left behind\n", taken.length);
  assert(taken.data == buffer && numbers.data == NULL && numbers.length == 0);

  free(taken.data);
  free(outlives);
  return EXIT_SUCCESS;
}
