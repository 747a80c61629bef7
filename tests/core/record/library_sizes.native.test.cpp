// The table of sizes in the lesson "sizes-and-layout" names the members that the library's classes consist of. Clang
// and LLVM's library, which the lessons are compiled with, say whether that is so.
#include "support/catch.hpp"

#include <cstdlib>
#include <string>

TEST_CASE("The library's classes are as large as the lesson's table says", "[record][lesson]") {
  const std::string program =
      "#include <memory>\n#include <optional>\n#include <span>\n#include <string>\n#include <string_view>\n#include "
      "<vector>\n"
      "template <class T, class Members> constexpr bool same = sizeof(T) == sizeof(Members) && "
      "alignof(T) == alignof(Members);\n"
      "struct One { void* object; };\n"
      "struct Two { void* object; void* counts; };\n"
      "struct Three { void* begin; void* end; void* end_of_room; };\n"
      "struct Span { void* begin; std::size_t size; };\n"
      "struct Text { char* text; std::size_t size; std::size_t capacity; };\n"
      "struct Letter { char value; bool has_value; };\n"
      "struct Number { double value; bool has_value; };\n"
      "static_assert(same<std::unique_ptr<int>, One>);\n"
      "static_assert(same<std::shared_ptr<int>, Two>);\n"
      "static_assert(same<std::weak_ptr<int>, Two>);\n"
      "static_assert(same<std::string_view, Span>);\n"
      "static_assert(same<std::vector<int>, Three>);\n"
      "static_assert(same<std::span<int>, Span>);\n"
      "static_assert(same<std::string, Text>);\n"
      "static_assert(same<std::optional<char>, Letter>);\n"
      "static_assert(same<std::optional<double>, Number>);\n";
  const std::string command =
      "printf '%s' '" + program + "' | clang++ -std=c++20 -stdlib=libc++ -fsyntax-only -x c++ - 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);
}
