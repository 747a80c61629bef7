#include "heapyard/say/say.hpp"

#include "support/catch.hpp"

using namespace heapyard;

namespace {

/// English again, whatever happens.
struct Words {
  explicit Words(std::string catalog) { set_words(std::move(catalog)); }
  ~Words() { set_words({}); }
};

}  // namespace

TEST_CASE("Without a catalog all is said in English", "[say]") {
  REQUIRE(say("{} of {} bytes", 3, 40) == "3 of 40 bytes");
  REQUIRE(say("nothing") == "nothing");
}

TEST_CASE("A catalog's words are said, its places filled by number", "[say]") {
  // FNV-1a of "{} of {}", of "foobar" and of "a".
  const Words german("33d1948e von {1} sind {0} da\nbf9cf968 ein Wort\ne40c292c ein\n");
  REQUIRE(say("a") == "ein");
  REQUIRE(say("foobar") == "ein Wort");
  REQUIRE(say("{} of {}", 3, 40) == "von 40 sind 3 da");
}

TEST_CASE("What a catalog does not have is said in English", "[say]") {
  const Words german("bf9cf968 ein Wort\n");
  REQUIRE(say("a") == "a");
  REQUIRE(say("{} bytes", 8) == "8 bytes");
}

TEST_CASE("Lines that are none are passed over", "[say]") {
  const Words damaged("\nbf9cf968\nbf9cf968 \ne40c292c ein\nffffffff without an end");
  REQUIRE(say("a") == "ein");
  REQUIRE(say("foobar") == "");
}
