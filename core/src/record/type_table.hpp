#pragma once

#include "heapyard/record/struct_text.hpp"

#include "declarator.hpp"

#include <cstddef>
#include <map>
#include <string_view>

namespace heapyard {

/// The type before a declarator.
struct BaseType {
  MemberType type;
  bool sized = true;
  std::string_view tag;                         ///< of a struct; empty otherwise
  std::size_t unnamed = MemberType::no_record;  ///< the struct without a name that was defined here
  bool defines = false;                         ///< a struct was defined here
};

/// The types that a text has named so far: tags of structs and typedefs. Problems go to the cursor; then the answer is
/// false.
class TypeTable {
 public:
  explicit TypeTable(TokenCursor& cursor) : cursor_(cursor) {}

  /// The struct with that tag. A new tag is remembered: `struct Node *next` may name a struct that comes later, or
  /// never.
  void use_tag(std::string_view tag, BaseType& base);
  /// The struct being or been defined under that tag, else `MemberType::no_record`.
  std::size_t record_of(std::string_view tag) const;
  /// From here to `close_tag` the struct is not complete and cannot be a member.
  void open_tag(std::string_view tag, std::size_t record) { tags_[tag] = {true, record}; }
  void close_tag(std::string_view tag) { tags_[tag].open = false; }

  /// A type that one name stands for: a typedef of the text, a struct as C++ names it, or a well-known name.
  bool resolve(const Token& name, BaseType& base);
  /// Adds a typedef. The same one twice is fine, as in C.
  bool add_alias(const BaseType& base, const Declarator& declarator);

  /// The type of `declarator` on `base`: what takes bytes, and how often.
  bool apply(const BaseType& base, const Declarator& declarator, MemberType& type);

 private:
  struct Tag {
    bool open = false;
    std::size_t record = MemberType::no_record;
  };

  bool multiply(std::uint64_t& count, std::uint64_t factor, const Token& name);
  bool refuse_unsized(const BaseType& base, const Declarator& declarator);

  TokenCursor& cursor_;
  std::map<std::string_view, Tag> tags_;
  std::map<std::string_view, BaseType> aliases_;
};

}  // namespace heapyard
