#include "support/catch.hpp"
#include "support/struct_check.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace heapyard;

TEST_CASE("Every struct text of the corpus is read as its name says, and all that is laid out is sound",
          "[record][corpus]") {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HEAPYARD_CORPUS_DIR "/struct")) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const bool expected_bad = name.rfind("bad-", 0) == 0;
    REQUIRE(parse_structs(text).problem.has_value() == expected_bad);
    REQUIRE(test::wrong_in_struct_text(text).empty());
    ++(expected_bad ? bad : good);
  }
  REQUIRE(good > 0);
  REQUIRE(bad > 0);
}
