#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

using heapyard::test::contains;
using heapyard::test::ProgramRun;
using heapyard::test::run_in_terminal;
using heapyard::test::run_program;
using heapyard::test::run_shell;
using heapyard::test::ScratchDirectory;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* story = "struct { u8 a; u32 b; u16 c; u64 d; }\n";

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("layout draws the bytes of a struct, its table and its least size", "[cli][layout]") {
  const ProgramRun run = run_program("layout -", story, "LANG=en_US.UTF-8 COLUMNS=61");
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  REQUIRE(run.out ==
          "struct on x86-64 Linux, macOS (LP64)\n"
          "24 bytes, aligned to 8; 9 bytes are padding (37 %).\n"
          "\n"
          "     0      1      2      3      4      5      6      7\n"
          "  0 │a ████│╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱│b █████████████████████████│\n"
          "  8 │c ███████████│╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱│\n"
          " 16 │d █████████████████████████████████████████████████████│\n"
          "\n"
          "offset  size  align  member   type\n"
          "     0     1      1  a        u8\n"
          "     1     3      -  padding  so that b starts at a multiple of 4\n"
          "     4     4      4  b        u32\n"
          "     8     2      2  c        u16\n"
          "    10     6      -  padding  so that d starts at a multiple of 8\n"
          "    16     8      8  d        u64\n"
          "\n"
          "In the order d, b, c, a it takes 16 bytes, 8 fewer; no order takes less.\n");
}

TEST_CASE("layout draws in ASCII where the locale has no more, or when asked", "[cli][layout]") {
  for (const ProgramRun& run :
       {run_program("layout -", story, "LANG=C COLUMNS=45"), run_program("layout -", story, "COLUMNS=45"),
        run_program("layout --ascii -", story, "LANG=C.UTF-8 COLUMNS=45")}) {
    REQUIRE(run.exit_code == 0);
    REQUIRE_THAT(run.out, contains("  0 |a ##|//////////////|b #################|\n"
                                   "  8 |c #######|/////////////////////////////|\n"));
    REQUIRE(std::all_of(run.out.begin(), run.out.end(), [](unsigned char c) { return c < 0x80; }));
  }
}

TEST_CASE("layout --json keeps the contract: every key, in order, null where nothing applies", "[cli][layout][json]") {
  const ProgramRun run = run_program("layout --json -", "struct S { u8 a; int (*f[2])(int, char); };");
  REQUIRE(run.exit_code == 0);
  const Json json = Json::parse(run.out);
  REQUIRE(keys_of(json) == Keys{"records"});
  REQUIRE(json["records"].size() == 1);
  const Json& record = json["records"][0];
  REQUIRE(keys_of(record) == Keys{"name", "abi", "size", "alignment", "members", "padding", "minimal"});
  REQUIRE(record["name"] == "S");
  REQUIRE(record["abi"] == "x86_64");
  REQUIRE(record["size"] == 24);
  REQUIRE(record["alignment"] == 8);
  REQUIRE(record["members"].size() == 2);
  for (const Json& member : record["members"]) {
    REQUIRE(keys_of(member) == Keys{"name", "type", "offset", "size", "alignment", "bit_offset", "bit_width"});
    REQUIRE(member["bit_offset"].is_null());
    REQUIRE(member["bit_width"].is_null());
  }
  const Json member = {{"name", "f"},    {"type", "int (*[2])(int, char)"}, {"offset", 8},         {"size", 16},
                       {"alignment", 8}, {"bit_offset", nullptr},           {"bit_width", nullptr}};
  REQUIRE(record["members"][1] == member);
  REQUIRE(record["padding"].dump() == "[{\"offset\":1,\"size\":7}]");
  REQUIRE(record["minimal"].dump() == "{\"size\":24,\"order\":[\"a\",\"f\"],\"proved\":true}");
}

TEST_CASE("layout --abi all gives one record for each struct and ABI, an ABI's name alone that ABI",
          "[cli][layout][json]") {
  const std::string text = "struct A { char c; long l; };\nstruct B { struct A a; char c; };";
  const Json json = Json::parse(run_program("layout --json --abi all -", text).out);
  std::vector<std::string> seen;
  for (const Json& record : json["records"]) {
    seen.push_back(record["name"].get<std::string>() + " " + record["abi"].get<std::string>() + " " +
                   std::to_string(record["size"].get<int>()));
  }
  REQUIRE(seen == Keys{"A x86_64 16", "A aarch64 16", "A i386 8", "A msvc_x64 8", "A wasm32 8", "B x86_64 24",
                       "B aarch64 24", "B i386 12", "B msvc_x64 12", "B wasm32 12"});
  const Json one = Json::parse(run_program("layout --json --abi i386 -", text).out);
  REQUIRE(one["records"].size() == 2);
  REQUIRE(one["records"][1]["abi"] == "i386");
}

