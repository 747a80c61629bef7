#include "declarator.hpp"

#include "heapyard/record/struct_text.hpp"
#include "heapyard/say/say.hpp"

#include "type_words.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace heapyard {
namespace {

int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 99;
}

/// Removes `u`, `l`, `ul`, `ull`, … in any case and order, as C17 6.4.4.1 has them.
std::string_view without_suffix(std::string_view literal) {
  const auto drop = [&literal](std::string_view suffix) {
    if (literal.size() <= suffix.size() || literal.substr(literal.size() - suffix.size()) != suffix) return false;
    literal.remove_suffix(suffix.size());
    return true;
  };
  bool is_unsigned = drop("u") || drop("U");
  if (!drop("ll") && !drop("LL") && !drop("l")) drop("L");
  if (!is_unsigned) is_unsigned = drop("u") || drop("U");
  return literal;
}

struct Number {
  bool valid = false;
  bool too_large = false;
  std::uint64_t value = 0;
};

/// A decimal, octal, hexadecimal or (C23) binary literal, digit separators allowed.
Number number_of(std::string_view literal) {
  std::string_view digits = without_suffix(literal);
  unsigned base = 10;
  if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
    base = 16;
    digits.remove_prefix(2);
  } else if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B')) {
    base = 2;
    digits.remove_prefix(2);
  } else if (digits.size() > 1 && digits[0] == '0') {
    base = 8;
    digits.remove_prefix(1);
  }
  Number number;
  bool after_digit = base == 8;
  for (const char digit : digits) {
    if (digit == '\'' && after_digit) {
      after_digit = false;
      continue;
    }
    const auto value = static_cast<unsigned>(digit_value(digit));
    if (value >= base) return {};
    after_digit = true;
    if (number.value > (UINT64_MAX - value) / base) {
      number.too_large = true;
    } else {
      number.value = number.value * base + value;
    }
  }
  number.valid = after_digit;
  return number;
}

class DeclaratorReader {
 public:
  DeclaratorReader(TokenCursor& cursor, Declarator& declarator) : cursor_(cursor), declarator_(declarator) {}

  bool read(std::string& text, std::size_t depth) {
    if (depth > max_struct_nesting) {
      return cursor_.fail(cursor_.here(), say("more than {} parentheses within each other", max_struct_nesting));
    }
    std::string pointers;
    std::size_t pointer_count = 0;
    if (!read_pointers(pointers, pointer_count)) return false;
    std::string inner;
    if (cursor_.accept("(")) {
      if (!read(inner, depth + 1) || !cursor_.expect(")")) return false;
      inner = "(" + inner + ")";
    } else if (!read_name()) {
      return false;
    }
    if (!read_suffixes(inner)) return false;
    declarator_.steps.insert(declarator_.steps.end(), pointer_count, {Declarator::Part::pointer});
    text = std::move(pointers);
    text += inner;
    if (text.size() > max_type_text_bytes) {
      return cursor_.fail(declarator_.name, say("the type of '{}' is written in more than {} characters",
                                                declarator_.name.text, max_type_text_bytes));
    }
    return true;
  }

 private:
  bool read_pointers(std::string& text, std::size_t& count) {
    while (true) {
      if (cursor_.accept("*")) {
        text += '*';
        ++count;
      } else if (count > 0 && is_qualifier(cursor_.here().text)) {
        text += cursor_.here().text;
        text += ' ';
        cursor_.advance();
      } else {
        break;
      }
    }
    if (!text.empty() && text.back() == ' ') text.pop_back();
    if (cursor_.here().is("&")) {
      return cursor_.fail(cursor_.here(),
                          say("references are not supported yet; expected a pointer, which takes the same bytes"));
    }
    return true;
  }

  bool read_name() {
    const Token& token = cursor_.here();
    if (token.kind == Token::Kind::word) {
      if (token.text[0] == '_' || token.text == "alignas") {
        const std::string_view unsupported = unsupported_word(token.text);
        if (!unsupported.empty()) return cursor_.fail(token, std::string(unsupported));
      }
      if (is_keyword(token.text)) {
        return cursor_.fail(token, say("'{}' is a keyword; expected a name", token.text));
      }
      if (token.text.size() > max_name_bytes) {
        return cursor_.fail(token,
                            say("a name of {} characters; expected at most {}", token.text.size(), max_name_bytes));
      }
      declarator_.name = token;
      cursor_.advance();
      return true;
    }
    if (token.is(":")) return cursor_.fail(token, say("bit-fields are not supported yet; expected a name"));
    if (cursor_.at_end()) return cursor_.fail(token, say("the text ends here; expected a name"));
    return cursor_.fail(token, say("'{}' is no name; expected a name", token.text));
  }

