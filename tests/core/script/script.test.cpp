#include "heapyard/script/program.hpp"

#include "support/catch.hpp"

#include <cstring>

using namespace heapyard;

namespace {

Program parsed(std::string_view text) {
  Program program = parse_program(text);
  INFO(text);
  REQUIRE(program.problems.empty());
  REQUIRE(program.format == Program::Format::script);
  return program;
}

Call only_call(std::string_view line) {
  const Program program = parsed("a = malloc 1\nb = malloc 1\n" + std::string(line));
  REQUIRE(program.calls.size() == 3);
  REQUIRE(program.calls[2].line == 3);
  return program.calls[2];
}

Problem only_problem(std::string_view text) {
  const Program program = parse_program(text);
  INFO(text);
  REQUIRE(program.problems.size() == 1);
  return program.problems[0];
}

struct Expected {
  const char* line;
  std::uint32_t column, length;
  const char* message;
};

std::string text_of(const Program& program, const Call& call) {
  return {reinterpret_cast<const char*>(program.text.data()) + call.text_begin, static_cast<std::size_t>(call.size)};
}

}  // namespace

TEST_CASE("Each call of a script is read with its arguments", "[script]") {
  CHECK(only_call("c = malloc 40").size == 40);
  CHECK(only_call("c = malloc 40").target == 3);
  CHECK(only_call("a = malloc 0xFf").size == 255);
  CHECK(only_call("a = malloc 18446744073709551615").size == ~std::uint64_t{0});
  CHECK(only_call("a = malloc 007").size == 7);
  const Call calloc = only_call("a = calloc 4 8");
  CHECK((calloc.kind == CallKind::calloc && calloc.count == 4 && calloc.size == 8 && calloc.target == 1));
  const Call aligned = only_call("a=aligned_alloc 64 256");
  CHECK((aligned.kind == CallKind::aligned_alloc && aligned.alignment == 64 && aligned.size == 256));
  const Call realloc = only_call("b = realloc a 120");
  CHECK((realloc.kind == CallKind::realloc && realloc.source == 1 && realloc.target == 2 && realloc.size == 120));
  CHECK(only_call("b = realloc null 8").source == 0);
  CHECK(only_call("free b").source == 2);
  CHECK_FALSE(only_call("free b").sized);
  const Call sized = only_call("free b 32");
  CHECK((sized.sized && sized.size == 32 && sized.source == 2));
  const Call interior = only_call("free a+8");
  CHECK((interior.source == 1 && interior.address == 8 && !interior.sized));
  CHECK(only_call("free a + 8 32").size == 32);
  const Call bare = only_call("free 0x1f0 16");
  CHECK((bare.source == 0 && bare.address == 0x1f0 && bare.sized && bare.size == 16));
  const Call read = only_call("read a 3 4");
  CHECK((read.kind == CallKind::read && read.source == 1 && read.offset == 3 && read.size == 4));
  const Call write = only_call("write a 3 \"text\"");
  CHECK((write.kind == CallKind::write && write.offset == 3 && write.size == 4));
  const Call poke = only_call("poke 0x1f0 \"stray\" # a comment");
  CHECK((poke.kind == CallKind::poke && poke.address == 0x1f0 && poke.size == 5));
}

TEST_CASE("Blank lines, comments, tabs and all line ends are read over", "[script]") {
  const Program program = parsed("\xef\xbb\xbf# first\r\n\r\n\ta\t=\tmalloc\t40\t# why\r\n  \nfree a");
  REQUIRE(program.calls.size() == 2);
  CHECK(program.calls[0].line == 3);
  CHECK(program.calls[1].line == 5);
  CHECK(parsed("").calls.empty());
  CHECK(parsed("\n\n\n").calls.empty());
  CHECK(parsed("\xef\xbb\xbf").calls.empty());
  CHECK(parsed("# 12\n").calls.empty());
}

TEST_CASE("Texts hold any byte through escapes", "[script]") {
  const Program program = parsed(R"(a = malloc 9
write a 0 "\n\t\0\\\"\x00\xfF#é"
write a 0 ""
write a 0 "a # no comment")");
  using namespace std::string_literals;
  CHECK(text_of(program, program.calls[1]) == "\n\t\0\\\"\0\xff#é"s);
  CHECK(text_of(program, program.calls[2]).empty());
  CHECK(text_of(program, program.calls[3]) == "a # no comment");
}

