// {fmt} as far as the core calls it, for WebAssembly: there the library itself would be a tenth of what a lesson
// weighs, and each call of it twice as long as here. Natively the core is compiled with {fmt}, which checks every
// format string; the tests of the core as WebAssembly, and those that compare it with the native program, run with
// this.
//
//   {}  {:02x}  {:>5}  {:<{}}  {0}      no floating point, no sign before zeros, ten positions
//
// A call hands over the addresses of what is to be written, and their kinds in one number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

namespace fmt {
namespace small {

enum class Kind : std::uint64_t {
  character,
  boolean,
  unsigned_8,
  signed_32,
  unsigned_32,
  signed_64,
  unsigned_64,
  c_string,
  string,
  view
};
constexpr unsigned kind_bits = 4;

template <class T>
constexpr Kind kind_of() {
  if constexpr (std::is_same_v<T, char>) return Kind::character;
  if constexpr (std::is_same_v<T, bool>) return Kind::boolean;
  if constexpr (std::is_same_v<T, std::string>) return Kind::string;
  if constexpr (std::is_same_v<T, std::string_view>) return Kind::view;
  if constexpr (std::is_same_v<std::decay_t<T>, char*> || std::is_same_v<std::decay_t<T>, const char*>)
    return Kind::c_string;
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, char> && !std::is_same_v<T, bool>) {
    static_assert(sizeof(T) >= 4 || std::is_same_v<T, unsigned char>, "Other small numbers are not written.");
    if constexpr (sizeof(T) == 1) return Kind::unsigned_8;
    if constexpr (sizeof(T) == 4) return std::is_signed_v<T> ? Kind::signed_32 : Kind::unsigned_32;
    return std::is_signed_v<T> ? Kind::signed_64 : Kind::unsigned_64;
  }
}

template <class... T>
constexpr std::uint64_t kinds_of() {
  static_assert(sizeof...(T) <= 64 / kind_bits);
  std::uint64_t kinds = 0;
  unsigned shift = 0;
  ((kinds |= static_cast<std::uint64_t>(kind_of<T>()) << shift, shift += kind_bits), ...);
  return kinds;
}

template <class T>
const void* address_of(const T& value) {
  if constexpr (std::is_pointer_v<T>) return value;
  return &value;
}

/// What is to be written.
class Arguments {
 public:
  Arguments(std::uint64_t kinds, const void* const* addresses) : kinds_(kinds), addresses_(addresses) {}

  /// Uses the 20 bytes before `end`, if at all.
  std::string_view text(unsigned which, char* end, bool hexadecimal, bool& is_number) const {
    const void* const at = addresses_[which];
    is_number = false;
    switch (const Kind kind = kind_of(which)) {
      case Kind::c_string: return static_cast<const char*>(at);
      case Kind::string: return *static_cast<const std::string*>(at);
      case Kind::view: return *static_cast<const std::string_view*>(at);
      case Kind::character: return {static_cast<const char*>(at), 1};
      case Kind::boolean: return number(which) != 0 ? "true" : "false";
      default: {
        is_number = true;
        std::uint64_t value = number(which);
        const bool is_signed = kind == Kind::signed_32 || kind == Kind::signed_64;
        const bool negative = is_signed && static_cast<std::int64_t>(value) < 0;
        if (negative) value = 0 - value;
        const unsigned base = hexadecimal ? 16 : 10;
        char* begin = end;
        do *--begin = "0123456789abcdef"[value % base];
        while ((value /= base) != 0);
        if (negative) *--begin = '-';
        return {begin, static_cast<std::size_t>(end - begin)};
      }
    }
  }

  /// A number, its sign extended.
  std::uint64_t number(unsigned which) const {
    const void* const at = addresses_[which];
    switch (kind_of(which)) {
      case Kind::boolean:
      case Kind::unsigned_8: return *static_cast<const std::uint8_t*>(at);
      case Kind::signed_32: return static_cast<std::uint64_t>(std::int64_t{*static_cast<const std::int32_t*>(at)});
      case Kind::unsigned_32: return *static_cast<const std::uint32_t*>(at);
      default: return *static_cast<const std::uint64_t*>(at);
    }
  }

 private:
  Kind kind_of(unsigned which) const { return static_cast<Kind>(kinds_ >> which * kind_bits & 15); }

