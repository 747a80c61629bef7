#pragma once

#include <string>
#include <string_view>

namespace heapyard {

/// What the picture of a heap needs beside `svg_style`: the forms of its bytes, the colours of now and of faults.
std::string_view heap_form_style();

/// A bar of a picture, in CSS pixels.
struct Bar {
  int begin = 0, end = 0;  ///< left and right edge
  int y = 0, height = 0;
};

/// The form of some bytes, as in `<path d>`. What goes on in the next row ends in a point, and what comes from the row
/// before begins with the notch that fits it; what ends leaves a pixel to its neighbour.
std::string bar_path(const Bar& bar, bool from_above, bool goes_on);

/// A line around a bar, open where its block goes on.
std::string outline_path(const Bar& bar, bool from_above, bool goes_on);

}  // namespace heapyard
