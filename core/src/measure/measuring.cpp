#include "heapyard/measure/measuring.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace heapyard {
Measuring::Measuring(std::vector<const Measurable*> candidates, Clock clock, std::uint64_t least_batch_ns)
    : clock_(std::move(clock)), least_batch_ns_(least_batch_ns) {
  for (const Measurable* each : candidates) candidates_.push_back({each, each->prepare(), 1, {}, 0});
}

bool Measuring::advance() {
  if (taken_ == turns()) return false;
  Candidate& candidate = candidates_[taken_ % candidates_.size()];
  const bool counts = taken_ >= candidates_.size();
  const std::uint64_t took = run_batch(candidate);
  if (counts) {
    const std::uint64_t operations = candidate.rounds * candidate.measurable->operations;
    candidate.batches.push_back(static_cast<double>(took) / static_cast<double>(operations));
    candidate.operations += operations;
  }
  return ++taken_ < turns();
}

double Measuring::progress() const {
  return turns() == 0 ? 1 : static_cast<double>(taken_) / static_cast<double>(turns());
}

std::vector<Timing> Measuring::results() const {
  std::vector<Timing> timings;
  for (const Candidate& candidate : candidates_) {
    Timing timing;
    timing.measurable = candidate.measurable;
    if (!candidate.batches.empty()) {
      std::vector<double> sorted = candidate.batches;
      std::sort(sorted.begin(), sorted.end());
      const std::size_t middle = sorted.size() / 2;
      timing.median_ns = sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      timing.lowest_ns = sorted.front();
      timing.highest_ns = sorted.back();
      timing.batches = static_cast<int>(sorted.size());
      timing.operations = candidate.operations;
    }
    timings.push_back(timing);
  }
  return timings;
}

/// Raises the candidate's rounds until they last long enough, and says how long they lasted.
std::uint64_t Measuring::run_batch(Candidate& candidate) {
  while (true) {
    const std::uint64_t begin = clock_();
    candidate.work->run(candidate.rounds);
    const std::uint64_t took = clock_() - begin;
    if (took >= least_batch_ns_) return took;
    candidate.rounds = more_rounds(candidate.rounds, took);
  }
}

/// How many rounds to try after so many were over in `took_ns`: what would have been enough, and a fifth more; never
/// more than ten times as many, since a short time says little.
std::uint64_t Measuring::more_rounds(std::uint64_t rounds, std::uint64_t took_ns) const {
  if (took_ns < least_batch_ns_ / 10) return rounds * 10;
  return rounds * (least_batch_ns_ / 5 * 6) / took_ns + 1;
}

Clock Measuring::steady_clock() {
  return [] {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
  };
}

}  // namespace heapyard
