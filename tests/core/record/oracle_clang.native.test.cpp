// The truth about struct layouts, from a compiler: clang prints the layout of every record for any target, without that
// target's headers or linker.
#include "heapyard/record/record_layout.hpp"

#include "support/catch.hpp"
#include "support/random_structs.hpp"
#include "support/seed.hpp"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace heapyard;

namespace {

constexpr const char* prelude =
    "typedef __INT8_TYPE__ int8_t; typedef __UINT8_TYPE__ uint8_t; typedef __INT16_TYPE__ int16_t;\n"
    "typedef __UINT16_TYPE__ uint16_t; typedef __INT32_TYPE__ int32_t; typedef __UINT32_TYPE__ uint32_t;\n"
    "typedef __INT64_TYPE__ int64_t; typedef __UINT64_TYPE__ uint64_t; typedef __INTMAX_TYPE__ intmax_t;\n"
    "typedef __SIZE_TYPE__ size_t; typedef __PTRDIFF_TYPE__ ptrdiff_t; typedef __INTPTR_TYPE__ intptr_t;\n"
    "typedef __UINTPTR_TYPE__ uintptr_t; typedef __WCHAR_TYPE__ wchar_t; typedef unsigned char char8_t;\n"
    "typedef __CHAR16_TYPE__ char16_t; typedef __CHAR32_TYPE__ char32_t; typedef _Bool bool;\n"
    "typedef uint8_t u8; typedef uint16_t u16; typedef uint32_t u32; typedef uint64_t u64;\n"
    "typedef int8_t i8; typedef int16_t i16; typedef int32_t i32; typedef int64_t i64;\n"
    "typedef float f32; typedef double f64;\n";

struct Target {
  const char* abi;
  const char* triple;
};
constexpr Target targets[] = {
    {"x86_64", "x86_64-linux-gnu"},         {"aarch64", "aarch64-linux-gnu"},     {"i386", "i386-linux-gnu"},
    {"msvc_x64", "x86_64-pc-windows-msvc"}, {"wasm32", "wasm32-unknown-unknown"},
};

struct Measured {
  std::uint64_t size = 0;
  std::uint64_t alignment = 0;
  std::vector<std::uint64_t> offsets;  // of the direct members
};

std::string output_of(const std::string& command, int& status) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    status = -1;
    return output;
  }
  char buffer[65536];
  while (const std::size_t bytes = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, bytes);
  status = pclose(pipe);
  return output;
}

/// Reads the dump: `  offset | struct NAME`, then direct members indented by two more spaces, theirs by four, and
/// `[sizeof=N, align=N]`.
std::map<std::string, Measured> parse_dump(const std::string& dump) {
  std::map<std::string, Measured> records;
  std::istringstream lines(dump);
  std::string line;
  std::string name;
  Measured current;
  while (std::getline(lines, line)) {
    const std::size_t bar = line.find(" | ");
    if (bar == std::string::npos) continue;
    const std::string right = line.substr(bar + 3);
    const std::size_t indent = right.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    if (right.compare(indent, 8, "[sizeof=") == 0) {
      unsigned long long size = 0;
      unsigned long long alignment = 0;
      REQUIRE(std::sscanf(right.c_str() + indent, "[sizeof=%llu, align=%llu", &size, &alignment) == 2);
      current.size = size;
      current.alignment = alignment;
      records[name] = current;
    } else if (indent == 0) {
      current = {};
      name = right.substr(right.find(' ') + 1);
    } else if (indent == 2) {
      current.offsets.push_back(std::strtoull(line.c_str(), nullptr, 10));
    }
  }
  return records;
}

std::map<std::string, Measured> measured_by_clang(const std::string& text, const char* triple) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("heapyard-oracle-" + std::to_string(std::random_device{}()) + ".c");
  std::ofstream(file, std::ios::binary) << prelude << text;
  int status = 0;
  const std::string dump =
      output_of(std::string("clang -x c -std=c17 -w -fsyntax-only -Xclang -fdump-record-layouts-complete -target ") +
                    triple + " '" + file.string() + "' 2>&1",
                status);
  std::filesystem::remove(file);
  INFO(dump.substr(0, 2000));
  REQUIRE(status == 0);
  return parse_dump(dump);
}

}  // namespace

