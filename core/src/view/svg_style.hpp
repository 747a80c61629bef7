#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heapyard {

/// Hues that members and blocks take in turn: classes `hue-0` … of `svg_style`.
inline constexpr std::size_t svg_hues = 6;

/// The look of every picture that is exported: a `<style>` element, light and dark, and the patterns of the forms
/// (class `padding` is hatched). Text on a hue keeps a contrast of 4.5:1.
std::string_view svg_style();

/// `text` with the characters escaped that XML keeps for itself, and control characters but line breaks left out.
std::string svg_escaped(std::string_view text);

}  // namespace heapyard
