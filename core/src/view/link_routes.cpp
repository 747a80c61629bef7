#include "link_routes.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace heapyard {
namespace {

constexpr int least_gutter = 18;
constexpr int lane_height = 6;
constexpr int corner = 4;
constexpr std::size_t margin_lanes = 4;

/// A horizontal piece of a way, in a gutter; gutter i lies above row i.
struct Piece {
  std::size_t gutter = 0;
  int from = 0, to = 0;
  int lane = 0;
};

struct Point {
  int x = 0, y = 0;
};

/// An end of a way, at the upper or the lower edge of its row.
struct End {
  std::size_t row = 0;
  int x = 0;
  bool above = false;

  std::size_t gutter() const { return above ? row : row + 1; }
};

struct Way {
  End leave, arrive;
  Piece first, second;
  bool through_margin = false;
  int margin_x = 0;
};

class Router {
 public:
  Router(const std::vector<int>& row_heights, int right)
      : row_heights_(row_heights), right_(right), gutters_(row_heights.size() + 1), margin_(margin_lanes) {}

  Way plan(const LinkToRoute& link) {
    Way way;
    way.leave = {link.from.row, link.from.x + std::min(26, link.from.width * 3 / 4), link.to.row < link.from.row};
    way.arrive = {link.to.row, link.to.x + std::min(10, link.to.width * 3 / 10), link.to.row > link.from.row};
    const std::size_t leaving = way.leave.gutter(), arriving = way.arrive.gutter();
    if (leaving == arriving) {
      way.first = take(leaving, way.leave.x, way.arrive.x);
      return way;
    }
    way.through_margin = true;
    way.margin_x = right_ + lane_height * margin_lane(std::min(leaving, arriving), std::max(leaving, arriving));
    way.first = take(leaving, way.leave.x, way.margin_x);
    way.second = take(arriving, way.margin_x, way.arrive.x);
    return way;
  }

  /// Once all ways are planned: where the rows stand.
  void place_rows(LinkRoutes& routes) {
    first_lanes_.clear();
    for (std::size_t gutter = 0; gutter < gutters_.size(); ++gutter) {
      int lanes = 0;
      for (const Piece& piece : gutters_[gutter]) lanes = std::max(lanes, piece.lane + 1);
      const int height = std::max(least_gutter, lane_height * lanes + 6);
      first_lanes_.push_back(routes.height + (height - lane_height * std::max(0, lanes - 1)) / 2);
      routes.height += height;
      if (gutter == row_heights_.size()) break;
      routes.y.push_back(routes.height);
      routes.height += row_heights_[gutter];
    }
  }

  std::string path(const Way& way, const LinkRoutes& routes) const {
    const auto edge = [&](const End& end) { return routes.y[end.row] + (end.above ? -1 : row_heights_[end.row] + 1); };
    const auto lane = [this](const Piece& piece) { return first_lanes_[piece.gutter] + lane_height * piece.lane; };
    std::vector<Point> points = {{way.leave.x, edge(way.leave)}, {way.leave.x, lane(way.first)}};
    if (way.through_margin) {
      points.push_back({way.margin_x, lane(way.first)});
      points.push_back({way.margin_x, lane(way.second)});
    }
    points.push_back({way.arrive.x, lane(way.through_margin ? way.second : way.first)});
    points.push_back({way.arrive.x, edge(way.arrive)});
    return rounded(points);
  }

 private:
  Piece take(std::size_t gutter, int a, int b) {
    Piece piece{gutter, std::min(a, b) - 4, std::max(a, b) + 4, 0};
    std::vector<Piece>& taken = gutters_[gutter];
    const auto collides = [&piece](const Piece& other) {
      return other.lane == piece.lane && other.from < piece.to && piece.from < other.to;
    };
    while (std::any_of(taken.begin(), taken.end(), collides)) ++piece.lane;
    taken.push_back(piece);
    return piece;
  }

  int margin_lane(std::size_t from, std::size_t to) {
    std::size_t lane = 0;
    const auto collides = [&](const auto& other) { return other.first < to && from < other.second; };
    while (lane + 1 < margin_.size() && std::any_of(margin_[lane].begin(), margin_[lane].end(), collides)) ++lane;
    margin_[lane].emplace_back(from, to);
    return static_cast<int>(lane);
  }

  /// Right angles with soft corners.
  static std::string rounded(const std::vector<Point>& points) {
    std::string path = fmt::format("M{} {}", points[0].x, points[0].y);
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const Point at = points[i], before = towards(at, points[i - 1]), after = towards(at, points[i + 1]);
      path += fmt::format("L{} {}Q{} {} {} {}", before.x, before.y, at.x, at.y, after.x, after.y);
    }
    return path + fmt::format("L{} {}", points.back().x, points.back().y);
  }
  static Point towards(Point from, Point to) {
    const auto step = [](int distance) {
      return std::clamp(distance, -std::min(corner, std::abs(distance) / 2), std::min(corner, std::abs(distance) / 2));
    };
    return {from.x + step(to.x - from.x), from.y + step(to.y - from.y)};
  }

  const std::vector<int>& row_heights_;
  int right_;
  std::vector<std::vector<Piece>> gutters_;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> margin_;
  std::vector<int> first_lanes_;
};

}  // namespace

LinkRoutes route_links(const std::vector<int>& row_heights, const std::vector<LinkToRoute>& links, int right) {
  Router router(row_heights, right);
  std::vector<Way> ways;
  for (const LinkToRoute& link : links) ways.push_back(router.plan(link));
  LinkRoutes routes;
  router.place_rows(routes);
  for (const Way& way : ways) routes.paths.push_back(router.path(way, routes));
  return routes;
}

}  // namespace heapyard
