#include "heapyard/history/history.hpp"

#include "heapyard/history/snapshot.hpp"

#include <algorithm>
#include <utility>

namespace heapyard {
namespace {

/// Bytes of an arena that are copied in the time that one step takes to apply: weighs a checkpoint against steps.
constexpr std::uint64_t bytes_per_step = 256;
/// A checkpoint is worth its memory once the steps since the last one changed this many times what it holds.
constexpr std::uint64_t changes_per_checkpoint = 8;

bool overlap(ByteRange a, ByteRange b) {
  return a.offset < std::uint64_t{b.offset} + b.size && b.offset < std::uint64_t{a.offset} + a.size;
}
ByteRange range_of(const Block& block) {
  return {block.offset, block.size};
}

}  // namespace

History::History(Trace trace) : History(std::move(trace), Unread{}) {
  read(steps());
}

History::History(Trace trace, Unread) : trace_(std::move(trace)) {
  bytes_ = std::move(trace_.initial_bytes);
  for (const OwnedBlock& block : trace_.initial_blocks) blocks_.emplace_hint(blocks_.end(), block.offset, block);
  live_bytes_.reserve(steps() + std::size_t{1});
  high_water_.reserve(steps() + std::size_t{1});
  removed_ends_.reserve(steps());
  live_bytes_.push_back(0);
  high_water_.push_back(0);
  add_checkpoint();
}

bool History::read(std::size_t most) {
  for (; now_ < steps() && most > 0; --most) {
    record_step();
    changed_since_checkpoint_ +=
        2 + trace_.patches_of(now_).size() + trace_.blocks_of(now_).size() + removed_by(now_).size();
    if (changed_since_checkpoint_ > changes_per_checkpoint * (blocks_.size() + bytes_.size() / bytes_per_step + 64)) {
      add_checkpoint();
      changed_since_checkpoint_ = 0;
    }
  }
  return now_ == steps();
}

std::span<const OwnedBlock> History::removed_by(std::uint32_t step) const {
  const std::uint32_t begin = step == 1 ? 0 : removed_ends_[step - 2];
  return {removed_.data() + begin, removed_ends_[step - 1] - begin};
}

/// Applies the step after `now_` for the first time, and learns what it replaces.
void History::record_step() {
  ++now_;
  for (const OwnedBlock& block : trace_.blocks_of(now_)) {
    auto first = blocks_.upper_bound(block.offset);
    if (first != blocks_.begin() && std::prev(first)->second.end() > block.offset) --first;
    auto last = first;
    for (; last != blocks_.end() && last->first < block.end(); ++last) removed_.push_back(last->second);
    blocks_.emplace_hint(blocks_.erase(first, last), block.offset, block);
  }
  removed_ends_.push_back(static_cast<std::uint32_t>(removed_.size()));
  apply_patches(now_);
  count(now_, 1);
  const auto live = static_cast<std::uint32_t>(counters_.live_bytes);
  live_bytes_.push_back(live);
  high_water_.push_back(std::max(high_water_.back(), live));
}

bool History::forward() {
  if (now_ == steps()) return false;
  ++now_;
  for (const OwnedBlock& block : removed_by(now_)) blocks_.erase(block.offset);
  for (const OwnedBlock& block : trace_.blocks_of(now_)) blocks_.emplace(block.offset, block);
  apply_patches(now_);
  count(now_, 1);
  return true;
}

bool History::back() {
  if (now_ == 0) return false;
  for (const OwnedBlock& block : trace_.blocks_of(now_)) blocks_.erase(block.offset);
  for (const OwnedBlock& block : removed_by(now_)) blocks_.emplace(block.offset, block);
  apply_patches(now_);
  count(now_, -1);
  --now_;
  return true;
}

/// Forward and back alike: a patch is an exclusive or.
void History::apply_patches(std::uint32_t step) {
  const std::span<const Patch> patches = trace_.patches_of(step);
  if (patches.empty()) return;
  // As integers: the operators of `std::byte` are calls where code is compiled for size.
  const auto* from = reinterpret_cast<const std::uint8_t*>(trace_.patch_bytes_of(step));
  for (const Patch& patch : patches) {
    auto* const to = reinterpret_cast<std::uint8_t*>(bytes_.data() + patch.offset());
    if (patch.is_run()) {
      for (std::uint32_t i = 0; i < patch.size(); ++i) to[i] ^= *from;
    } else {
      for (std::uint32_t i = 0; i < patch.size(); ++i) to[i] ^= from[i];
    }
    from += patch.kept();
  }
}

void History::count(std::uint32_t step, int sign) {
  const Event& event = trace_.event(step);
  if (event.failed()) counters_.failed += sign;
  const bool resizes = event.kind == EventKind::realloc && event.before != 0;
  if (event.allocates() && event.error == AllocError::none && !resizes) counters_.allocations += sign;
  if (event.releases() && event.fault == FaultKind::none && event.address != 0) counters_.deallocations += sign;
  for (const OwnedBlock& block : trace_.blocks_of(step)) {
    counters_.live_blocks += block.state == BlockState::used ? sign : 0;
    counters_.live_bytes += sign * std::int64_t{block.payload_size};
  }
  for (const OwnedBlock& block : removed_by(step)) {
    if (event.kind == EventKind::release && block.state == BlockState::used) counters_.deallocations += sign;
    counters_.live_blocks -= block.state == BlockState::used ? sign : 0;
    counters_.live_bytes -= sign * std::int64_t{block.payload_size};
  }
}

void History::add_checkpoint() {
  Checkpoint checkpoint;
  checkpoint.step = now_;
  checkpoint.blocks.reserve(blocks_.size());
  for (const auto& [offset, block] : blocks_) checkpoint.blocks.push_back(block);
  checkpoint.bytes = pack(bytes_);
  checkpoint.counters = counters_;
  checkpoints_.push_back(std::move(checkpoint));
}

void History::restore(const Checkpoint& checkpoint) {
  blocks_.clear();
  for (const OwnedBlock& block : checkpoint.blocks) blocks_.emplace_hint(blocks_.end(), block.offset, block);
  unpack(checkpoint.bytes, bytes_);
  counters_ = checkpoint.counters;
  now_ = checkpoint.step;
}

const History::Checkpoint* History::nearest_checkpoint(std::uint32_t step) const {
  const auto distance = [step](std::uint32_t from) -> std::uint64_t { return from > step ? from - step : step - from; };
  const Checkpoint* best = nullptr;
  std::uint64_t best_cost = distance(now_);
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), step,
                                      [](std::uint32_t wanted, const Checkpoint& c) { return wanted < c.step; });
  const auto consider = [&](const Checkpoint& checkpoint) {
    const std::uint64_t cost = distance(checkpoint.step) + checkpoint.blocks.size() + bytes_.size() / bytes_per_step;
    if (cost < best_cost) {
      best = &checkpoint;
      best_cost = cost;
    }
  };
  if (after != checkpoints_.begin()) consider(*std::prev(after));
  if (after != checkpoints_.end()) consider(*after);
  return best;
}

