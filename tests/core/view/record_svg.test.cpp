#include "heapyard/view/record_svg.hpp"

#include "support/catch.hpp"
#include "support/svg.hpp"

#include <map>

using namespace heapyard;
using test::attribute;
using test::elements;
using test::is_well_formed;

namespace {

std::vector<RecordLayout> layouts_of(const std::string& text) {
  const StructText parsed = parse_structs(text);
  REQUIRE_FALSE(parsed.problem.has_value());
  return lay_out(parsed, *find_abi("x86_64")).records;
}

}  // namespace

TEST_CASE("The picture's rectangles are exactly the bytes of members and padding", "[view][record][svg]") {
  const RecordLayout record = layouts_of("struct { u8 a; u32 b[5]; u16 c; u64 d; u8 e; }")[0];
  std::map<std::uint64_t, std::pair<std::uint64_t, bool>> ranges;  // offset to bytes and whether padding
  for (const std::string& rect : elements(record_svg(std::vector{record}), "rect")) {
    if (attribute(rect, "data-bytes").empty()) continue;
    ranges[std::stoull(attribute(rect, "data-offset"))] = {std::stoull(attribute(rect, "data-bytes")),
                                                           attribute(rect, "class") == "padding"};
  }
  std::vector<int> kind(record.size, -1);
  for (const auto& [offset, range] : ranges) {
    for (std::uint64_t i = offset; i < offset + range.first; ++i) {
      REQUIRE(kind.at(i) == -1);
      kind[i] = range.second ? 1 : 0;
    }
  }
  std::vector<int> expected(record.size, 0);
  for (const PaddingRange& range : record.padding) {
    for (std::uint64_t i = 0; i < range.size; ++i) expected[range.offset + i] = 1;
  }
  REQUIRE(kind == expected);
}

TEST_CASE("The picture is well formed, describes itself, and needs nothing from outside", "[view][record][svg]") {
  const std::string svg =
      record_svg(layouts_of("struct A { int (*f)(int *, char); char s[4000]; };\nstruct { char c; struct A *p; }"));
  REQUIRE(is_well_formed(svg));
  REQUIRE(elements(svg, "svg").size() == 1);
  REQUIRE_THAT(svg, test::contains("<title>"));
  REQUIRE_THAT(svg, test::contains("so that "));
  REQUIRE_THAT(svg, test::contains("prefers-color-scheme: dark"));
  REQUIRE(svg.find("<script") == std::string::npos);
  REQUIRE(svg.find("href") == std::string::npos);
  REQUIRE(svg.find("http") == svg.find("http://www.w3.org/2000/svg"));
  REQUIRE(svg.find("http", svg.find("http") + 1) == std::string::npos);
}

TEST_CASE("Members of any name and number are drawn within bounds", "[view][record][svg]") {
  std::string text = "struct S {";
  for (int i = 0; i < 1000; ++i) text += " char a_rather_long_name_" + std::to_string(i) + ";";
  const std::string svg = record_svg(layouts_of(text + " };"));
  REQUIRE(is_well_formed(svg));
  const std::uint64_t width = std::stoull(attribute(elements(svg, "svg")[0], "width"));
  const std::uint64_t height = std::stoull(attribute(elements(svg, "svg")[0], "height"));
  for (const std::string& rect : elements(svg, "rect")) {
    if (attribute(rect, "x").empty()) continue;
    REQUIRE(std::stoull(attribute(rect, "x")) + std::stoull(attribute(rect, "width")) <= width);
    REQUIRE(std::stoull(attribute(rect, "y")) + std::stoull(attribute(rect, "height")) <= height);
  }
}
