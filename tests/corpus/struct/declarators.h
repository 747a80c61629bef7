struct Declarators {
  int a, *b, **c, d[3], e[2][0x3][010], *f[4];
  const char *const names[2];
  int (*callback)(int, const char *), (*table[8])(void), (*row)[16];
  void (*(*signal)(int, void (*)(int)))(int);
};