TEST_CASE("layout --abi all draws layouts that ABIs share only once", "[cli][layout]") {
  const ProgramRun run = run_program("layout --abi all -", "struct A { char c; long l; };");
  REQUIRE(run.exit_code == 0);
  REQUIRE_THAT(run.out, contains("i386                8           4           3           8\n"));
  REQUIRE_THAT(run.out, contains("A on x86_64, aarch64\n16 bytes"));
  REQUIRE_THAT(run.out, contains("A on i386, msvc_x64, wasm32\n8 bytes"));
}

TEST_CASE("A mistake is told with file, line, column, the line itself and a mark below it", "[cli][layout][errors]") {
  const ScratchDirectory scratch;
  const std::string file = scratch.write("wrong.h", "struct S {\n\tint a;\n  unit8_t b;\n};\n");
  for (const char* mode : {"", "--json ", "--svg ", "--abi all "}) {
    const ProgramRun run = run_program("layout " + std::string(mode) + "'" + file + "'");
    REQUIRE(run.exit_code == 2);
    REQUIRE(run.out.empty());
    REQUIRE(run.err == file +
                           ":3:3: error: unknown type 'unit8_t'; expected one such as uint32_t, double, char * or a " +
                           "struct defined above\n    3 |   unit8_t b;\n      |   ^~~~~~~\n");
  }
  const ProgramRun piped = run_program("layout -", "struct S { int a }");
  REQUIRE(piped.exit_code == 2);
  REQUIRE_THAT(piped.err, contains("<stdin>:1:17: error: expected ';' after 'a'\n"));
}

TEST_CASE("The mark stands below tabs, other scripts and the far end of long lines", "[cli][layout][errors]") {
  REQUIRE_THAT(run_program("layout -", "struct S { /* ä */\tint b c; };").err,
               contains("    1 | struct S { /* ä */ int b c; };\n      |                         ^\n"));
  const ProgramRun far = run_program("layout -", "struct S { /*" + std::string(1000, '-') + "*/ int 4; };");
  REQUIRE_THAT(far.err, contains(std::string(10, '-') + "*/ int 4; };\n"));
  REQUIRE_THAT(far.err, contains(std::string(60, ' ') + "^\n"));
  const ProgramRun escape = run_program("layout -", "struct S { int \x1b[2J; };");
  REQUIRE(escape.exit_code == 2);
  REQUIRE(escape.err.find('\x1b') == std::string::npos);
}

TEST_CASE("A struct too large for one ABI is told with that ABI", "[cli][layout][errors]") {
  const std::string text = "struct S { char a[0x80000000]; };";
  REQUIRE(run_program("layout -", text).exit_code == 0);
  const ProgramRun run = run_program("layout --abi all -", text);
  REQUIRE(run.exit_code == 2);
  REQUIRE_THAT(run.err, contains("<stdin>:1:17: error: with 'a' S is larger than any object can be on i386"));
}

TEST_CASE("What cannot be read is told and ends with 2", "[cli][layout][errors]") {
  const ScratchDirectory scratch;
  const std::string folder = std::filesystem::path(scratch.file("x")).parent_path().string();
  REQUIRE(run_program("layout '" + scratch.file("none.h") + "'").err ==
          scratch.file("none.h") + ": error: cannot be opened: No such file or directory\n");
  REQUIRE(run_program("layout '" + folder + "'").err == folder + ": error: is a directory; expected a file\n");
  const ProgramRun large = run_shell("head -c 300000 /dev/zero | \"$HEAPYARD\" layout -");
  REQUIRE(large.exit_code == 2);
  REQUIRE_THAT(large.err, contains("<stdin>: error: is larger than the 262144 bytes that are read"));
  REQUIRE(run_program("layout -", "").exit_code == 2);
  REQUIRE(run_program("layout -", std::string("struct S \0 { int a; };", 22)).exit_code == 2);
}