void History::seek(std::uint32_t step) {
  step = std::min(step, steps());
  if (const Checkpoint* checkpoint = nearest_checkpoint(step)) restore(*checkpoint);
  while (now_ < step) forward();
  while (now_ > step) back();
}

const OwnedBlock* History::block_at(Offset offset) const {
  const auto after = blocks_.upper_bound(offset);
  if (after == blocks_.begin()) return nullptr;
  const OwnedBlock& block = std::prev(after)->second;
  return offset < block.end() ? &block : nullptr;
}

std::vector<ByteRange> History::changed() const {
  std::vector<ByteRange> ranges;
  const auto add = [&ranges](Offset offset, std::uint32_t size) {
    if (!ranges.empty() && ranges.back().offset + ranges.back().size == offset) {
      ranges.back().size += size;
    } else {
      ranges.push_back({offset, size});
    }
  };
  if (now_ == 0 || trace_.patches_of(now_).empty()) return ranges;
  const std::byte* difference = trace_.patch_bytes_of(now_);
  for (const Patch& patch : trace_.patches_of(now_)) {
    if (patch.is_run()) add(patch.offset(), patch.size());
    // A patch spans small gaps of bytes that stayed as they were.
    for (std::uint32_t i = 0; !patch.is_run() && i < patch.size(); ++i) {
      if (difference[i] != std::byte{0}) add(patch.offset() + i, 1);
    }
    difference += patch.kept();
  }
  return ranges;
}

