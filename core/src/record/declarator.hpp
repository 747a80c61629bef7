#pragma once

#include "heapyard/base/problem.hpp"

#include "struct_lexer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heapyard {

/// Where the parser stands in the tokens of a text, and the first problem it met; after that nothing is to be read.
class TokenCursor {
 public:
  explicit TokenCursor(Tokens tokens) : tokens_(std::move(tokens.tokens)), problem_(std::move(tokens.problem)) {}

  const Token& here() const { return tokens_[at_]; }
  const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  bool at_end() const { return here().kind == Token::Kind::end; }
  void advance() {
    if (!at_end()) ++at_;
  }
  /// Passes `mark` when it stands here.
  bool accept(std::string_view mark);
  /// Passes `mark`, or fails behind the token before, where it is missing.
  bool expect(std::string_view mark);

  bool failed() const { return problem_.has_value(); }
  const std::optional<Problem>& problem() const { return problem_; }
  /// Keeps the first problem. Always false, so that a parser can return it.
  bool fail(const Token& token, std::string message);

 private:
  std::vector<Token> tokens_;  // never empty once lexed without a problem: the end token is the last
  std::size_t at_ = 0;
  std::optional<Problem> problem_;
};

/// Words that C keeps for itself, so that no member can have their name.
bool is_keyword(std::string_view word);

/// `const`, `volatile` and `restrict`, which change no layout.
bool is_qualifier(std::string_view word);

/// What a declarator makes of its base type: read from the name outward, as C declares it.
struct Declarator {
  enum class Part : std::uint8_t { array, pointer, function };
  struct Step {
    Part part;
    std::uint64_t count = 1;  ///< elements of an array
  };

  Token name;
  std::vector<Step> steps;
  std::string text;  ///< without the name: `(*)(int)`, `[4]`
};

/// Reads one declarator, the name included. False when the cursor failed.
bool read_declarator(TokenCursor& cursor, Declarator& declarator);

}  // namespace heapyard
