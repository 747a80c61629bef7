#pragma once

#include "heapyard/base/problem.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace heapyard {

/// A word, a number or a punctuation mark of a struct text. Views into that text.
struct Token {
  enum class Kind : std::uint8_t { word, number, mark, end };

  Kind kind = Kind::end;
  std::string_view text;  ///< ASCII; empty at the end
  std::uint32_t line = 1;
  std::uint32_t column = 1;  ///< in code points

  bool is(std::string_view wanted) const { return kind != Kind::end && text == wanted; }
  std::uint32_t length() const { return text.empty() ? 1 : static_cast<std::uint32_t>(text.size()); }
};

struct Tokens {
  std::vector<Token> tokens;  ///< the last one is an end token, at the end of the text
  std::optional<Problem> problem;
};

/// Splits C text into tokens; comments, `#include` and `#pragma once` lines are skipped. A byte-order mark at the start
/// is ignored. Problems: text over `max_struct_text_bytes`, NUL, invalid UTF-8 (RFC 3629), an unclosed comment, other
/// preprocessor lines, any other character. O(n).
Tokens tokens_of(std::string_view text);

}  // namespace heapyard
