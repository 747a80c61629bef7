#include "support/oracle.hpp"

#include <algorithm>
#include <iterator>

namespace heapyard::test {
namespace {

std::byte pattern_at(std::uint64_t pattern, std::uint32_t index) {
  return static_cast<std::byte>(pattern * 37 + index * 11 + (index >> 8));
}

}  // namespace

std::string Oracle::place(Offset payload, Layout layout) const {
  const std::string where =
      "the payload at " + std::to_string(payload) + " of " + std::to_string(layout.size()) + " bytes";
  if (payload == 0) return where + " is null";
  if (payload >= size_ || layout.size() > size_ - payload) return where + " leaves the arena";
  if (payload % layout.alignment() != 0) return where + " is not aligned to " + std::to_string(layout.alignment());
  if (reinterpret_cast<std::uintptr_t>(arena_ + payload) % layout.alignment() != 0)
    return where + " is not aligned in memory";
  const auto next = live_.lower_bound(payload);
  if (next != live_.end() && next->first < payload + layout.size())
    return where + " overlaps the one at " + std::to_string(next->first);
  if (next != live_.begin()) {
    const auto& [begin, range] = *std::prev(next);
    if (begin + range.size > payload) return where + " overlaps the one at " + std::to_string(begin);
  }
  return "";
}

std::string Oracle::compare(Offset payload, Range range) const {
  for (std::uint32_t i = 0; i < range.size; ++i) {
    if (arena_[payload + i] != pattern_at(range.pattern, i))
      return "byte " + std::to_string(i) + " of the payload at " + std::to_string(payload) + " changed";
  }
  return "";
}

void Oracle::fill(Offset payload, Range range) {
  for (std::uint32_t i = 0; i < range.size; ++i) arena_[payload + i] = pattern_at(range.pattern, i);
  live_[payload] = range;
}

std::string Oracle::allocated(Offset payload, Layout layout) {
  if (std::string complaint = place(payload, layout); !complaint.empty()) return complaint;
  fill(payload, {static_cast<std::uint32_t>(layout.size()), ++patterns_});
  return "";
}

std::string Oracle::released(Offset payload) {
  std::string complaint = kept(payload);
  live_.erase(payload);
  return complaint;
}

std::string Oracle::reallocated(Offset before, Offset after, Layout layout) {
  Range range = live_.at(before);
  live_.erase(before);
  if (std::string complaint = place(after, layout); !complaint.empty()) return complaint;
  range.size = std::min(range.size, static_cast<std::uint32_t>(layout.size()));
  if (std::string complaint = compare(after, range); !complaint.empty()) return "after realloc " + complaint;
  fill(after, {static_cast<std::uint32_t>(layout.size()), ++patterns_});
  return "";
}

std::string Oracle::kept(Offset payload) const {
  return compare(payload, live_.at(payload));
}

std::string Oracle::all_kept() const {
  for (const auto& [payload, range] : live_) {
    if (std::string complaint = compare(payload, range); !complaint.empty()) return complaint;
  }
  return "";
}

std::optional<Offset> Oracle::any(Random& random) const {
  if (live_.empty()) return std::nullopt;
  const auto found = live_.lower_bound(static_cast<Offset>(random.below(size_)));
  return found == live_.end() ? live_.begin()->first : found->first;
}

bool Oracle::covers(Offset at) const {
  const auto next = live_.upper_bound(at);
  return next != live_.begin() && at - std::prev(next)->first < std::prev(next)->second.size;
}

std::vector<Offset> Oracle::all() const {
  std::vector<Offset> payloads;
  for (const auto& [payload, range] : live_) payloads.push_back(payload);
  return payloads;
}

}  // namespace heapyard::test
