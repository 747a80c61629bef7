#include "struct_lexer.hpp"

#include "heapyard/record/struct_text.hpp"
#include "heapyard/say/say.hpp"

#include <string>
#include <utility>

namespace heapyard {
namespace {

bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '$';
}
bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}
bool is_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\v' || byte == '\f';
}
unsigned as_unsigned(char byte) {
  return static_cast<unsigned char>(byte);
}

/// Bytes of the code point at the start of `text`, 0 when that is no valid UTF-8 (overlong forms, surrogates and
/// values past U+10FFFF included).
std::size_t code_point_bytes(std::string_view text) {
  const unsigned first = as_unsigned(text[0]);
  if (first < 0x80) return 1;
  const std::size_t bytes = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (bytes == 0 || text.size() < bytes) return 0;
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((as_unsigned(text[i]) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = as_unsigned(text[1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool too_large = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : bytes;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}

  Tokens run() {
    if (rest_.size() > max_struct_text_bytes) {
      fail(say("the text has {} bytes; expected at most {}", rest_.size(), max_struct_text_bytes));
      return std::move(result_);
    }
    if (rest_.substr(0, 3) == "\xef\xbb\xbf") rest_.remove_prefix(3);
    while (!rest_.empty() && !result_.problem) next();
    result_.tokens.push_back({Token::Kind::end, {}, line_, column_});
    return std::move(result_);
  }

 private:
  void next() {
    const char byte = rest_[0];
    if (byte == '\n' || is_space(byte)) return advance();
    if (rest_.substr(0, 2) == "//") return skip_line();
    if (rest_.substr(0, 2) == "/*") return skip_comment();
    if (byte == '#') return skip_directive();
    if (is_letter(byte)) return push(Token::Kind::word, run_length([](char c) { return is_letter(c) || is_digit(c); }));
    if (is_digit(byte)) {
      return push(Token::Kind::number,
                  run_length([](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '\''; }));
    }
    if (rest_.substr(0, 2) == "::") return push(Token::Kind::mark, 2);
    constexpr std::string_view marks = "{}[]();,*:=+-/%&|<>!~^?.@";
    if (marks.find(byte) != std::string_view::npos) return push(Token::Kind::mark, 1);
    stray();
  }

  template <class Belongs>
  std::size_t run_length(Belongs belongs) const {
    std::size_t bytes = 1;
    while (bytes < rest_.size() && belongs(rest_[bytes])) ++bytes;
    return bytes;
  }

  void push(Token::Kind kind, std::size_t bytes) {
    result_.tokens.push_back({kind, rest_.substr(0, bytes), line_, column_});
    rest_.remove_prefix(bytes);
    column_ += static_cast<std::uint32_t>(bytes);
  }

  /// Passes one code point, or fails on what is none.
  void advance() {
    if (rest_[0] == '\0') return fail(say("a NUL byte; expected text"));
    const std::size_t bytes = code_point_bytes(rest_);
    if (bytes == 0) return fail(say("byte 0x{:02x} is not valid UTF-8 here", as_unsigned(rest_[0])));
    if (rest_[0] == '\n') {
      ++line_;
      column_ = 1;
    } else {
      ++column_;
    }
    rest_.remove_prefix(bytes);
  }

  void skip_line() {
    while (!rest_.empty() && rest_[0] != '\n' && !result_.problem) advance();
  }

  void skip_comment() {
    const std::uint32_t line = line_;
    const std::uint32_t column = column_;
    advance();
    advance();
    while (!result_.problem && !rest_.empty() && rest_.substr(0, 2) != "*/") advance();
    if (result_.problem) return;
    if (rest_.empty()) {
      result_.problem = Problem{line, column, 2, say("this comment is never closed; expected '*/'")};
      return;
    }
    advance();
    advance();
  }

  void skip_directive() {
    std::string_view words =
        rest_.substr(1, rest_.find('\n') == std::string_view::npos ? std::string_view::npos : rest_.find('\n') - 1);
    const auto take_word = [&words] {
      while (!words.empty() && is_space(words[0])) words.remove_prefix(1);
      std::size_t bytes = 0;
      while (bytes < words.size() && is_letter(words[bytes])) ++bytes;
      const std::string_view word = words.substr(0, bytes);
      words.remove_prefix(bytes);
      return word;
    };
    const std::string_view directive = take_word();
    if (directive == "include") return skip_line();
    if (directive == "pragma") {
      const std::string_view pragma = take_word();
      if (pragma == "once") return skip_line();
      if (pragma == "pack")
        return fail(say("'#pragma pack' is not supported yet; expected structs with natural alignment"));
    }
    fail(
        say("preprocessor lines other than '#include' and '#pragma once' are not read; expected structs as the "
            "compiler sees them"));
  }

  void stray() {
    const std::size_t bytes = code_point_bytes(rest_);
    if (bytes == 0 || rest_[0] == '\0') return advance();
    if (as_unsigned(rest_[0]) < 0x20 || rest_[0] == 0x7f) {
      return fail(say("stray control character 0x{:02x}; expected C text", as_unsigned(rest_[0])));
    }
    fail(say("stray '{}'; expected a type, a name or punctuation", rest_.substr(0, bytes)));
  }

  void fail(std::string message) { result_.problem = Problem{line_, column_, 1, std::move(message)}; }

  std::string_view rest_;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
  Tokens result_;
};

}  // namespace

Tokens tokens_of(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace heapyard
