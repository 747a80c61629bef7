#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace heapyard {

/// Where a link of a free list begins or ends: a block's first bar. CSS pixels.
struct LinkAnchor {
  std::size_t row = 0;
  int x = 0, width = 0;
};
struct LinkToRoute {
  LinkAnchor from, to;
};

/// The ways of links, and the rows where they then stand.
struct LinkRoutes {
  std::vector<int> y;              ///< the upper edge of each row
  int height = 0;                  ///< of all rows and gutters
  std::vector<std::string> paths;  ///< as in `<path d>`, in the order of the links
};

/// Routes links through the gutters above and below rows, and through a margin that begins at `right`: never over a
/// row. Pieces that would overlap get lanes of their own, and a gutter is as high as its lanes need. O(links²) at the
/// worst.
LinkRoutes route_links(const std::vector<int>& row_heights, const std::vector<LinkToRoute>& links, int right);

}  // namespace heapyard
