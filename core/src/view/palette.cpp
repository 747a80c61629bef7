#include "heapyard/view/palette.hpp"

namespace heapyard {
namespace {

constexpr Color light_hues[] = {0x0072b2, 0x00775a, 0xa34a88, 0x5e6e00, 0x5a55ab, 0x2a7384};
constexpr Color dark_hues[] = {0x4aa8e0, 0x2fc196, 0xd987bf, 0xb9c95e, 0xa5a0f0, 0x6cc6d8};

}  // namespace

const RasterColors& raster_colors(bool dark) {
  static const RasterColors light{0xfbfaf7, 0x394458, 0x8a94a5, 0xe6e8ec, 0xb42318, light_hues};
  static const RasterColors night{0x11141a, 0xb9c3d4, 0x6d7788, 0x232934, 0xff8a7a, dark_hues};
  return dark ? night : light;
}

}  // namespace heapyard
