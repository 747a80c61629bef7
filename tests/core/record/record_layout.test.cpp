#include "heapyard/record/record_layout.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/random_structs.hpp"
#include "support/seed.hpp"

using namespace heapyard;

namespace {

std::vector<RecordLayout> layouts_of(const std::string& text, const char* abi = "x86_64") {
  const StructText parsed = parse_structs(text);
  INFO(text << ": " << (parsed.problem ? parsed.problem->message : ""));
  REQUIRE_FALSE(parsed.problem.has_value());
  RecordLayouts layouts = lay_out(parsed, *find_abi(abi));
  REQUIRE_FALSE(layouts.problem.has_value());
  return std::move(layouts.records);
}

using Ranges = std::vector<PaddingRange>;
using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("The story's struct has 9 bytes of padding on x86-64 and needs 16 bytes, not 24", "[record][layout]") {
  const RecordLayout record = layouts_of("struct { u8 a; u32 b; u16 c; u64 d; }")[0];
  REQUIRE(record.size == 24);
  REQUIRE(record.alignment == 8);
  REQUIRE(record.padding == Ranges{{1, 3}, {10, 6}});
  REQUIRE(record.tail_padding == 0);
  REQUIRE(record.padding_bytes() == 9);
  REQUIRE(record.minimal == MinimalRecord{16, {"d", "b", "c", "a"}, true});
}

TEST_CASE("The story's second order saves nothing: it ends in tail padding", "[record][layout]") {
  const RecordLayout record = layouts_of("struct { u32 b; u64 d; u16 c; u8 a; }")[0];
  REQUIRE(record.size == 24);
  REQUIRE(record.padding == Ranges{{4, 4}, {19, 5}});
  REQUIRE(record.tail_padding == 5);
  REQUIRE(record.minimal.size == 16);
}

TEST_CASE("On i386 the story's struct takes 20 bytes as eight-byte integers are aligned to 4", "[record][layout]") {
  const RecordLayout record = layouts_of("struct { u8 a; u32 b; u16 c; u64 d; }", "i386")[0];
  REQUIRE(record.size == 20);
  REQUIRE(record.alignment == 4);
  REQUIRE(record.minimal.size == 16);
}

TEST_CASE("A struct that is minimal already keeps its order and has no padding to lose", "[record][layout]") {
  const RecordLayout record = layouts_of("struct { u16 c; u8 a; u8 z; u32 b; u64 d; }")[0];
  REQUIRE(record.size == 16);
  REQUIRE(record.padding.empty());
  REQUIRE(record.minimal == MinimalRecord{16, {"c", "a", "z", "b", "d"}, true});
}

TEST_CASE("Nested structs keep their tail padding, and arrays of them repeat it", "[record][layout]") {
  const std::vector<RecordLayout> records =
      layouts_of("struct In { u32 x; u8 y; }; struct Out { u8 a; struct In in[2]; u8 b; };");
  REQUIRE(records[1].members[1] == MemberLayout{"in", "struct In[2]", 4, 16, 4});
  REQUIRE(records[1].size == 24);
  REQUIRE(records[1].padding == Ranges{{1, 3}, {21, 3}});
  REQUIRE(records[1].tail_padding == 3);
}

TEST_CASE("One text gives each ABI its own layout", "[record][layout]") {
  const char* text = "struct S { char c; long l; void *p; long double d; wchar_t w; };";
  const auto size = [&](const char* abi) { return layouts_of(text, abi)[0].size; };
  REQUIRE(size("x86_64") == 64);
  REQUIRE(size("aarch64") == 64);
  REQUIRE(size("i386") == 28);
  REQUIRE(size("msvc_x64") == 32);
  REQUIRE(size("wasm32") == 48);
}

TEST_CASE("Objects past an ABI's limit are refused with the member that passed it", "[record][layout][errors]") {
  const StructText parsed = parse_structs("struct S {\n  char a[0x40000000];\n  char b[0x40000000];\n};");
  REQUIRE_FALSE(parsed.problem.has_value());
  REQUIRE_FALSE(lay_out(parsed, *find_abi("x86_64")).problem.has_value());
  const RecordLayouts refused = lay_out(parsed, *find_abi("wasm32"));
  REQUIRE(refused.problem.has_value());
  REQUIRE(refused.records.empty());
  REQUIRE(refused.problem->line == 3);
  REQUIRE(refused.problem->column == 8);
  REQUIRE_THAT(refused.problem->message, test::contains("expected at most 2147483647 bytes"));
}

TEST_CASE("Sizes that multiply past 64 bits are refused, not wrapped", "[record][layout][errors]") {
  std::string text = "struct S0 { long double x[0x1000000000000]; };\n";
  REQUIRE(lay_out(parse_structs(text), *find_abi("x86_64")).problem.has_value());
  text = "struct S0 { char x[0x100000]; };\n";
  for (int i = 1; i < 6; ++i) {
    text += "struct S" + std::to_string(i) + " { struct S" + std::to_string(i - 1) + " x[0x100000]; };\n";
  }
  for (const Abi& abi : abis()) {
    const RecordLayouts refused = lay_out(parse_structs(text), abi);
    REQUIRE(refused.problem.has_value());
    REQUIRE(refused.problem->line > 1);
  }
}

TEST_CASE("Members and padding tile every random struct, each byte once, on every ABI", "[record][layout]") {
  Random random(test::fresh_seed());
  std::string text;
  for (const test::RandomStruct& record : test::random_structs(random, 500)) text += record.text;
  for (const Abi& abi : abis()) {
    for (const RecordLayout& record : layouts_of(text, abi.name.data())) {
      CAPTURE(abi.name, record.name);
      std::uint64_t end = 0;
      std::size_t range = 0;
      const auto pass_padding = [&] {
        if (range < record.padding.size() && record.padding[range].offset == end) {
          REQUIRE(record.padding[range].size > 0);
          end += record.padding[range++].size;
        }
      };
      for (const MemberLayout& member : record.members) {
        pass_padding();
        REQUIRE(member.offset == end);
        REQUIRE(member.offset % member.alignment == 0);
        REQUIRE(record.alignment % member.alignment == 0);
        end += member.size;
      }
      REQUIRE(record.tail_padding == record.size - end);
      pass_padding();
      REQUIRE(end == record.size);
      REQUIRE(range == record.padding.size());
      REQUIRE(record.size % record.alignment == 0);
    }
  }
}

TEST_CASE("The minimal order, written out as a struct, is laid out at its claimed size", "[record][layout][minimal]") {
  Random random(test::fresh_seed());
  const std::vector<test::RandomStruct> structs = test::random_structs(random, 200);
  std::string text;
  for (const test::RandomStruct& record : structs) text += record.text;
  for (const Abi& abi : abis()) {
    std::string reordered = text;
    std::vector<std::uint64_t> claimed;
    for (const RecordLayout& record : layouts_of(text, abi.name.data())) {
      if (record.name.find('.') != std::string::npos) continue;
      const test::RandomStruct& source = structs[std::stoul(record.name.substr(1))];
      reordered += "struct R" + std::to_string(claimed.size()) + " {";
      for (const std::string& name : record.minimal.order) {
        for (std::size_t i = 0; i < record.members.size(); ++i) {
          if (record.members[i].name == name) reordered += " " + source.members[i];
        }
      }
      reordered += " };\n";
      claimed.push_back(record.minimal.size);
      REQUIRE(record.minimal.proved);
      REQUIRE(record.minimal.size <= record.size);
    }
    REQUIRE(claimed.size() == structs.size());
    for (const RecordLayout& again : layouts_of(reordered, abi.name.data())) {
      if (again.name[0] != 'R' || again.name.find('.') != std::string::npos) continue;
      CAPTURE(abi.name, again.name);
      REQUIRE(again.size == claimed[std::stoul(again.name.substr(1))]);
    }
  }
}
