#include "heapyard/base/align.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/seed.hpp"

using namespace heapyard;

TEST_CASE("Powers of two are told from all other numbers", "[base]") {
  CHECK_FALSE(is_power_of_two(0));
  CHECK_FALSE(is_power_of_two(3));
  CHECK_FALSE(is_power_of_two(~std::uint64_t{0}));
  for (int bit = 0; bit < 64; ++bit) CHECK(is_power_of_two(std::uint64_t{1} << bit));
}

TEST_CASE("Aligning finds the nearest multiples below and above", "[base]") {
  CHECK(align_up(0, 16) == 0);
  CHECK(align_up(1, 16) == 16);
  CHECK(align_up(16, 16) == 16);
  CHECK(align_down(31, 16) == 16);
  CHECK(align_down(15, 16) == 0);
  static_assert(align_up(5, 4) == 8 && align_down(5, 4) == 4);

  Random random(test::fresh_seed());
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t alignment = std::uint64_t{1} << random.below(32);
    const std::uint64_t value = random.below(std::uint64_t{1} << 62);
    CAPTURE(value, alignment);
    const std::uint64_t up = align_up(value, alignment), down = align_down(value, alignment);
    REQUIRE(up % alignment == 0);
    REQUIRE(down % alignment == 0);
    REQUIRE((up >= value && up - value < alignment));
    REQUIRE((down <= value && value - down < alignment));
  }
}
