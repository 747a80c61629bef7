#include "script_parser.hpp"

#include "heapyard/say/say.hpp"

#include "lexer.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <string>
#include <system_error>

namespace heapyard::script {
namespace {

struct Verb {
  std::string_view name;
  CallKind kind;
  bool assigns;
  std::string_view usage;
};

constexpr Verb verbs[] = {
    {"malloc", CallKind::malloc, true, "a = malloc SIZE"},
    {"calloc", CallKind::calloc, true, "a = calloc COUNT SIZE"},
    {"aligned_alloc", CallKind::aligned_alloc, true, "a = aligned_alloc ALIGNMENT SIZE"},
    {"realloc", CallKind::realloc, true, "a = realloc a SIZE"},
    {"free", CallKind::free, false, "free a"},
    {"write", CallKind::write, false, "write a OFFSET \"text\""},
    {"read", CallKind::read, false, "read a OFFSET LENGTH"},
    {"poke", CallKind::poke, false, "poke ADDRESS \"text\""},
    {"mark", CallKind::mark, true, "m = mark"},
    {"release", CallKind::release, false, "release m"},
};

std::string expected_call() {
  return say("expected a call: malloc, calloc, aligned_alloc, realloc, free, write, read, poke, mark or release");
}

const Verb* verb_named(std::string_view name) {
  const auto found =
      std::find_if(std::begin(verbs), std::end(verbs), [name](const Verb& verb) { return verb.name == name; });
  return found == std::end(verbs) ? nullptr : found;
}

/// Parses one line after the other into a program. A line with a problem adds no call.
class Parser {
 public:
  void line(std::string_view text, std::uint32_t number) {
    lexer_ = Lexer(text);
    token_ = lexer_.next();
    call_ = Call{};
    call_.line = number;
    failed_ = false;
    if (token_.kind == TokenKind::end) return;
    const std::size_t text_before = program_.text.size();
    statement();
    if (!failed_ && token_.kind != TokenKind::end) problem(token_, say("expected the end of the line or a # comment"));
    if (failed_) {
      program_.text.resize(text_before);
      return;
    }
    if (!target_.empty()) call_.target = variable(target_);
    program_.calls.push_back(call_);
  }

  Program take() { return std::move(program_); }

 private:
  void advance() { token_ = lexer_.next(); }

  void problem(const Token& at, std::string_view message) {
    if (failed_) return;
    failed_ = true;
    if (program_.problems.size() >= max_problems) return;
    const std::string found = at.kind == TokenKind::end ? say("the end of the line") : quoted(at.spelling);
    program_.problems.push_back(
        {call_.line, at.column, std::max(1U, count_code_points(at.spelling)), say("{}, found {}", message, found)});
  }

  void statement() {
    target_ = {};
    Token first = token_;
    if (first.kind != TokenKind::word) return problem(first, expected_call());
    advance();
    const bool assignment = token_.kind == TokenKind::symbol && token_.spelling == "=";
    if (assignment) {
      if (verb_named(first.spelling) != nullptr || first.spelling == "null")
        return problem(first, say("expected a name for the pointer that is no word of the language"));
      target_ = first.spelling;
      advance();
      first = token_;
      if (first.kind == TokenKind::word) advance();
    }
    const Verb* verb = first.kind == TokenKind::word ? verb_named(first.spelling) : nullptr;
    if (verb == nullptr)
      return problem(first,
                     assignment ? say("expected malloc, calloc, aligned_alloc, realloc or mark") : expected_call());
    if (verb->assigns != assignment) {
      return problem(first, assignment ? say("expected a call that returns a pointer; write `{}`", verb->usage)
                                       : say("expected a name for the result: write `{}`", verb->usage));
    }
    call_.kind = verb->kind;
    arguments(*verb);
  }

