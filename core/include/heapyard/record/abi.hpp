#pragma once

#include "heapyard/base/layout.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace heapyard {

/// The types whose size only an ABI can tell. Signedness changes neither size nor alignment, so it is not kept.
enum class Scalar : std::uint8_t {
  boolean,
  character,  ///< char, signed char, unsigned char, char8_t
  short_integer,
  integer,
  long_integer,
  long_long_integer,
  exact_8,
  exact_16,  ///< also char16_t
  exact_32,  ///< also char32_t
  exact_64,  ///< also intmax_t
  single_float,
  double_float,
  long_double_float,
  pointer,    ///< to objects and to functions
  word,       ///< size_t, ptrdiff_t, intptr_t, uintptr_t
  wide_char,  ///< wchar_t
};
inline constexpr std::size_t scalar_count = 16;

/// The sizes and alignments of one platform: never those of the machine that happens to run this.
struct Abi {
  std::string_view name;           ///< as in arguments and JSON: `x86_64`
  std::string_view title;          ///< for people
  std::string_view source;         ///< the document that the numbers come from
  std::uint64_t max_object_bytes;  ///< no object of a program on this platform is larger
  std::array<Layout, scalar_count> scalars;

  /// Size and alignment, as a member of a struct, of a scalar. O(1).
  constexpr Layout of(Scalar scalar) const { return scalars[static_cast<std::size_t>(scalar)]; }
};

/// All platforms, in the order in which they are listed everywhere; the first is the default.
std::span<const Abi> abis();

/// The platform of that name, or null.
const Abi* find_abi(std::string_view name);

}  // namespace heapyard
