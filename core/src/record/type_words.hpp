#pragma once

#include "heapyard/record/abi.hpp"

#include <optional>
#include <string_view>

namespace heapyard {

/// The keywords of one C type, in any order: `unsigned long int long` is `unsigned long long`. C17, 6.7.2, paragraph 2.
class TypeWords {
 public:
  /// True when `word` is such a keyword; then it is counted.
  bool add(std::string_view word);

  bool empty() const { return words_ == 0; }

  /// True for `void` alone, which has no size.
  bool is_void() const { return void_ == 1 && words_ == 1; }

  /// The scalar that the keywords name; nothing when C does not combine them so, and for `void`.
  std::optional<Scalar> scalar() const;

 private:
  int words_ = 0;
  int char_ = 0;
  int short_ = 0;
  int long_ = 0;
  int int_ = 0;
  int sign_ = 0;  ///< signed or unsigned
  int float_ = 0;
  int double_ = 0;
  int bool_ = 0;
  int void_ = 0;
};

/// The scalar behind a name that C, C++ or common usage declares: `uint32_t`, `size_t`, `wchar_t`, `u8`, `f64`, ….
/// A text may define these names itself. O(1).
std::optional<Scalar> well_known_type(std::string_view name);

/// Why a word that C or C++ knows cannot stand in a struct here, in a message; empty for all other words.
std::string_view unsupported_word(std::string_view word);

}  // namespace heapyard
