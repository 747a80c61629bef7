#include "heapyard/record/abi.hpp"

#include "support/catch.hpp"

using namespace heapyard;

TEST_CASE("The five ABIs are listed once each, with titles and sources, x86_64 first", "[record][abi]") {
  std::vector<std::string_view> names;
  for (const Abi& abi : abis()) {
    names.push_back(abi.name);
    REQUIRE_FALSE(abi.title.empty());
    REQUIRE_FALSE(abi.source.empty());
    REQUIRE(find_abi(abi.name) == &abi);
  }
  REQUIRE(names == std::vector<std::string_view>{"x86_64", "aarch64", "i386", "msvc_x64", "wasm32"});
  REQUIRE(find_abi("x86-64") == nullptr);
  REQUIRE(find_abi("") == nullptr);
}

TEST_CASE("The ABIs differ where data models do", "[record][abi]") {
  const auto size = [](const char* abi, Scalar scalar) { return find_abi(abi)->of(scalar).size(); };
  const auto alignment = [](const char* abi, Scalar scalar) { return find_abi(abi)->of(scalar).alignment(); };
  REQUIRE(size("x86_64", Scalar::long_integer) == 8);
  REQUIRE(size("msvc_x64", Scalar::long_integer) == 4);
  REQUIRE(size("wasm32", Scalar::pointer) == 4);
  REQUIRE(size("msvc_x64", Scalar::wide_char) == 2);
  REQUIRE(size("i386", Scalar::long_double_float) == 12);
  REQUIRE(alignment("i386", Scalar::long_double_float) == 4);
  REQUIRE(alignment("i386", Scalar::double_float) == 4);
  REQUIRE(alignment("wasm32", Scalar::double_float) == 8);
  REQUIRE(size("wasm32", Scalar::long_double_float) == 16);
}

TEST_CASE("Every scalar's size is a multiple of its alignment, as arrays need it", "[record][abi]") {
  for (const Abi& abi : abis()) {
    for (const Layout& scalar : abi.scalars) REQUIRE(scalar.size() % scalar.alignment() == 0);
  }
}
