// What does not compile, and with which words: asked of clang.
#include "support/catch.hpp"

#include <cstdio>
#include <filesystem>
#include <string>

namespace {

/// What clang says of a function with this body; empty when nothing is wrong with it.
std::string complaint(const std::string& body) {
  const auto root = std::filesystem::path(__FILE__).parent_path() / "../../..";
  const std::string source =
      "#include \"heapyard/smart/arc.hpp\"\n#include \"heapyard/smart/box.hpp\"\n#include \"heapyard/smart/rc.hpp\"\n"
      "using namespace heapyard;\nstruct Plain {}; struct Heir : Plain {}; struct Declared;\n"
      "struct Virtual { virtual ~Virtual() = default; }; struct Child : Virtual {};\nvoid f() {\n" +
      body + "\n}\n";
  const std::string command = "printf '%s' '" + source + "' | clang++ -std=c++20 -fsyntax-only -I '" +
                              (root / "core/include").string() + "' -x c++ - 2>&1";
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (const std::size_t bytes = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, bytes);
  const bool compiles = pclose(pipe) == 0;
  REQUIRE(compiles == (output.find("error:") == std::string::npos));
  return output;
}

}  // namespace

TEST_CASE("A box that would delete through a base without a virtual destructor does not compile", "[smart][box]") {
  using heapyard::test::contains;
  const std::string sentence = "the base needs a virtual destructor.";
  REQUIRE(complaint("Box<Virtual> a = make_box<Child>(); a = make_box<Child>(); a.reset(new Child);") == "");
  REQUIRE_THAT(complaint("Box<Plain> a = make_box<Heir>();"), contains(sentence));
  REQUIRE_THAT(complaint("Box<Plain> a; a = make_box<Heir>();"), contains(sentence));
  REQUIRE_THAT(complaint("Box<Plain> a(new Heir);"), contains(sentence));
  REQUIRE_THAT(complaint("Box<Plain> a; a.reset(new Heir);"), contains(sentence));
  REQUIRE(complaint("Box<const Plain> a = make_box<Plain>(); Rc<Plain> b = make_rc<Heir>();") == "");
}

TEST_CASE("Smart pointers to what is no single, defined object are refused in a sentence", "[smart]") {
  using heapyard::test::contains;
  REQUIRE_THAT(complaint("Box<int[]> a;"), contains("A Box holds one object"));
  REQUIRE_THAT(complaint("Rc<int[3]> a;"), contains("An owner has one object"));
  REQUIRE_THAT(complaint("WeakArc<int&> a;"), contains("A watcher sees one object"));
  REQUIRE_THAT(complaint("Box<Declared> a;"), contains("not merely declared"));
}