TEST_CASE("A name is any word that is none of the language's", "[script]") {
  const Program program = parsed("_a1 = malloc 8\nfree _a1\nnull_ = malloc 1\nmalloc2 = malloc 1\nreadme = malloc 1");
  CHECK(program.names == std::vector<std::string>{"", "_a1", "null_", "malloc2", "readme"});
}

TEST_CASE("Everything wrong in a script is told with its place and what was expected", "[script]") {
  const auto expected = GENERATE(values<Expected>({
      {"x", 1, 1,
       "expected a call: malloc, calloc, aligned_alloc, realloc, free, write, read, poke, mark or release, found `x`"},
      {"42", 1, 2,
       "expected a call: malloc, calloc, aligned_alloc, realloc, free, write, read, poke, mark or release, found `42`"},
      {"= malloc 4", 1, 1, "expected a call"},
      {"malloc 4", 1, 6, "expected a name for the result: write `a = malloc SIZE`, found `malloc`"},
      {"b = free a", 5, 4, "expected a call that returns a pointer; write `free a`, found `free`"},
      {"b = ", 5, 1, "expected malloc, calloc, aligned_alloc, realloc or mark, found the end of the line"},
      {"b = mallco 4", 5, 6, "expected malloc, calloc, aligned_alloc, realloc or mark, found `mallco`"},
      {"b = 4", 5, 1, "expected malloc, calloc, aligned_alloc, realloc or mark, found `4`"},
      {"free = malloc 4", 1, 4, "expected a name for the pointer that is no word of the language, found `free`"},
      {"null = malloc 4", 1, 4, "expected a name for the pointer that is no word of the language, found `null`"},
      {"b = malloc", 11, 1, "expected a size in bytes, as in `a = malloc SIZE`, found the end of the line"},
      {"b = malloc # 4", 12, 1, "found the end of the line"},
      {"b = malloc -4", 12, 1, "expected a size in bytes, as in `a = malloc SIZE`, found `-`"},
      {"b = malloc 4.5", 13, 1, "expected the end of the line or a # comment, found `.`"},
      {"b = malloc 4k", 12, 2, "expected a size in bytes, as in `a = malloc SIZE`, found `4k`"},
      {"b = malloc 0x", 12, 2, "found `0x`"},
      {"b = malloc 0xg", 12, 3, "found `0xg`"},
      {"b = malloc 18446744073709551616", 12, 20, "expected a size in bytes below 2^64, found `18446744073709551616`"},
      {"b = malloc 0x10000000000000000", 12, 19, "expected a size in bytes below 2^64"},
      {"b = malloc 4 4", 14, 1, "expected the end of the line or a # comment, found `4`"},
      {"b = calloc 4", 13, 1, "expected a size in bytes, as in `a = calloc COUNT SIZE`, found the end of the line"},
      {"b = calloc x 4", 12, 1, "expected a count"},
      {"b = aligned_alloc x", 19, 1, "expected an alignment in bytes, as in `a = aligned_alloc ALIGNMENT SIZE`"},
      {"b = realloc 4 4", 13, 1, "expected the name of a pointer, as in `a = realloc a SIZE`, found `4`"},
      {"b = realloc b 4", 13, 1, "expected a pointer that a line above assigns, found `b`"},
      {"b = realloc null", 17, 1, "expected a size in bytes"},
      {"free", 5, 1, "expected the name of a pointer, as in `free a`, found the end of the line"},
      {"free b", 6, 1, "expected a pointer that a line above assigns, found `b`"},
      {"free null", 6, 4, "expected a pointer that a line above assigns, found `null`"},
      {"free a+", 8, 1, "expected an offset in bytes"},
      {"free a+b", 8, 1, "expected an offset in bytes"},
      {"free a-8", 7, 1, "expected the end of the line or a # comment, found `-`"},
      {"free a 8 8", 10, 1, "expected the end of the line"},
      {"write a \"text\"", 9, 6, "expected an offset in bytes, as in `write a OFFSET \"text\"`, found `\"text\"`"},
      {"write a 0 text", 11, 4, "expected a text in quotes"},
      {"write a 0 \"text", 11, 5, "expected a closing quote at the end of the text"},
      {"write a 0 \"text\\\"", 11, 7, "expected a closing quote at the end of the text"},
      {"write a 0 \"text\\", 11, 6, "expected a closing quote at the end of the text"},
      {"write a 0 \"\\q\"", 11, 4, "expected one of \\n, \\t, \\0, \\\\, \\\" or \\xHH after a backslash"},
      {"write a 0 \"\\x1\"", 11, 5, "after a backslash"},
      {"write a 0 \"\\x\"", 11, 4, "after a backslash"},
      {"write a 0 \"\\xg0\"", 11, 6, "after a backslash"},
      {"write a 0 \"\\x\x10\x10\"", 11, 6, "after a backslash"},
      {"write a 0 \"\\x+1\"", 11, 6, "after a backslash"},
      {"read a 0", 9, 1, "expected a length in bytes, as in `read a OFFSET LENGTH`"},
      {"poke a \"x\"", 6, 1, "expected an address, as in `poke ADDRESS \"text\"`"},
      {"poke 8", 7, 1, "expected a text in quotes"},
      {"b = ← malloc 4", 5, 1, "found `←`"},
      {"b = malloc ä", 12, 1, "found `ä`"},
      {"\tfree b", 7, 1, "found `b`"},
      {"free \x01", 6, 1, "found `\\x01`"},
      {"free \xe9t\xe9", 6, 1, "found `\\xe9`"},
      {"write a 0 \"\xff\x80\xc3\" x", 17, 1, "found `x`"},
      {"write a 0 \"é€😀\" x", 17, 1, "found `x`"},
      {"free \xed", 6, 1, "found `\\xed`"},
  }));
  CAPTURE(expected.line);
  const Problem problem = only_problem("a = malloc 8\n" + std::string(expected.line) + "\nfree a\n");
  CHECK(problem.line == 2);
  CHECK(problem.column == expected.column);
  CHECK(problem.length == expected.length);
  CHECK_THAT(problem.message, test::contains(expected.message));
  // The same without a line end, and with the other one.
  CHECK(only_problem("a = malloc 8\n" + std::string(expected.line)) == problem);
  CHECK(only_problem("a = malloc 8\r\n" + std::string(expected.line) + "\r\n") == problem);
}

