#pragma once

#include "heapyard/base/problem.hpp"
#include "heapyard/record/abi.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// Limits of what is read: past them, a problem says so. None of them is near what people write.
inline constexpr std::size_t max_struct_text_bytes = 256 * 1024;
inline constexpr std::size_t max_structs = 4096;
inline constexpr std::size_t max_struct_members = 4096;
inline constexpr std::size_t max_name_bytes = 255;
inline constexpr std::size_t max_struct_nesting = 16;     ///< structs within structs, parentheses within declarators
inline constexpr std::size_t max_type_text_bytes = 1024;  ///< of one type as it is shown
inline constexpr std::uint64_t max_array_elements = std::uint64_t{1} << 48;

/// A type as far as a layout needs it: `count` times a scalar or a struct of the same text.
struct MemberType {
  static constexpr std::size_t no_record = static_cast<std::size_t>(-1);

  Scalar scalar = Scalar::integer;  ///< meaningless for a struct
  std::size_t record = no_record;   ///< index into `StructText::records`
  std::uint64_t count = 1;          ///< all elements of all dimensions of an array
  std::string text;                 ///< as C writes it: `char[16]`, `int (*)(int)`, `struct Point`
};

struct MemberText {
  std::string name;  ///< `(anonymous)`, `(anonymous 2)`, … for structs without a name, whose members show through
  MemberType type;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct RecordText {
  /// Its tag, else its typedef; `struct`, `struct 2`, … at the top of the text, and `Outer.member` inside another.
  std::string name;
  std::vector<MemberText> members;
  std::uint32_t line = 1;  ///< where the word `struct` stands
  std::uint32_t column = 1;
};

/// The structs of a text, parsed and named but not yet laid out: that needs an ABI.
struct StructText {
  std::vector<RecordText> records;      ///< in the order in which they begin in the text
  std::vector<std::size_t> completion;  ///< the same, as indices, so that each follows all that it contains
  std::optional<Problem> problem;       ///< the first one; then the records are not to be used
};

/// Reads C declarations of structs: scalar types in every legal order of their words, the names of <stdint.h> and
/// <stddef.h>, `u8` … `f64`, pointers, function pointers, arrays of integer literals, typedefs, structs by name, inline
/// and anonymous, comments. A struct without a name at the top of the text may leave out its last semicolon.
///
/// Never fails otherwise than by `problem`, whatever the bytes. O(n log n) in the length of the text, and a stack
/// bounded by `max_struct_nesting`. Source: C17, sections 6.7.2 (type specifiers) and 6.7.6 (declarators).
StructText parse_structs(std::string_view text);

}  // namespace heapyard
