#include "lexer.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace heapyard::script {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_word(char c) {
  return is_word_start(c) || is_digit(c);
}
bool continues_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// Bytes of the code point that `text` begins with; 0 when it begins with none.
std::size_t code_point_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues_code_point(text[i])) return 0;
  }
  return size;
}

}  // namespace

std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(std::max<std::size_t>(code_point_size(text), 1));
  return count;
}

std::string quoted(std::string_view spelling) {
  constexpr std::size_t longest = 40;
  std::string shown = "`";
  for (std::size_t count = 0; !spelling.empty(); ++count) {
    if (count == longest) {
      shown += "…";
      break;
    }
    const std::size_t size = code_point_size(spelling);
    const auto first = static_cast<unsigned char>(spelling.front());
    if (size == 0 || first < ' ' || first == 0x7f) {
      shown += fmt::format("\\x{:02x}", first);
    } else {
      shown += spelling.substr(0, size);
    }
    spelling.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return shown + "`";
}

void Lexer::skip(std::size_t count) {
  column_ += count_code_points(line_.substr(at_, count));
  at_ += count;
}

Token Lexer::take(TokenKind kind, std::size_t count) {
  Token token;
  token.kind = kind;
  token.spelling = line_.substr(at_, count);
  token.column = column_;
  skip(count);
  return token;
}

Token Lexer::next() {
  while (at_ < line_.size() && is_space(line_[at_])) skip(1);
  if (at_ == line_.size() || line_[at_] == '#') {
    Token token;
    token.column = column_;
    return token;
  }
  const char c = line_[at_];
  if (is_digit(c)) return number();
  if (c == '"') return text();
  if (is_word_start(c)) {
    std::size_t length = 1;
    while (at_ + length < line_.size() && is_word(line_[at_ + length])) ++length;
    return take(TokenKind::word, length);
  }
  if (c == '=' || c == '+') return take(TokenKind::symbol, 1);
  return take(TokenKind::unknown, std::max<std::size_t>(code_point_size(line_.substr(at_)), 1));
}

Token Lexer::number() {
  std::size_t length = 1;
  while (at_ + length < line_.size() && is_word(line_[at_ + length])) ++length;
  Token token = take(TokenKind::number, length);
  const bool hex = token.spelling.starts_with("0x") || token.spelling.starts_with("0X");
  const std::string_view digits = token.spelling.substr(hex ? 2 : 0);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.value, hex ? 16 : 10);
  if (digits.empty() || end != digits.data() + digits.size()) token.kind = TokenKind::unknown;
  token.too_large = error == std::errc::result_out_of_range;
  return token;
}

Token Lexer::text() {
  std::size_t length = 1;
  while (at_ + length < line_.size() && line_[at_ + length] != '"') {
    length += line_[at_ + length] == '\\' && at_ + length + 1 < line_.size() ? 2 : 1;
  }
  const bool closed = at_ + length < line_.size();
  Token token = take(TokenKind::text, closed ? length + 1 : length);
  token.unterminated = !closed;
  return token;
}

}  // namespace heapyard::script
