#pragma once

#include "heapyard/history/raster.hpp"

namespace heapyard {

/// The colours of a large heap map, light or dark: the same as those of the SVG's style and the page's tokens.
const RasterColors& raster_colors(bool dark);

}  // namespace heapyard