  void arguments(const Verb& verb) {
    switch (verb.kind) {
      case CallKind::malloc: call_.size = number(translated("a size in bytes"), verb); break;
      case CallKind::calloc:
        call_.count = number(translated("a count"), verb);
        call_.size = number(translated("a size in bytes"), verb);
        break;
      case CallKind::aligned_alloc:
        call_.alignment = number(translated("an alignment in bytes"), verb);
        call_.size = number(translated("a size in bytes"), verb);
        break;
      case CallKind::realloc:
        if (token_.kind == TokenKind::word && token_.spelling == "null") {
          advance();
        } else {
          call_.source = known_variable(verb);
        }
        call_.size = number(translated("a size in bytes"), verb);
        break;
      case CallKind::free: release(verb); break;
      case CallKind::mark: break;
      case CallKind::release: call_.source = known_variable(verb); break;
      case CallKind::write:
        call_.source = known_variable(verb);
        call_.offset = number(translated("an offset in bytes"), verb);
        text(verb);
        break;
      case CallKind::read:
        call_.source = known_variable(verb);
        call_.offset = number(translated("an offset in bytes"), verb);
        call_.size = number(translated("a length in bytes"), verb);
        break;
      case CallKind::poke:
        call_.address = number(translated("an address"), verb);
        text(verb);
        break;
    }
  }

  void release(const Verb& verb) {
    if (token_.kind == TokenKind::number) {
      call_.address = number(translated("an address"), verb);
    } else {
      call_.source = known_variable(verb);
      if (token_.kind == TokenKind::symbol && token_.spelling == "+") {
        advance();
        call_.address = number(translated("an offset in bytes"), verb);
      }
    }
    if (!failed_ && token_.kind == TokenKind::number) {
      call_.size = number(translated("a size in bytes"), verb);
      call_.sized = true;
    }
  }

  std::uint64_t number(std::string_view what, const Verb& verb) {
    if (failed_) return 0;
    if (token_.kind != TokenKind::number) {
      problem(token_, say("expected {}, as in `{}`", what, verb.usage));
      return 0;
    }
    if (token_.too_large) problem(token_, say("expected {} below 2^64", what));
    const std::uint64_t value = token_.value;
    advance();
    return value;
  }

  std::uint32_t known_variable(const Verb& verb) {
    if (failed_) return 0;
    if (token_.kind != TokenKind::word) {
      problem(token_, say("expected the name of a pointer, as in `{}`", verb.usage));
      return 0;
    }
    const auto found = variables_.find(token_.spelling);
    if (found == variables_.end()) {
      problem(token_, say("expected a pointer that a line above assigns"));
      return 0;
    }
    advance();
    return found->second;
  }

  std::uint32_t variable(std::string_view name) {
    const auto [entry, added] =
        variables_.try_emplace(std::string(name), static_cast<std::uint32_t>(program_.names.size()));
    if (added) program_.names.emplace_back(name);
    return entry->second;
  }

  /// A quoted text with \n, \t, \0, \\, \" and \xHH.
  void text(const Verb& verb) {
    if (failed_) return;
    if (token_.kind != TokenKind::text)
      return problem(token_, say("expected a text in quotes, as in `{}`", verb.usage));
    if (token_.unterminated) return problem(token_, say("expected a closing quote at the end of the text"));
    call_.text_begin = static_cast<std::uint32_t>(program_.text.size());
    const std::string_view inside = token_.spelling.substr(1, token_.spelling.size() - 2);
    for (std::size_t at = 0; at < inside.size(); ++at) {
      char c = inside[at];
      if (c == '\\') c = escape(inside, at);
      program_.text.push_back(static_cast<std::byte>(c));
    }
    call_.size = program_.text.size() - call_.text_begin;
    if (!failed_) advance();
  }

  char escape(std::string_view inside, std::size_t& at) {
    const char kind = ++at < inside.size() ? inside[at] : '\0';
    switch (kind) {
      case 'n': return '\n';
      case 't': return '\t';
      case '0': return '\0';
      case '\\':
      case '"': return kind;
      case 'x': {
        const std::string_view digits = inside.substr(std::min(at + 1, inside.size()), 2);
        std::uint8_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (error != std::errc{} || end != digits.data() + 2) return bad_escape();
        at += 2;
        return static_cast<char>(value);
      }
      default: return bad_escape();
    }
  }
  char bad_escape() {
    problem(token_, say("expected one of \\n, \\t, \\0, \\\\, \\\" or \\xHH after a backslash"));
    return '\0';
  }

  Program program_;
  std::map<std::string, std::uint32_t, std::less<>> variables_;
  Lexer lexer_{{}};
  Token token_;
  Call call_;
  std::string_view target_;
  bool failed_ = false;
};

}  // namespace

Program parse_script(std::string_view text) {
  Parser parser;
  for_each_line(text, [&parser](std::string_view line, std::uint32_t number) { parser.line(line, number); });
  return parser.take();
}

}  // namespace heapyard::script
