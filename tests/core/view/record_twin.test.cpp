#include "heapyard/view/record_twin.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/random_structs.hpp"
#include "support/seed.hpp"

#include <sstream>

using namespace heapyard;

namespace {

std::vector<RecordLayout> layouts_of(const std::string& text, const Abi& abi) {
  const StructText parsed = parse_structs(text);
  REQUIRE_FALSE(parsed.problem.has_value());
  return lay_out(parsed, abi).records;
}

/// What the twin's text alone tells of a struct.
struct Rebuilt {
  std::uint64_t size = 0;
  std::uint64_t alignment = 0;
  std::vector<MemberLayout> members;
  std::vector<PaddingRange> padding;
};

Rebuilt rebuilt_from(const std::string& twin) {
  Rebuilt rebuilt;
  std::istringstream lines(twin);
  std::string line;
  std::getline(lines, line);
  const std::string facts = line.substr(line.rfind(": ") + 2);
  unsigned long long size = 0;
  unsigned long long alignment = 0;
  char unit[8] = "";
  REQUIRE(std::sscanf(facts.c_str(), "%llu %6[a-z], aligned to %llu", &size, unit, &alignment) == 3);
  rebuilt.size = size;
  rebuilt.alignment = alignment;
  std::getline(lines, line);
  REQUIRE(line.find("offset") != std::string::npos);
  const std::size_t name_column = line.find("member");
  const std::size_t type_column = line.find("type");
  while (std::getline(lines, line) && line[name_column - 1] == ' ' && line.size() > type_column) {
    std::istringstream numbers(line.substr(0, name_column));
    MemberLayout member;
    std::string align;
    if (!(numbers >> member.offset >> member.size >> align)) break;
    if (align == "-") {
      rebuilt.padding.push_back({member.offset, member.size});
      continue;
    }
    member.alignment = std::stoull(align);
    member.name = line.substr(name_column, type_column - name_column);
    member.name.erase(member.name.find_last_not_of(' ') + 1);
    member.type = line.substr(type_column);
    rebuilt.members.push_back(member);
  }
  return rebuilt;
}

}  // namespace

TEST_CASE("All members and all padding can be rebuilt from the text twin", "[view][record][twin]") {
  Random random(test::fresh_seed());
  std::string text;
  for (const test::RandomStruct& record : test::random_structs(random, 150)) text += record.text;
  for (const Abi& abi : abis()) {
    for (const RecordLayout& record : layouts_of(text, abi)) {
      const std::string twin = record_twin(record);
      CAPTURE(twin);
      const Rebuilt rebuilt = rebuilt_from(twin);
      REQUIRE(rebuilt.size == record.size);
      REQUIRE(rebuilt.alignment == record.alignment);
      REQUIRE(rebuilt.members == record.members);
      REQUIRE(rebuilt.padding == record.padding);
    }
  }
}

TEST_CASE("The twin of the story's struct says what it takes, why, and what would be least", "[view][record][twin]") {
  const Abi& abi = *find_abi("x86_64");
  REQUIRE(record_twin(layouts_of("struct { u32 b; u64 d; u16 c; u8 a; }", abi)[0]) ==
          "struct on x86-64 Linux, macOS (LP64): 24 bytes, aligned to 8; 9 bytes are padding (37 %).\n"
          "offset  size  align  member   type\n"
          "     0     4      4  b        u32\n"
          "     4     4      -  padding  so that d starts at a multiple of 8\n"
          "     8     8      8  d        u64\n"
          "    16     2      2  c        u16\n"
          "    18     1      1  a        u8\n"
          "    19     5      -  padding  so that the next one in an array starts at a multiple of 8\n"
          "In the order d, b, c, a it takes 16 bytes, 8 fewer; no order takes less.\n");
}

TEST_CASE("Sentences count one byte as one byte, and claim no saving where there is none", "[view][record][twin]") {
  const Abi& abi = *find_abi("x86_64");
  const RecordLayout one = layouts_of("struct { u16 a; u8 b; }", abi)[0];
  REQUIRE(record_sentence(one) == "4 bytes, aligned to 2; 1 byte is padding (25 %).");
  REQUIRE(minimal_sentence(one) == "No order of its members takes less.");
  REQUIRE(record_sentence(layouts_of("struct { u8 a; }", abi)[0]) == "1 byte, aligned to 1; no byte is padding.");
  RecordLayout unproved = one;
  unproved.minimal.proved = false;
  REQUIRE(minimal_sentence(unproved) == "No order that takes less was found.");
}
