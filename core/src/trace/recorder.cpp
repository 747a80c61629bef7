#include "heapyard/trace/recorder.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace heapyard {
namespace {

/// Equal bytes between two differences that are cheaper to keep inside one patch than to split at.
constexpr std::uint32_t worth_a_gap = sizeof(Patch);
/// Equal differences in a row that are worth a run of their own.
constexpr std::uint32_t worth_a_run = sizeof(Patch) + 8;

// Bytes are compared as integers: the operators of `std::byte` are calls where code is compiled for size.
using Bytes = const std::uint8_t*;

Bytes integers(const std::byte* bytes) {
  return reinterpret_cast<Bytes>(bytes);
}

std::uint64_t word_difference(Bytes a, Bytes b) {
  std::uint64_t left, right;
  std::memcpy(&left, a, sizeof left);
  std::memcpy(&right, b, sizeof right);
  return left ^ right;
}

/// Where the stretch of differences equal to `value`, which begins at `at`, ends.
Offset end_of_run(Bytes a, Bytes b, Offset at, Offset end, std::uint8_t value) {
  const std::uint64_t repeated = 0x0101010101010101 * std::uint64_t{value};
  while (end - at >= 8 && word_difference(a + at, b + at) == repeated) at += 8;
  while (at < end && (a[at] ^ b[at]) == value) ++at;
  return at;
}

}  // namespace

void Recorder::start(const std::byte* live, std::uint32_t size) {
  live_ = live;
  written_.clear();
  trace_.arena_size = size;
  if (size > byte_budget_ / 2) {
    drop_bytes();
  } else {
    last_.assign(live, live + size);
    trace_.initial_bytes = last_;
  }
  // In address order, in which most of them come.
  for (const OwnedBlock& each : reported_) {
    std::vector<OwnedBlock>& blocks = trace_.initial_blocks;
    auto behind = blocks.end();
    while (behind != blocks.begin() && std::prev(behind)->offset > each.offset) --behind;
    blocks.insert(behind, each);
  }
  reported_.clear();
}

void Recorder::wrote(Offset offset, std::uint32_t size) {
  if (size == 0 || !trace_.keeps_bytes) return;
  if (!written_.empty() && written_.back().begin <= offset && offset <= written_.back().end) {
    written_.back().end = std::max(written_.back().end, offset + size);
  } else {
    written_.push_back({offset, offset + size});
  }
}

std::vector<Damage> Recorder::take_damage() {
  return std::exchange(damage_, {});
}

void Recorder::finish(const Event& event) {
  trace_.events.push_back(event);
  for (auto block = reported_.begin(); block != reported_.end(); ++block) {
    // A later report of the same bytes is the one that holds: what a step keeps overlaps nowhere.
    const bool replaced = std::any_of(block + 1, reported_.end(), [&](const OwnedBlock& later) {
      return later.offset < block->end() && block->offset < later.end();
    });
    if (replaced) continue;
    if (block->state == BlockState::used && block->payload_offset == event.payload)
      block->allocation = event.allocation;
    trace_.blocks.push_back(*block);
  }
  reported_.clear();
  trace_.ends.emplace_back();
  end_step();
}

void Recorder::amend() {
  if (!trace_.keeps_bytes) return;
  // Its differences are taken back, and kept anew together with what was written since.
  const std::uint32_t step = trace_.steps();
  const std::byte* difference = trace_.patch_bytes_of(step);
  for (const Patch& patch : trace_.patches_of(step)) {
    for (std::uint32_t i = 0; i < patch.size(); ++i) last_[patch.offset() + i] ^= difference[patch.is_run() ? 0 : i];
    difference += patch.kept();
    wrote(patch.offset(), patch.size());
  }
  const Trace::Ends before = step == 1 ? Trace::Ends{} : trace_.ends[step - 2];
  while (trace_.patches.size() > before.patches) trace_.patches.pop_back();
  trace_.patch_bytes.resize(before.patch_bytes);
  end_step();
}

void Recorder::end_step() {
  keep_differences();
  trace_.ends.back() = {static_cast<std::uint32_t>(trace_.patches.size()),
                        static_cast<std::uint32_t>(trace_.patch_bytes.size()),
                        static_cast<std::uint32_t>(trace_.blocks.size())};
}

void Recorder::keep_differences() {
  if (!trace_.keeps_bytes) return;
  const auto earlier = [](const Range& a, const Range& b) { return a.begin < b.begin; };
  if (!std::is_sorted(written_.begin(), written_.end(), earlier)) {
    // `std::sort` would be a kilobyte more of each module of the page, for a list that is short and mostly in order.
    std::make_heap(written_.begin(), written_.end(), earlier);
    std::sort_heap(written_.begin(), written_.end(), earlier);
  }
  Offset done = 0;
  for (const Range& range : written_) {
    if (range.end <= done) continue;
    keep_difference(std::max(range.begin, done), range.end);
    done = range.end;
  }
  written_.clear();
  const std::size_t kept = trace_.patch_bytes.size() + trace_.patches.size() * sizeof(Patch);
  if (kept > byte_budget_) drop_bytes();
}

void Recorder::keep_difference(Offset begin, Offset end) {
  const Bytes before = integers(last_.data()), after = integers(live_);
  Offset at = begin;
  while (true) {
    at = end_of_run(before, after, at, end, 0);
    if (at == end) break;
    Offset changed_end = at;  // one past the last changed byte
    for (Offset next = at; next < end && next - changed_end <= worth_a_gap;) {
      const auto value = static_cast<std::uint8_t>(before[next] ^ after[next]);
      next = end_of_run(before, after, next, end, value);
      if (value != 0) changed_end = next;
    }
    keep_patch(at, changed_end);
    at = changed_end;
  }
  std::memcpy(last_.data() + begin, live_ + begin, end - begin);
}

void Recorder::keep_patch(Offset begin, Offset end) {
  const Bytes before = integers(last_.data()), after = integers(live_);
  const auto keep_bytes = [&](Offset from, Offset to) {
    if (from == to) return;
    trace_.patches.emplace_back(from, to - from, false);
    const std::size_t kept = trace_.patch_bytes.size();
    trace_.patch_bytes.resize(kept + to - from);
    auto* difference = reinterpret_cast<std::uint8_t*>(trace_.patch_bytes.data() + kept);
    for (Offset at = from; at < to; ++at) *difference++ = before[at] ^ after[at];
  };
  Offset kept = begin;
  for (Offset at = begin; at < end;) {
    const auto value = static_cast<std::uint8_t>(before[at] ^ after[at]);
    const Offset run_end = end_of_run(before, after, at, end, value);
    if (run_end - at >= worth_a_run) {
      keep_bytes(kept, at);
      trace_.patches.emplace_back(at, run_end - at, true);
      trace_.patch_bytes.push_back(std::byte{value});
      kept = run_end;
    }
    at = run_end;
  }
  keep_bytes(kept, end);
}

void Recorder::drop_bytes() {
  trace_.keeps_bytes = false;
  trace_.patches = {};
  trace_.patch_bytes = {};
  trace_.initial_bytes = {};
  last_ = {};
  written_ = {};
}

}  // namespace heapyard