TEST_CASE("Every offset, size and alignment is that of clang, for all five ABIs, on random structs",
          "[record][oracle]") {
  int status = 0;
  output_of("clang --version 2>&1", status);
  if (status != 0) {
    FAIL("clang was not found, and it is what the layouts are compared with. Install it: sudo apt-get install clang");
  }

  Random random(test::fresh_seed());
  const std::vector<test::RandomStruct> structs = test::random_structs(random, 400);
  // A struct around each single member tells that member's own size and alignment.
  std::string text;
  for (const test::RandomStruct& record : structs) {
    text += record.text;
    for (std::size_t i = 0; i < record.members.size(); ++i) {
      text += "struct " + record.name + "_" + std::to_string(i) + " { " + record.members[i] + " };\n";
    }
  }
  REQUIRE(text.size() < max_struct_text_bytes);
  const StructText parsed = parse_structs(text);
  INFO((parsed.problem ? parsed.problem->message : std::string()));
  REQUIRE_FALSE(parsed.problem.has_value());

  for (const Target& target : targets) {
    CAPTURE(target.abi);
    const Abi* abi = find_abi(target.abi);
    REQUIRE(abi != nullptr);
    const std::map<std::string, Measured> measured = measured_by_clang(text, target.triple);
    const RecordLayouts layouts = lay_out(parsed, *abi);
    REQUIRE_FALSE(layouts.problem.has_value());
    std::size_t compared = 0;
    for (const RecordLayout& record : layouts.records) {
      if (record.name.find('.') != std::string::npos) continue;  // inline structs: clang names them by their place
      CAPTURE(record.name);
      const auto found = measured.find(record.name);
      REQUIRE(found != measured.end());
      const Measured& truth = found->second;
      REQUIRE(record.size == truth.size);
      REQUIRE(record.alignment == truth.alignment);
      REQUIRE(record.members.size() == truth.offsets.size());
      for (std::size_t i = 0; i < record.members.size(); ++i) {
        const MemberLayout& member = record.members[i];
        CAPTURE(member.name, member.type);
        REQUIRE(member.offset == truth.offsets[i]);
        const auto alone = measured.find(record.name + "_" + std::to_string(i));
        if (alone == measured.end()) continue;  // this record is itself such a probe
        REQUIRE(member.size == alone->second.size);
        REQUIRE(member.alignment == alone->second.alignment);
      }
      ++compared;
    }
    REQUIRE(compared >= structs.size());
  }
}

TEST_CASE("The least size is also what clang measures for the members in that order", "[record][oracle]") {
  int status = 0;
  output_of("clang --version 2>&1", status);
  if (status != 0) FAIL("clang was not found. Install it: sudo apt-get install clang");

  Random random(test::fresh_seed());
  const std::vector<test::RandomStruct> structs = test::random_structs(random, 150);
  std::string text;
  for (const test::RandomStruct& record : structs) text += record.text;
  const StructText parsed = parse_structs(text);
  REQUIRE_FALSE(parsed.problem.has_value());
  for (const Target& target : targets) {
    CAPTURE(target.abi);
    const RecordLayouts layouts = lay_out(parsed, *find_abi(target.abi));
    std::string reordered = text;
    std::map<std::string, std::uint64_t> expected;
    for (const RecordLayout& record : layouts.records) {
      if (record.name.find('.') != std::string::npos) continue;
      REQUIRE(record.minimal.proved);
      const std::size_t number = std::stoul(record.name.substr(1));
      std::string definition = "struct R" + std::to_string(number) + " {";
      for (const std::string& name : record.minimal.order) {
        for (std::size_t i = 0; i < record.members.size(); ++i) {
          if (record.members[i].name == name) definition += " " + structs[number].members[i];
        }
      }
      reordered += definition + " };\n";
      expected["R" + std::to_string(number)] = record.minimal.size;
    }
    const std::map<std::string, Measured> measured = measured_by_clang(reordered, target.triple);
    REQUIRE(expected.size() == structs.size());
    for (const auto& [name, size] : expected) {
      CAPTURE(name);
      REQUIRE(measured.at(name).size == size);
    }
  }
}