Statistics History::statistics() const {
  Statistics statistics;
  statistics.allocations = static_cast<std::uint64_t>(counters_.allocations);
  statistics.deallocations = static_cast<std::uint64_t>(counters_.deallocations);
  statistics.failed_allocations = static_cast<std::uint64_t>(counters_.failed);
  statistics.live_blocks = static_cast<std::uint64_t>(counters_.live_blocks);
  statistics.live_bytes = live_bytes_[now_];
  statistics.high_water_mark = high_water_[now_];
  for (const auto& [offset, block] : blocks_) {
    if (block.state == BlockState::used) statistics.internal_fragmentation += block.size - block.payload_size;
    if (block.state != BlockState::free) continue;
    statistics.total_free += block.size;
    statistics.largest_free = std::max<std::uint64_t>(statistics.largest_free, block.size);
  }
  if (statistics.total_free > 0)
    statistics.external_fragmentation =
        1 - static_cast<double>(statistics.largest_free) / static_cast<double>(statistics.total_free);
  return statistics;
}

const OwnedBlock* History::released_by(std::uint32_t step) const {
  const Event& event = trace_.event(step);
  if (event.address == 0 || event.fault != FaultKind::none || event.error != AllocError::none) return nullptr;
  if (!event.releases() && event.kind != EventKind::realloc) return nullptr;
  for (const OwnedBlock& block : removed_by(step)) {
    if (block.state == BlockState::used && block.payload_offset == event.address) return &block;
  }
  return nullptr;
}

const OwnedBlock* History::made_by(std::uint32_t step) const {
  const Event& event = trace_.event(step);
  if (event.payload == 0) return nullptr;
  for (const OwnedBlock& block : trace_.blocks_of(step)) {
    if (block.state == BlockState::used && block.payload_offset == event.payload) return &block;
  }
  return nullptr;
}

std::vector<Episode> History::biography(ByteRange range) const {
  std::vector<Episode> episodes;
  const auto add = [&](std::uint32_t step, EpisodeKind kind, ByteRange bytes) {
    if (overlap(bytes, range)) episodes.push_back({step, kind, bytes});
  };
  for (std::uint32_t step = 1; step <= steps(); ++step) {
    const Event& event = trace_.event(step);
    if (event.fault != FaultKind::none) {
      add(step, EpisodeKind::refused, {event.address, 1});
      continue;
    }
    switch (event.kind) {
      case EventKind::read:
      case EventKind::write:
        add(step, event.kind == EventKind::read ? EpisodeKind::read : EpisodeKind::written,
            {event.address + static_cast<Offset>(event.offset), static_cast<std::uint32_t>(event.size)});
        break;
      case EventKind::poke:
        add(step, EpisodeKind::poked, {event.address, static_cast<std::uint32_t>(event.size)});
        break;
      case EventKind::release:
        for (const OwnedBlock& block : removed_by(step)) {
          if (block.state == BlockState::used) add(step, EpisodeKind::freed, range_of(block));
        }
        break;
      default: {
        const OwnedBlock* before = released_by(step);
        const OwnedBlock* after = made_by(step);
        const bool stayed = before != nullptr && after != nullptr && before->offset == after->offset;
        if (stayed) {
          add(step, EpisodeKind::resized, {before->offset, std::max(before->size, after->size)});
          break;
        }
        if (before != nullptr)
          add(step, after != nullptr ? EpisodeKind::moved_away : EpisodeKind::freed, range_of(*before));
        if (after != nullptr)
          add(step, before != nullptr ? EpisodeKind::moved_in : EpisodeKind::allocated, range_of(*after));
      }
    }
  }
  return episodes;
}

}  // namespace heapyard