TEST_CASE("Bytes of value zero are told as such", "[script]") {
  using namespace std::string_view_literals;
  const Problem problem = only_problem("a = malloc\0 8"sv);
  CHECK(problem.column == 11);
  CHECK_THAT(problem.message, test::contains("found `\\x00`"));
}

TEST_CASE("A line with a problem assigns nothing and adds no call", "[script]") {
  const Program program =
      parse_program("a = malloc x\nfree a\nb = malloc 4\nwrite b 0 \"one\" two\nwrite b 0 \"three\"\n");
  REQUIRE(program.problems.size() == 3);
  CHECK(program.problems[1].line == 2);
  REQUIRE(program.calls.size() == 2);
  CHECK(text_of(program, program.calls[1]) == "three");
}

TEST_CASE("Problems are told up to a number", "[script]") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "nonsense\n";
  CHECK(parse_program(text).problems.size() == max_problems);
}

TEST_CASE("An absurdly long line is read, and quoted in short", "[script]") {
  const std::string name(1 << 20, 'n');
  CHECK(parsed(name + " = malloc 8\nfree " + name).calls.size() == 2);
  const Problem problem = only_problem(name);
  CHECK(problem.length == name.size());
  CHECK(problem.message.size() < 300);
  CHECK(only_problem("a = malloc " + std::string(1 << 20, '9')).column == 12);
  CHECK(only_problem(std::string(1 << 20, ' ') + "x").column == (1 << 20) + 1);
  CHECK(only_problem("a = malloc 1\nwrite a 0 \"" + std::string(1 << 20, '\\')).line == 2);
}
