#include "heapyard/say/say.hpp"

#include "lexer.hpp"
#include "script_parser.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace heapyard::script {
namespace {

/// Ids index an array; a header that claims more of them than this is a mistake, not a trace.
constexpr std::uint64_t max_ids = std::uint64_t{1} << 24;

class Parser {
 public:
  explicit Parser(std::size_t text_size) : text_size_(text_size) { program_.format = Program::Format::malloc_lab; }

  void line(std::string_view text, std::uint32_t number) {
    lexer_ = Lexer(text);
    line_ = number;
    failed_ = false;
    token_ = lexer_.next();
    if (token_.kind == TokenKind::end) return;
    if (headers_ < 4) {
      header();
    } else {
      operation();
    }
    if (!failed_ && token_.kind != TokenKind::end) problem(say("expected the end of the line"));
  }

  Program take(std::uint32_t lines) {
    token_ = {};
    failed_ = false;
    line_ = lines + 1;
    if (headers_ < 4) {
      problem(say("expected four header lines: suggested heap size, number of ids, number of operations, weight"));
    } else if (program_.problems.empty() && program_.calls.size() != operations_) {
      problem(say("expected {} operations, as the third header line says, but there are {}", operations_,
                  program_.calls.size()));
    }
    return std::move(program_);
  }

 private:
  void problem(std::string_view message) {
    if (failed_) return;
    failed_ = true;
    if (program_.problems.size() >= max_problems) return;
    program_.problems.push_back(
        {line_, token_.column, std::max(1U, count_code_points(token_.spelling)), std::string(message)});
  }

  std::uint64_t number(std::string_view what) {
    if (failed_) return 0;
    if (token_.kind != TokenKind::number) {
      problem(say("expected {}, found {}", what,
                  token_.kind == TokenKind::end ? say("the end of the line") : quoted(token_.spelling)));
      return 0;
    }
    if (token_.too_large) problem(say("expected {} below 2^64", what));
    const std::uint64_t value = token_.value;
    token_ = lexer_.next();
    return value;
  }

  void header() {
    const Token at = token_;
    const std::string names[] = {say("the suggested heap size"), say("the number of ids"),
                                 say("the number of operations"), say("the weight")};
    // A line with a problem still stands for its header: the lines below it keep their meaning.
    const std::size_t header = headers_++;
    const std::uint64_t value = number(names[header]);
    if (failed_) return;
    if (header == 0) program_.suggested_arena = value;
    if (header == 1) {
      if (value > max_ids) {
        token_ = at;
        return problem(say("expected at most {} ids", max_ids));
      }
      ids_ = value;
    }
    if (header == 2) {
      operations_ = value;
      constexpr std::size_t shortest_line = sizeof "f 0";
      program_.calls.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(value, text_size_ / shortest_line + 1)));
    }
  }

  void operation() {
    const Token letter = token_;
    const bool known =
        letter.kind == TokenKind::word && (letter.spelling == "a" || letter.spelling == "r" || letter.spelling == "f");
    if (!known) return problem(say("expected `a ID SIZE`, `r ID SIZE` or `f ID`, found {}", quoted(letter.spelling)));
    token_ = lexer_.next();
    Token at = token_;
    const std::uint64_t written = number(translated("an id"));
    if (failed_) return;
    if (written >= ids_) {
      token_ = at;
      return problem(say("expected an id below {}, the number of ids that the second header line says", ids_));
    }
    const auto id = static_cast<std::size_t>(written);
    if (id >= assigned_.size()) assigned_.resize(id + 1);
    if (letter.spelling != "a" && assigned_[id] == 0) {
      token_ = at;
      return problem(say("expected an id that a line above allocates"));
    }
    Call call;
    call.line = line_;
    if (letter.spelling != "f") call.size = number(translated("a size in bytes"));
    if (failed_) return;
    if (assigned_[id] == 0) {
      assigned_[id] = static_cast<std::uint32_t>(program_.names.size());
      program_.names.push_back(fmt::format("p{}", id));
    }
    if (letter.spelling == "f") {
      call.kind = CallKind::free;
    } else {
      call.kind = letter.spelling == "a" ? CallKind::malloc : CallKind::realloc;
      call.target = assigned_[id];
    }
    if (letter.spelling != "a") call.source = assigned_[id];
    program_.calls.push_back(call);
  }

  Program program_;
  std::vector<std::uint32_t> assigned_;  ///< id → variable, 0 before its first allocation
  std::uint64_t ids_ = max_ids;
  std::uint64_t operations_ = 0;
  std::size_t text_size_;
  std::size_t headers_ = 0;
  std::uint32_t line_ = 0;
  Lexer lexer_{{}};
  Token token_;
  bool failed_ = false;
};

}  // namespace

Program parse_malloc_lab(std::string_view text) {
  Parser parser(text.size());
  std::uint32_t lines = 0;
  for_each_line(text, [&](std::string_view line, std::uint32_t number) {
    parser.line(line, number);
    lines = number;
  });
  return parser.take(lines);
}

}  // namespace heapyard::script
