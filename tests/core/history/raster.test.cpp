#include "heapyard/history/raster.hpp"

#include "heapyard/lab/lab.hpp"

#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <span>

using namespace heapyard;

namespace {

constexpr std::array<Color, 3> hues = {0x110000, 0x220000, 0x330000};
constexpr RasterColors colors{0x000001, 0x000002, 0x000003, 0x000004, 0xff0000, hues};

/// The colour of one byte.
Color color_at(const History& history, Offset offset, HueOf hue) {
  const Raster raster = draw_raster(history, {offset, 1}, 1, 1, colors, {}, hue);
  REQUIRE(raster.pixels.size() == 4);
  return static_cast<Color>(raster.pixels[0] << 16 | raster.pixels[1] << 8 | raster.pixels[2]);
}

}  // namespace

TEST_CASE("A raster gives the first allocation the first hue, and each its own", "[raster]") {
  Lab lab = Lab::run("a = malloc 40\nb = malloc 40\nfree a\nb = malloc 40\n", "free-list", 4096);
  History& history = lab.history();
  history.seek(2);
  const Offset a = history.trace().allocation(1).payload, b = history.trace().allocation(2).payload;
  CHECK(color_at(history, a, HueOf::allocation) == hues[0]);
  CHECK(color_at(history, b, HueOf::allocation) == hues[1]);
  CHECK(color_at(history, a - 1, HueOf::allocation) == colors.header);
  history.seek(3);
  CHECK(color_at(history, a, HueOf::allocation) == colors.free);
}

TEST_CASE("By variable, heaps that have served unlike many allocations show one name in one hue", "[raster]") {
  const char* const text = "a = malloc 3000\nb = malloc 40\nc = malloc 40\n";
  for (const char* allocator : {"pool:64", "free-list"}) {
    CAPTURE(allocator);
    Lab lab = Lab::run(text, allocator, 8192);
    History& history = lab.history();
    history.seek(3);
    for (const Allocation& allocation : history.trace().allocations) {
      if (history.trace().names[allocation.name] == "c")
        CHECK(color_at(history, allocation.payload, HueOf::variable) == hues[2]);
    }
  }
}
