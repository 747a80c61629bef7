#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace heapyard {

/// What a type's bytes mean. The classes of the standard library that lessons use have kinds of their own, so that they
/// are told in the same words whoever wrote the library.
enum class TypeKind : std::uint8_t {
  nothing,  ///< void, functions, and what is not told
  boolean,
  byte,
  character,
  signed_integer,
  unsigned_integer,
  floating,
  enumeration,
  pointer,
  array,
  record,
  either,  ///< a union: all members lie at its beginning
  vector,
  string,
  string_view,
  span,
  unique_ptr,
  shared_ptr,
  weak_ptr,
  optional,
  atomic,
};

/// A type of an instrumented program. Types are named by their number in the program's table; number 0 is void.
struct Type {
  TypeKind kind = TypeKind::nothing;
  std::string_view name;            ///< as one would write it: `std::vector<int>`
  std::uint32_t size = 0;           ///< bytes
  std::uint32_t target = 0;         ///< the type that it points to or holds
  std::uint32_t count = 0;          ///< array: how many
  std::uint32_t members_begin = 0;  ///< record, either: its members in the table; enumeration: its enumerators
  std::uint32_t members_count = 0;
};

struct TypeMember {
  std::string_view name;
  std::uint32_t type = 0;
  std::int64_t offset = 0;  ///< bytes from the record's first; the value of an enumerator
};

struct Variable {
  std::string_view name;
  std::uint32_t type = 0;
  std::uint32_t line = 0;  ///< of its declaration
  bool parameter = false;
};

struct Function {
  std::string_view name;
  std::uint32_t line = 0;  ///< of its declaration
};

/// What is known of an instrumented program, from the compiler's own debug information: sizes and offsets are those of
/// the machine that it was compiled for.
struct DebugInfo {
  std::span<const Type> types;
  std::span<const TypeMember> members;
  std::span<const Variable> variables;
  std::span<const Function> functions;

  std::span<const TypeMember> members_of(const Type& type) const {
    return members.subspan(type.members_begin, type.members_count);
  }
};

/// Whether a variable leads to an allocation at `begin`: it is a pointer into it, or a class of the library that holds
/// one.
inline bool leads_to(const Type& type, std::span<const std::byte> bytes, std::uint64_t begin, std::uint64_t size) {
  const std::size_t words = type.kind >= TypeKind::vector ? bytes.size() / sizeof(void*) : 1;
  for (std::size_t i = 0; i < words && (i + 1) * sizeof(void*) <= bytes.size(); ++i) {
    std::uintptr_t pointer;
    std::memcpy(&pointer, bytes.data() + i * sizeof pointer, sizeof pointer);
    if (pointer - begin < size) return true;
  }
  return false;
}

/// The machine that the programs were compiled for, under its name in `heapyard layout --abi`; empty for another.
constexpr std::string_view running_abi() {
#if defined(__wasm32__)
  return "wasm32";
#elif defined(__x86_64__)
  return "x86_64";
#elif defined(__aarch64__)
  return "aarch64";
#elif defined(__i386__)
  return "i386";
#else
  return "";
#endif
}

}  // namespace heapyard
