#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct header {
  uint16_t kind, length;
};

// A pointer and a length: no zero at the end is needed, and so no copy to put one there.
struct view {
  const char* data;
  size_t length;
};

static struct view split(struct view* rest, char end) {
  const char* found = memchr(rest->data, end, rest->length);
  struct view word = {rest->data, found == NULL ? rest->length : (size_t)(found - rest->data)};
  size_t used = word.length + (found != NULL);
  *rest = (struct view){rest->data + used, rest->length - used};
  return word;
}

static bool equals(struct view view, const char* text) {
  return view.length == strlen(text) && memcmp(view.data, text, view.length) == 0;
}

static char* copy_of(struct view view, size_t* bytes_copied) {
  char* copy = malloc(view.length + 1);
  if (copy == NULL) exit(EXIT_FAILURE);
  memcpy(copy, view.data, view.length);
  copy[view.length] = '\0';
  *bytes_copied += view.length;
  return copy;
}

int main(void) {
  static const char text[] = "name=Ada Lovelace;role=mathematician";
  const struct header sent = {7, sizeof text - 1};
  char* buffer = malloc(sizeof sent + sent.length);
  if (buffer == NULL) return EXIT_FAILURE;
  memcpy(buffer, &sent, sizeof sent);
  memcpy(buffer + sizeof sent, text, sent.length);

  // In place: malloc's address suits every type, and memcpy from a header made these bytes one.
  const struct header* header = (const void*)buffer;
  struct view rest = {buffer + sizeof *header, header->length};
  struct view name = split(&rest, ';');
  struct view role = split(&rest, ';');
  printf("%.*s, %.*s: 0 bytes copied\n", (int)name.length, name.data, (int)role.length, role.data);
  assert(header->kind == 7 && equals(name, "name=Ada Lovelace") && equals(role, "role=mathematician"));
  assert(name.data == buffer + 4 && role.data == buffer + 22 && rest.length == 0);

  size_t bytes_copied = 0;
  char* copy = copy_of(name, &bytes_copied);
  copy[0] = 'N';
  printf("%s: %zu bytes copied\n", copy, bytes_copied);
  assert(bytes_copied == 17 && name.data[0] == 'n');

  // From here on all views dangle, and C does not know it: reading name.data[0] would be a use after free, which
  // AddressSanitizer catches in the act.
  free(buffer);
  assert(strcmp(copy, "Name=Ada Lovelace") == 0);
  puts("the copy outlives the buffer");
  free(copy);
  return EXIT_SUCCESS;
}
