#include "heapyard/script/program.hpp"

#include "lexer.hpp"
#include "script_parser.hpp"

namespace heapyard {

Program parse_program(std::string_view text) {
  // What editors put before the first character of a text is no part of it.
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    script::Lexer lexer(rest.substr(0, end));
    const script::Token first = lexer.next();
    if (first.kind == script::TokenKind::number && lexer.next().kind == script::TokenKind::end)
      return script::parse_malloc_lab(text);
    if (first.kind != script::TokenKind::end || end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return script::parse_script(text);
}

}  // namespace heapyard
