#pragma once

#include "heapyard/base/problem.hpp"
#include "heapyard/record/abi.hpp"
#include "heapyard/record/struct_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// A member where an ABI puts it. All numbers are bytes.
struct MemberLayout {
  std::string name;
  std::string type;  ///< as C writes it
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t alignment = 1;

  friend bool operator==(const MemberLayout&, const MemberLayout&) = default;
};

/// Bytes that belong to no member.
struct PaddingRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;

  friend bool operator==(const PaddingRange&, const PaddingRange&) = default;
};

/// The names of all members in the order that takes the fewest bytes.
struct MinimalRecord {
  std::uint64_t size = 0;
  std::vector<std::string> order;
  bool proved = false;

  friend bool operator==(const MinimalRecord&, const MinimalRecord&) = default;
};

/// A struct laid out for one ABI. Members and padding, together, are its bytes: each byte once.
struct RecordLayout {
  std::string name;
  std::string_view abi;  ///< `Abi::name`
  std::uint64_t size = 0;
  std::uint64_t alignment = 1;
  std::vector<MemberLayout> members;  ///< by offset, as declared
  std::vector<PaddingRange> padding;  ///< by offset; that inside a member of struct type belongs to that member
  std::uint64_t tail_padding = 0;     ///< bytes of the last range when it follows the last member, else 0
  MinimalRecord minimal;

  std::uint64_t padding_bytes() const;
};

/// The structs of a text for one ABI, or why one of them is too large for it.
struct RecordLayouts {
  std::vector<RecordLayout> records;  ///< in the order of the text; empty when there is a problem
  std::optional<Problem> problem;
};

/// Lays out all structs of `text`. Requires a text without a problem. Each member stands at the first offset behind the
/// one before that its alignment divides; the struct takes the greatest alignment and is padded at its end to a
/// multiple of it, so that in an array every element is aligned. Problem: an object past `Abi::max_object_bytes`.
/// O(m log m) for m members. Source: `Abi::source`; C17, section 6.7.2.1.
RecordLayouts lay_out(const StructText& text, const Abi& abi);

}  // namespace heapyard
