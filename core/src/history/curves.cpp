#include "heapyard/history/curves.hpp"

#include <algorithm>
#include <iterator>

namespace heapyard {

CurveWalk::CurveWalk(const Trace& trace) : trace_(trace) {
  for (const OwnedBlock& block : trace_.initial_blocks) put(block);
  look_at_largest();
}

bool CurveWalk::advance() {
  if (now_.step == trace_.steps()) return false;
  ++now_.step;
  for (const OwnedBlock& block : trace_.blocks_of(now_.step)) put(block);
  look_at_largest();
  return true;
}

/// In place of all that it overlaps, as a history does it.
void CurveWalk::put(const Block& block) {
  auto first = blocks_.upper_bound(block.offset);
  if (first != blocks_.begin() && std::prev(first)->first + std::prev(first)->second.size > block.offset) --first;
  auto last = first;
  for (; last != blocks_.end() && last->first < block.end(); ++last) count(last->second, -1U);
  const Extent extent{block.size, block.payload_size, block.state};
  blocks_.emplace_hint(blocks_.erase(first, last), block.offset, extent);
  count(extent, 1);
  if (block.state == BlockState::used) now_.touched = std::max(now_.touched, block.end());
}

void CurveWalk::look_at_largest() {
  now_.largest_free = free_sizes_.empty() ? 0 : free_sizes_.rbegin()->first;
}

/// `sign` is 1 or its negative: the sums wrap around, and back.
void CurveWalk::count(const Extent& extent, std::uint32_t sign) {
  switch (extent.state) {
    case BlockState::control: break;
    case BlockState::used:
      now_.live_bytes += sign * extent.requested;
      now_.used_bytes += sign * extent.size;
      break;
    case BlockState::free: {
      now_.total_free += sign * extent.size;
      const auto size = free_sizes_.try_emplace(extent.size).first;
      size->second += sign;
      if (size->second == 0) free_sizes_.erase(size);
    }
  }
}

CurveSampler::CurveSampler(std::uint32_t steps, std::size_t most)
    : stretch_(std::max<std::uint32_t>(1, static_cast<std::uint32_t>((steps + most - 1) / most))) {
  points_.reserve(steps / stretch_ + std::size_t{2});
}

void CurveSampler::add(const CurvePoint& point) {
  if (points_.empty() || point.step > (points_.size() - 1) * std::uint64_t{stretch_}) {
    points_.push_back(point);
    return;
  }
  CurvePoint& last = points_.back();
  if (point.live_bytes > last.live_bytes) last = point;
  last.step = point.step;
  last.touched = point.touched;
}

}  // namespace heapyard