  std::uint64_t kinds_;
  const void* const* addresses_;
};

/// Letters, of which each takes one place: bytes without those that continue one.
inline std::size_t places(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xc0) != 0x80;
  return count;
}

inline void append(std::string& out, const char* format, Arguments arguments) {
  for (unsigned next = 0;;) {
    const char* const plain = format;
    while (*format != '\0' && *format != '{' && *format != '}') ++format;
    out.append(plain, static_cast<std::size_t>(format - plain));
    if (*format == '\0') return;
    const char opened = *format++;
    if (*format == opened) {
      out += *format++;
      continue;
    }
    const bool positional = *format >= '0' && *format <= '9';
    const unsigned which = positional ? static_cast<unsigned>(*format++ - '0') : next++;
    // The width stands behind what is written, in the format as among the arguments.
    char align = '\0', fill = ' ';
    bool dynamic = false;
    std::size_t width = 0;
    for (; *format != 'x' && *format != '}'; ++format) {
      if (*format == '<' || *format == '>')
        align = *format;
      else if (*format == '0' && width == 0)
        fill = '0';
      else if (*format == '{')
        dynamic = true, ++format;
      else if (*format != ':')
        width = width * 10 + static_cast<std::size_t>(*format - '0');
    }
    const bool hexadecimal = *format == 'x';
    format += hexadecimal ? 2 : 1;
    char digits[20];
    bool number;
    const std::string_view text = arguments.text(which, std::end(digits), hexadecimal, number);
    if (dynamic) width = static_cast<std::size_t>(arguments.number(next++));
    const std::size_t taken = places(text);
    const std::size_t padding = width > taken ? width - taken : 0;
    const bool before = align == '\0' ? number : align == '>';
    if (before) out.append(padding, fill);
    out += text;
    if (!before) out.append(padding, fill);
  }
}

/// Whether a format has places for `count` arguments, and asks for nothing that `append` does not know.
constexpr bool suits(std::string_view format, std::size_t count) {
  std::size_t places = 0;
  bool inside = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i], next = i + 1 < format.size() ? format[i + 1] : '\0';
    if (!inside && (c == '{' || c == '}') && next == c) {
      ++i;
    } else if (!inside && c == '{' && next >= '0' && next <= '9') {
      inside = true;
      ++i;
      if (const auto position = static_cast<std::size_t>(next - '0'); position >= places) places = position + 1;
    } else if (c == '{') {
      if (inside && next != '}') return false;
      if (inside) ++i;
      inside = true;
      ++places;
    } else if (c == '}') {
      if (!inside) return false;
      inside = false;
    } else if (inside && std::string_view(":<>0123456789x").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return !inside && places == count;
}

inline std::string made(const char* format, Arguments arguments) {
  std::string text;
  append(text, format, arguments);
  return text;
}

}  // namespace small

/// A format string for so many arguments. Natively {fmt} looks at more.
template <std::size_t count>
struct checked {
  template <std::size_t size>
  consteval checked(const char (&format)[size]) : text(format) {
    if (!small::suits(std::string_view(format, size - 1), count))
      static_cast<void>(*static_cast<const char*>(nullptr));  // not a constant: that is the error
  }
  const char* text;
};
template <class... T>
using format_string = checked<sizeof...(T)>;

template <class... T>
[[gnu::always_inline]] inline std::string format(format_string<T...> format, const T&... values) {
  const void* const addresses[] = {small::address_of(values)..., nullptr};
  return small::made(format.text, {small::kinds_of<T...>(), addresses});
}

template <class... T>
[[gnu::always_inline]] inline void format_to(std::back_insert_iterator<std::string> out, format_string<T...> format,
                                             const T&... values) {
  // The iterator is its container's address: who names it anew only has to be told which.
  struct Container : std::back_insert_iterator<std::string> {
    using std::back_insert_iterator<std::string>::container;
  };
  const void* const addresses[] = {small::address_of(values)..., nullptr};
  small::append(
      *static_cast<const Container&>(static_cast<const std::back_insert_iterator<std::string>&>(out)).container,
      format.text, {small::kinds_of<T...>(), addresses});
}

template <class Words>
std::string join(const Words& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace fmt
