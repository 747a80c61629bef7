#include "printed.hpp"

#include "heapyard/base/decimal.hpp"

#include <cstddef>
#include <cstdint>

namespace heapyard {
namespace {

enum class Width { of_int, of_long, of_long_long, of_size };

void append_number(std::string& text, std::uint64_t value, unsigned base) {
  const std::size_t begin = text.size();
  do text.insert(text.begin() + static_cast<std::ptrdiff_t>(begin), "0123456789abcdef"[value % base]);
  while ((value /= base) != 0);
}

}  // namespace

std::string printed(const char* format, std::va_list words) {
  std::string text;
  while (*format != '\0') {
    if (*format != '%') {
      text += *format++;
      continue;
    }
    ++format;
    Width width = Width::of_int;
    for (; *format == 'l' || *format == 'z'; ++format) {
      if (*format == 'z')
        width = Width::of_size;
      else
        width = width == Width::of_int ? Width::of_long : Width::of_long_long;
    }
    switch (const char conversion = *format++) {
      case 'c': text += static_cast<char>(va_arg(words, int)); break;
      case 's': text += va_arg(words, const char*); break;
      case 'g': text += decimal(va_arg(words, double)); break;
      case 'd': {
        std::int64_t value;
        switch (width) {
          case Width::of_int: value = va_arg(words, int); break;
          case Width::of_long: value = va_arg(words, long); break;
          case Width::of_long_long: value = va_arg(words, long long); break;
          default: value = va_arg(words, std::ptrdiff_t); break;
        }
        if (value < 0) text += '-';
        append_number(text, value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value), 10);
        break;
      }
      case 'u':
      case 'x': {
        std::uint64_t value;
        switch (width) {
          case Width::of_int: value = va_arg(words, unsigned); break;
          case Width::of_long: value = va_arg(words, unsigned long); break;
          case Width::of_long_long: value = va_arg(words, unsigned long long); break;
          default: value = va_arg(words, std::size_t); break;
        }
        append_number(text, value, conversion == 'x' ? 16 : 10);
        break;
      }
      default: text += conversion; break;  // %%
    }
  }
  return text;
}

}  // namespace heapyard