TEST_CASE("A wrong call ends with 2 and says what was expected", "[cli][usage]") {
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"", "A subcommand is required"},
      {"frobnicate", "unknown command 'frobnicate'; expected one of"},
      {"layout", "FILE is required"},
      {"layout --frobnicate x.h", "--frobnicate"},
      {"layout --abi vax x.h", "vax not in {x86_64,aarch64,i386,msvc_x64,wasm32,all}"},
      {"layout --json --svg x.h", "excludes"},
      {"layout a.h b.h", "b.h"},
      {"--color sometimes layout x.h", "sometimes not in {auto,always,never}"},
      {"completion tcsh", "tcsh not in {bash,zsh,fish}"},
  };
  for (const auto& [arguments, message] : calls) {
    const ProgramRun run = run_program(arguments);
    INFO(arguments);
    REQUIRE(run.exit_code == 2);
    REQUIRE(run.out.empty());
    REQUIRE_THAT(run.err, contains(message));
    REQUIRE_THAT(run.err, contains("heapyard: error: "));
    REQUIRE_THAT(run.err, contains("--help"));
  }
}

TEST_CASE("The program and each command have help with examples, and the program a version", "[cli][usage]") {
  const ProgramRun help = run_program("--help");
  REQUIRE(help.exit_code == 0);
  REQUIRE_THAT(help.out, contains("layout"));
  for (const char* command : {"layout", "completion"}) {
    const ProgramRun run = run_program(std::string(command) + " --help");
    REQUIRE(run.exit_code == 0);
    REQUIRE(run.err.empty());
    REQUIRE_THAT(run.out, contains("Examples:\n"));
  }
  const ProgramRun version = run_program("--version");
  REQUIRE(version.exit_code == 0);
  REQUIRE(version.out.substr(0, 9) == "heapyard ");
}

TEST_CASE("Colour is for terminals alone, and never under NO_COLOR or on a dumb terminal", "[cli][terminal]") {
  const ScratchDirectory scratch;
  const std::string call = "layout '" + scratch.write("s.h", story) + "'";
  const auto has_color = [](const ProgramRun& run) {
    REQUIRE(run.exit_code == 0);
    REQUIRE_THAT(run.out, contains("24 bytes, aligned to 8"));
    return run.out.find('\x1b') != std::string::npos;
  };
  REQUIRE_FALSE(has_color(run_program(call, "", "TERM=xterm")));
  REQUIRE(has_color(run_in_terminal(call, "TERM=xterm")));
  REQUIRE_FALSE(has_color(run_in_terminal(call, "TERM=xterm NO_COLOR=1")));
  REQUIRE_FALSE(has_color(run_in_terminal(call, "TERM=dumb")));
  REQUIRE_FALSE(has_color(run_in_terminal(call + " --color never", "TERM=xterm")));
  REQUIRE(has_color(run_program(call + " --color always", "", "TERM=xterm")));
  REQUIRE(has_color(run_program("--color always " + call, "", "TERM=xterm")));
  REQUIRE_FALSE(has_color(run_program(
      call + " --json --color always | tr -d '\\n' | grep -c . >/dev/null; \"$HEAPYARD\" " + call, "", "TERM=xterm")));
}

TEST_CASE("A reader that leaves ends the output quietly; a full disk is told", "[cli][terminal]") {
  std::string many;
  for (int i = 0; i < 4000; ++i) many += "struct { u8 a; u32 b; }\n";
  const ProgramRun left = run_shell("{ \"$HEAPYARD\" layout -; echo \"ended with $?\" >&2; } | head -n 1", many);
  REQUIRE(left.out == "struct on x86-64 Linux, macOS (LP64)\n");
  REQUIRE(left.err == "ended with 0\n");
  if (std::filesystem::exists("/dev/full")) {
    const ProgramRun full = run_shell("\"$HEAPYARD\" layout - >/dev/full", story);
    REQUIRE(full.exit_code == 2);
    REQUIRE_THAT(full.err, contains("the output cannot be written"));
  }
}

TEST_CASE("layout --svg writes one self-contained picture", "[cli][layout][svg]") {
  const ProgramRun run = run_program("layout --svg --abi all -", story);
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.out.substr(0, 5) == "<svg ");
  REQUIRE_THAT(run.out, contains("WebAssembly, wasm32 (ILP32)"));
  REQUIRE(run.out.find("<svg", 5) == std::string::npos);
}
