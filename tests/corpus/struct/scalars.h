#include <stdint.h>
struct Scalars {
  char c; signed char sc; unsigned char uc; bool b; _Bool ub;
  short s; unsigned short int us; int i; unsigned u; long l; long unsigned int ul;
  long long ll; int long unsigned long ull;
  float f; double d; long double ld;
  int8_t i8_; uint16_t u16_; int32_t i32_; uint64_t u64_; intmax_t im;
  size_t z; ptrdiff_t pd; intptr_t ip; uintptr_t up;
  wchar_t w; char8_t c8; char16_t c16; char32_t c32;
};
