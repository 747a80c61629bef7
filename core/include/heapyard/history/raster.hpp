#pragma once

#include "heapyard/history/history.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace heapyard {

/// A colour as 0xRRGGBB.
using Color = std::uint32_t;

struct RasterColors {
  Color paper = 0, header = 0, padding = 0, free = 0, fault = 0;
  std::span<const Color> hues;  ///< of payloads: an allocation keeps its hue for life; at least one
};

/// What a payload takes its hue from: heaps side by side have their allocations in common only by the variable's name.
enum class HueOf : std::uint8_t { allocation, variable };

/// A picture as RGBA bytes, rows from the top.
struct Raster {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Draws `range` of the arena as it is now into width × height pixels, addresses growing to the right, then down. A
/// pixel mixes the colours of the bytes it stands for, by their number. Blocks in `marked` (allocations, ascending) are
/// drawn over them in the fault colour, three pixels wide and high at the least, so that one among a million is seen.
/// O(blocks in range + pixels).
Raster draw_raster(const History& history, ByteRange range, std::uint32_t width, std::uint32_t height,
                   const RasterColors& colors, std::span<const AllocationId> marked, HueOf hue = HueOf::allocation);

}  // namespace heapyard
