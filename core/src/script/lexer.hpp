#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heapyard::script {

enum class TokenKind : std::uint8_t { end, word, number, text, symbol, unknown };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view spelling;
  std::uint32_t column = 1;   ///< in code points, from 1
  std::uint64_t value = 0;    ///< of a number
  bool too_large = false;     ///< a number past 2^64 - 1
  bool unterminated = false;  ///< a text without its closing quote
};

/// Cuts one line into tokens. A comment is the line's end.
class Lexer {
 public:
  explicit Lexer(std::string_view line) : line_(line) {}

  Token next();

 private:
  void skip(std::size_t count);
  Token take(TokenKind kind, std::size_t count);
  Token number();
  Token text();

  std::string_view line_;
  std::size_t at_ = 0;
  std::uint32_t column_ = 1;
};

/// Code points in UTF-8 text; a byte that is no UTF-8 counts as one.
std::uint32_t count_code_points(std::string_view text);

/// A spelling as a message quotes it: on one line, valid UTF-8 whatever the text holds, and not too long.
std::string quoted(std::string_view spelling);

/// Calls `f(line, number)` for each line without its line end (`\n`, `\r\n`). Numbers count from 1.
template <class F>
void for_each_line(std::string_view text, F f) {
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    f(line, ++number);
  }
}

}  // namespace heapyard::script
