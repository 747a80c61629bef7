#include "heapyard/base/decimal.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/seed.hpp"

#include <cstdio>
#include <cstring>

namespace {

std::string of_printf(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

}  // namespace

TEST_CASE("A decimal is what printf's %g makes of it", "[decimal]") {
  for (const double value : {0.0,
                             -0.0,
                             1.0,
                             -2.5,
                             0.1,
                             1.0 / 3,
                             100000.0,
                             999999.0,
                             1000000.0,
                             999999.5,
                             999998.5,
                             1234565.0,
                             1234575.0,
                             0.0001,
                             0.00001,
                             0.000099999949,
                             1e100,
                             1.5e-7,
                             123456.5,
                             123455.5,
                             5e-324,
                             2.2250738585072014e-308,
                             1.7976931348623157e308,
                             1e22,
                             1e23,
                             0.5,
                             65536.0,
                             3.14159265}) {
    CAPTURE(value);
    REQUIRE(heapyard::decimal(value) == of_printf(value));
  }
  const double infinite = 1e308 * 10;
  REQUIRE(heapyard::decimal(infinite) == "inf");
  REQUIRE(heapyard::decimal(-infinite) == "-inf");
  REQUIRE(heapyard::decimal(std::nan("")) == "nan");
}

TEST_CASE("A decimal of any 64 bits is what printf's %g makes of them", "[decimal]") {
  const std::uint64_t seed = heapyard::test::fresh_seed();
  CAPTURE(seed);
  heapyard::Random random(seed);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t bits = random.next();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    CAPTURE(bits);
    if (!std::isnan(value)) REQUIRE(heapyard::decimal(value) == of_printf(value));
    const double small = static_cast<double>(bits % 2'000'000) / 16 - 60'000;
    CAPTURE(small);
    REQUIRE(heapyard::decimal(small) == of_printf(small));
  }
}
