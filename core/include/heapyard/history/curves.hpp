#pragma once

#include "heapyard/trace/trace.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace heapyard {

/// The sums of a heap after a step, as a chart draws them over all steps. Bytes are bytes.
struct CurvePoint {
  std::uint32_t step = 0;
  std::uint32_t live_bytes = 0;    ///< requested bytes of the live blocks
  std::uint32_t used_bytes = 0;    ///< bytes of their blocks, headers and padding included
  std::uint32_t touched = 0;       ///< the greatest end of a used block so far, from the arena's first byte
  std::uint32_t total_free = 0;    ///< bytes of the free blocks
  std::uint32_t largest_free = 0;  ///< bytes of the largest free block

  /// Bytes that blocks have beyond those asked for.
  std::uint32_t internal_fragmentation() const { return used_bytes - live_bytes; }
  /// 1 - largest free / total free; 0 when nothing is free.
  double external_fragmentation() const {
    return total_free == 0 ? 0 : 1.0 - static_cast<double>(largest_free) / total_free;
  }
};

/// Goes over the steps of a trace, once and forward, and keeps the sums of its blocks. O(log blocks) for each block
/// that a step changed.
class CurveWalk {
 public:
  /// Stands at step 0. The trace must outlive the walk.
  explicit CurveWalk(const Trace& trace);

  /// Goes one step further; false at the end.
  bool advance();

  const CurvePoint& now() const { return now_; }

 private:
  struct Extent {
    std::uint32_t size = 0;
    std::uint32_t requested = 0;
    BlockState state = BlockState::free;
  };
  void put(const Block& block);
  void look_at_largest();
  void count(const Extent& extent, std::uint32_t sign);

  const Trace& trace_;
  std::map<Offset, Extent> blocks_;
  std::map<std::uint32_t, std::uint32_t> free_sizes_;  ///< how many free blocks there are of a size
  CurvePoint now_;
};

/// The curve in at most `most` + 1 points: step 0, and for each of as many equal stretches of steps the numbers of
/// where the most bytes were live in it, told at its end. Requires `most` above 0.
class CurveSampler {
 public:
  CurveSampler(std::uint32_t steps, std::size_t most);

  /// To be called with each step in turn, from 0 on.
  void add(const CurvePoint& point);

  const std::vector<CurvePoint>& points() const { return points_; }

 private:
  std::uint32_t stretch_;
  std::vector<CurvePoint> points_;
};

}  // namespace heapyard