  bool read_suffixes(std::string& text) {
    while (true) {
      if (cursor_.here().is("[")) {
        if (!read_array(text)) return false;
      } else if (cursor_.here().is("(")) {
        if (!read_parameters(text)) return false;
        declarator_.steps.push_back({Declarator::Part::function});
      } else {
        return true;
      }
    }
  }

  bool read_array(std::string& text) {
    if (cursor_.ahead().is("[")) {
      return cursor_.fail(cursor_.here(), say("attributes are not supported yet; expected the number of elements"));
    }
    cursor_.advance();
    const Token& token = cursor_.here();
    if (token.is("]")) {
      return cursor_.fail(token, say("flexible array members are not supported yet; expected the number of elements"));
    }
    if (token.kind != Token::Kind::number) {
      return cursor_.fail(
          token, token.kind == Token::Kind::word
                     ? say("'{}' is not known here; expected the number of elements as a literal, such as 16 or 0x10",
                           token.text)
                     : say("expected the number of elements as a literal, such as 16 or 0x10"));
    }
    const Number number = number_of(token.text);
    if (!number.valid) {
      return cursor_.fail(
          token, say("'{}' is no whole number; expected the number of elements, such as 16 or 0x10", token.text));
    }
    if (number.too_large || number.value > max_array_elements) {
      return cursor_.fail(
          token, say("{} elements fit into no address space; expected at most {}", token.text, max_array_elements));
    }
    if (number.value == 0) return cursor_.fail(token, say("an array of no elements; expected at least 1"));
    declarator_.steps.push_back({Declarator::Part::array, number.value});
    text += fmt::format("[{}]", number.value);
    cursor_.advance();
    if (!cursor_.here().is("]") && !cursor_.at_end() && !cursor_.here().is(";")) {
      return cursor_.fail(cursor_.here(), say("expressions are not read; expected ']' after '{}'", token.text));
    }
    return cursor_.expect("]");
  }

  /// The parameters of a function decide nothing about its pointer: they are only balanced and kept as text.
  bool read_parameters(std::string& text) {
    std::size_t open = 0;
    bool after_word = false;
    do {
      const Token& token = cursor_.here();
      if (cursor_.at_end() || token.is(";") || token.is("{") || token.is("}")) return cursor_.expect(")");
      if (token.is("(")) ++open;
      if (token.is(")")) --open;
      const bool is_word = token.kind != Token::Kind::mark;
      if (after_word && (is_word || token.is("*"))) text += ' ';
      text += token.text;
      if (token.is(",")) text += ' ';
      after_word = is_word;
      cursor_.advance();
    } while (open > 0);
    return true;
  }

  TokenCursor& cursor_;
  Declarator& declarator_;
};

}  // namespace

bool TokenCursor::accept(std::string_view mark) {
  if (!here().is(mark)) return false;
  advance();
  return true;
}

bool TokenCursor::expect(std::string_view mark) {
  if (accept(mark)) return true;
  if (at_ == 0) return fail(here(), say("expected '{}'", mark));
  const Token& before = tokens_[at_ - 1];
  if (!problem_) {
    problem_ = Problem{before.line, before.column + before.length(), 1,
                       say("expected '{}' after '{}'", mark, before.text.substr(0, max_name_bytes))};
  }
  return false;
}

bool TokenCursor::fail(const Token& token, std::string message) {
  if (!problem_) problem_ = Problem{token.line, token.column, token.length(), std::move(message)};
  return false;
}

bool is_qualifier(std::string_view word) {
  return word == "const" || word == "volatile" || word == "restrict" || word == "__restrict";
}

bool is_keyword(std::string_view word) {
  constexpr std::string_view keywords[] = {
      "auto",   "break",    "case",     "char",     "const", "continue", "default", "do",     "double",
      "else",   "enum",     "extern",   "float",    "for",   "goto",     "if",      "inline", "int",
      "long",   "register", "restrict", "return",   "short", "signed",   "sizeof",  "static", "struct",
      "switch", "typedef",  "union",    "unsigned", "void",  "volatile", "while",   "_Bool",  "bool",
  };
  for (const std::string_view keyword : keywords) {
    if (keyword == word) return true;
  }
  return false;
}

bool read_declarator(TokenCursor& cursor, Declarator& declarator) {
  return DeclaratorReader(cursor, declarator).read(declarator.text, 0);
}

}  // namespace heapyard
