#include "heapyard/history/raster.hpp"

#include <algorithm>
#include <array>

namespace heapyard {
namespace {

/// Adds up the colours of each pixel's bytes, weighted by how much of the pixel they are.
class Canvas {
 public:
  Canvas(ByteRange range, std::uint32_t width, std::uint32_t height)
      : range_(range), width_(width), height_(height), sums_(std::size_t{width} * height) {}

  void paint(std::uint64_t begin, std::uint64_t end, Color color) {
    begin = std::max<std::uint64_t>(begin, range_.offset);
    end = std::min<std::uint64_t>(end, std::uint64_t{range_.offset} + range_.size);
    if (begin >= end) return;
    const double from = pixel_of(begin), to = pixel_of(end);
    const auto first = static_cast<std::size_t>(from);
    const auto last = std::min(static_cast<std::size_t>(to), sums_.size() - 1);
    for (std::size_t pixel = first; pixel <= last; ++pixel) {
      const double covered = std::min(to, static_cast<double>(pixel + 1)) - std::max(from, static_cast<double>(pixel));
      const auto weight = static_cast<float>(covered);
      sums_[pixel][0] += weight * static_cast<float>(color >> 16 & 255);
      sums_[pixel][1] += weight * static_cast<float>(color >> 8 & 255);
      sums_[pixel][2] += weight * static_cast<float>(color & 255);
      sums_[pixel][3] += weight;
    }
  }

  /// Pixels, on `paper` where there are no bytes.
  Raster develop(Color paper) const {
    Raster raster{width_, height_, {}};
    raster.pixels.reserve(sums_.size() * 4);
    for (const std::array<float, 4>& sum : sums_) {
      const float rest = std::max(0.0F, 1.0F - sum[3]);
      for (int channel = 0; channel < 3; ++channel) {
        const auto under = static_cast<float>(paper >> (16 - 8 * channel) & 255);
        const float value = sum[static_cast<std::size_t>(channel)] + rest * under;
        raster.pixels.push_back(static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F)));
      }
      raster.pixels.push_back(255);
    }
    return raster;
  }

  double pixel_of(std::uint64_t address) const {
    return static_cast<double>(address - range_.offset) * static_cast<double>(sums_.size()) /
           static_cast<double>(range_.size);
  }

 private:
  ByteRange range_;
  std::uint32_t width_, height_;
  std::vector<std::array<float, 4>> sums_;
};

void mark(Raster& raster, std::size_t first, std::size_t last, Color color) {
  const auto dot = [&](std::int64_t x, std::int64_t y) {
    if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return;
    std::uint8_t* pixel =
        &raster.pixels[(static_cast<std::size_t>(y) * raster.width + static_cast<std::size_t>(x)) * 4];
    pixel[0] = static_cast<std::uint8_t>(color >> 16);
    pixel[1] = static_cast<std::uint8_t>(color >> 8);
    pixel[2] = static_cast<std::uint8_t>(color);
  };
  for (std::size_t pixel = first; pixel <= last; ++pixel) {
    const auto x = static_cast<std::int64_t>(pixel % raster.width), y = static_cast<std::int64_t>(pixel / raster.width);
    for (std::int64_t dy = -1; dy <= 1; ++dy) {
      for (std::int64_t dx = -1; dx <= 1; ++dx) dot(x + dx, y + dy);
    }
  }
}

}  // namespace

Raster draw_raster(const History& history, ByteRange range, std::uint32_t width, std::uint32_t height,
                   const RasterColors& colors, std::span<const AllocationId> marked, HueOf hue) {
  if (range.size == 0 || width == 0 || height == 0) return {};
  Canvas canvas(range, width, height);
  std::vector<ByteRange> to_mark;
  const auto color_of = [&](AllocationId id) {
    const std::uint32_t turn = hue == HueOf::variable ? history.trace().allocation(id).name : id;
    return colors.hues[(turn + colors.hues.size() - 1) % colors.hues.size()];  // both count from 1
  };
  const std::uint64_t range_end = std::uint64_t{range.offset} + range.size;
  auto entry = history.blocks().upper_bound(range.offset);
  if (entry != history.blocks().begin()) --entry;
  for (; entry != history.blocks().end() && entry->first < range_end; ++entry) {
    const OwnedBlock& block = entry->second;
    if (block.state != BlockState::used) {
      canvas.paint(block.offset, block.end(), block.state == BlockState::free ? colors.free : colors.header);
      continue;
    }
    const Offset payload_end = block.payload_offset + block.payload_size;
    canvas.paint(block.offset, block.payload_offset, colors.header);
    canvas.paint(block.payload_offset, payload_end, color_of(block.allocation));
    canvas.paint(payload_end, block.end(), colors.padding);
    if (std::binary_search(marked.begin(), marked.end(), block.allocation))
      to_mark.push_back({block.offset, block.size});
  }
  Raster raster = canvas.develop(colors.paper);
  const std::size_t pixels = std::size_t{width} * height;
  for (const ByteRange& block : to_mark) {
    const std::uint64_t begin = std::max(block.offset, range.offset);
    const std::uint64_t end = std::min(std::uint64_t{block.offset} + block.size, range_end);
    if (begin >= end) continue;
    mark(raster, std::min(static_cast<std::size_t>(canvas.pixel_of(begin)), pixels - 1),
         std::min(static_cast<std::size_t>(canvas.pixel_of(end - 1)), pixels - 1), colors.fault);
  }
  return raster;
}

}  // namespace heapyard
