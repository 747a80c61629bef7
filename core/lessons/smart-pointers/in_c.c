#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// Shared by several threads, `owners` would have to be an atomic_size_t.
struct node {
  size_t owners;
  struct node* next;  // counted: a node owns the one behind it
  struct node* back;  // not counted: it only looks, and is cleared when what it looks at ends
};

static size_t living;

static struct node* node_new(void) {
  struct node* node = malloc(sizeof *node);
  if (node == NULL) exit(EXIT_FAILURE);
  *node = (struct node){.owners = 1};
  ++living;
  return node;
}

static struct node* retain(struct node* node) {
  ++node->owners;
  return node;
}

static void release(struct node* node) {
  if (node == NULL || --node->owners > 0) return;
  if (node->next != NULL && node->next->back == node) node->next->back = NULL;
  release(node->next);
  free(node);
  --living;
}

int main(void) {
  struct node* owner = node_new();
  struct node* mover = owner;
  owner = NULL;  // a move is a habit here: the compiler would not mind two owners
  assert(owner == NULL && mover->owners == 1);

  struct node* other = retain(mover);
  printf("shared: %zu owners\n", mover->owners);
  assert(mover->owners == 2);
  release(other);
  printf("one let go: %zu owner\n", mover->owners);
  assert(mover->owners == 1);
  release(mover);
  assert(living == 0);

  struct node* a = node_new();
  struct node* b = node_new();
  a->next = retain(b);
  b->next = retain(a);
  release(b);
  release(a);
  printf("a cycle nobody owns: %zu nodes live, each with %zu owner\n", living, a->owners);
  assert(living == 2 && a->owners == 1 && b->owners == 1);

  b->next = NULL;  // the cycle is opened by hand, and what b owned is let go
  release(a);
  printf("opened: %zu live\n", living);
  assert(living == 0);

  a = node_new();
  b = node_new();
  a->next = retain(b);
  b->back = a;
  release(a);
  printf("with a link back that does not count: %zu lives, its link is %s\n", living, b->back ? "set" : "null");
  assert(living == 1 && b->owners == 1 && b->back == NULL);
  release(b);
  assert(living == 0);
  return EXIT_SUCCESS;
}
