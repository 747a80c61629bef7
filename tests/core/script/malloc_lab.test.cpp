#include "heapyard/script/program.hpp"

#include "support/catch.hpp"

using namespace heapyard;

namespace {

Program parsed(std::string_view text) {
  Program program = parse_program(text);
  INFO(text << (program.problems.empty() ? "" : ": " + program.problems[0].message));
  REQUIRE(program.format == Program::Format::malloc_lab);
  REQUIRE(program.problems.empty());
  return program;
}

Problem only_problem(std::string_view text) {
  const Program program = parse_program(text);
  INFO(text);
  REQUIRE(program.format == Program::Format::malloc_lab);
  REQUIRE(program.problems.size() == 1);
  return program.problems[0];
}

}  // namespace

TEST_CASE("A malloc-lab trace is read with its headers and operations", "[script][rep]") {
  const Program program = parsed("20000000\n3\n5\n1\na 0 512\na 2 128\nr 0 640\nf 2\nf 0\n");
  CHECK(program.suggested_arena == 20000000);
  REQUIRE(program.calls.size() == 5);
  CHECK(program.names == std::vector<std::string>{"", "p0", "p2"});
  const Call first = program.calls[0], resize = program.calls[2], release = program.calls[3];
  CHECK((first.kind == CallKind::malloc && first.size == 512 && first.target == 1 && first.line == 5));
  CHECK((resize.kind == CallKind::realloc && resize.size == 640 && resize.source == 1 && resize.target == 1));
  CHECK((release.kind == CallKind::free && release.source == 2 && release.line == 8));
}

TEST_CASE("A malloc-lab trace is known by its first line that is not blank", "[script][rep]") {
  CHECK(parsed("\xef\xbb\xbf\r\n \r\n0\r\n1\r\n2\r\n1\r\na 0 8\r\nf 0").calls.size() == 2);
  CHECK(parsed("# from the lab\n0\n0\n0\n1\n").calls.empty());
  CHECK(parse_program("12 34\n").format == Program::Format::script);
  CHECK(parse_program("a 0 8\n").format == Program::Format::script);
  CHECK(parse_program("").format == Program::Format::script);
}

TEST_CASE("Everything wrong in a trace is told with its place and what was expected", "[script][rep]") {
  struct Expected {
    const char* text;
    std::uint32_t line, column, length;
    const char* message;
  };
  const auto expected = GENERATE(values<Expected>({
      {"0\n", 2, 1, 1, "expected four header lines: suggested heap size, number of ids, number of operations, weight"},
      {"0\n1\n1", 4, 1, 1, "expected four header lines"},
      {"0\nx\n0\n1\n", 2, 1, 1, "expected the number of ids, found `x`"},
      {"0 \n1 2\n0\n1\n", 2, 3, 1, "expected the end of the line"},
      {"18446744073709551616\n0\n0\n1\n", 1, 1, 20, "expected the suggested heap size below 2^64"},
      {"0\n99999999999\n0\n1\n", 2, 1, 11, "expected at most 16777216 ids"},
      {"0\n18446744073709551615\n0\n1\n", 2, 1, 20, "expected at most 16777216 ids"},
      {"0\n1\n2\n1\na 0 8\n", 6, 1, 1, "expected 2 operations, as the third header line says, but there are 1"},
      {"0\n1\n0\n1\na 0 8\n", 6, 1, 1, "expected 0 operations, as the third header line says, but there are 1"},
      {"0\n1\n1\n1\na 1 8\n", 5, 3, 1, "expected an id below 1, the number of ids that the second header line says"},
      {"0\n0\n1\n1\na 0 8\n", 5, 3, 1, "expected an id below 0"},
      {"0\n1\n1\n1\nf 0\n", 5, 3, 1, "expected an id that a line above allocates"},
      {"0\n2\n2\n1\na 0 8\nr 1 8\n", 6, 3, 1, "expected an id that a line above allocates"},
      {"0\n1\n1\n1\na 0\n", 5, 4, 1, "expected a size in bytes, found the end of the line"},
      {"0\n1\n1\n1\na 0 99999999999999999999\n", 5, 5, 20, "expected a size in bytes below 2^64"},
      {"0\n1\n1\n1\na 18446744073709551616 1\n", 5, 3, 20, "expected an id below 2^64"},
      {"0\n1\n1\n1\na 0 -8\n", 5, 5, 1, "expected a size in bytes, found `-`"},
      {"0\n1\n1\n1\na 0 8 8\n", 5, 7, 1, "expected the end of the line"},
      {"0\n1\n1\n1\nx 0 8\n", 5, 1, 1, "expected `a ID SIZE`, `r ID SIZE` or `f ID`, found `x`"},
      {"0\n1\n1\n1\n0 a 8\n", 5, 1, 1, "expected `a ID SIZE`"},
      {"0\n1\n1\n1\na x 8\n", 5, 3, 1, "expected an id, found `x`"},
      {"0\n1\n1\n1\n\xff 0 8\n", 5, 1, 1, "found `\\xff`"},
  }));
  CAPTURE(expected.text);
  const Problem problem = only_problem(expected.text);
  CHECK(problem.line == expected.line);
  CHECK(problem.column == expected.column);
  CHECK(problem.length == expected.length);
  CHECK_THAT(problem.message, test::contains(expected.message));
}

TEST_CASE("A trace's greatest id costs memory for ids, not for the claim of its header", "[script][rep]") {
  CHECK(parsed("0\n16777216\n2\n1\na 7 8\nf 7\n").names.size() == 2);
  CHECK(parsed("0\n16777216\n1\n1\na 16777215 8\n").names[1] == "p16777215");
}

TEST_CASE("An id may be used again after its release", "[script][rep]") {
  const Program program = parsed("0\n1\n4\n1\na 0 8\nf 0\na 0 16\nf 0\n");
  CHECK(program.names.size() == 2);
  CHECK(program.calls[2].target == 1);
}
