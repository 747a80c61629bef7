#include "support/catch.hpp"

#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

// Natively this is {fmt}, as WebAssembly what the modules have in its place (wasm/small): both say the same.
TEST_CASE("Text is formatted the same with {fmt} and without", "[format]") {
  const std::string text = "text", empty;
  const std::string_view view = std::string_view("a view of it").substr(2, 4);
  const char* const words = "words";
  CHECK(fmt::format("") == "");
  CHECK(fmt::format("{}", text) == "text");
  CHECK(fmt::format("{}{}{}|{}", text, view, words, "literal") == "textviewwords|literal");
  CHECK(fmt::format("{} {} {}", 'c', true, false) == "c true false");
  CHECK(fmt::format("[{}]", empty) == "[]");
  CHECK(fmt::format("{{{}}} }}{{", 1) == "{1} }{");

  CHECK(fmt::format("{} {} {}", 0, -1, 12345u) == "0 -1 12345");
  CHECK(fmt::format("{}", static_cast<unsigned char>(200)) == "200");
  CHECK(fmt::format("{} {}", std::numeric_limits<int>::min(), std::numeric_limits<unsigned>::max()) ==
        "-2147483648 4294967295");
  CHECK(fmt::format("{} {}", std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::uint64_t>::max()) ==
        "-9223372036854775808 18446744073709551615");
  CHECK(fmt::format("{} {}", long{-7}, std::size_t{7}) == "-7 7");

  CHECK(fmt::format("\\x{:02x} \\x{:02x} {:02x}", 7, 0xab, 0xabc) == "\\x07 \\xab abc");
  CHECK(fmt::format("0x{:0{}x}|", 0x20u, 5) == "0x00020|");
  CHECK(fmt::format("0x{:0{}x}|", std::uint64_t{0xfedcba9876543210}, 3) == "0xfedcba9876543210|");
}

TEST_CASE("Text is padded the same with {fmt} and without", "[format]") {
  const std::size_t wide = 6;
  CHECK(fmt::format("{:{}}|", "", 4) == "    |");
  CHECK(fmt::format("{:{}}|{:{}}|", "ab", wide, 12, wide) == "ab    |    12|");
  CHECK(fmt::format("{:<{}}|{:<{}}|", std::string("ab"), wide, 12, wide) == "ab    |12    |");
  CHECK(fmt::format("{:>{}}|{:>5}|{:>5}|", "ab", wide, std::string_view("abc"), -3) == "    ab|  abc|   -3|");
  CHECK(fmt::format("{:>{}}|{:12}|", "abcdefgh", wide, 3) == "abcdefgh|           3|");
  CHECK(fmt::format("{:<{}}|", "é…", wide) == "é…    |");
}

TEST_CASE("Positions, joined words and text that goes on are the same with {fmt} and without", "[format]") {
  CHECK(fmt::format("M{0} {1}H{2}V{3}H{0}", 1, 2, 3, 4) == "M1 2H3V4H1");
  CHECK(fmt::format("l{0} {1}l-{0} {1}", 5, 6) == "l5 6l-5 6");
  const std::vector<std::string_view> words{"one", "two", "three"};
  CHECK(fmt::format("there are {}.", fmt::join(words, ", ")) == "there are one, two, three.");
  CHECK(fmt::format("{}", fmt::join(std::vector<std::string_view>(), ", ")) == "");
  std::string text = "begun";
  fmt::format_to(std::back_inserter(text), ", {} {}", "gone on", 2);
  fmt::format_to(std::back_inserter(text), "\n");
  CHECK(text == "begun, gone on 2\n");
}
