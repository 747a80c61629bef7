#pragma once

#include "heapyard/measure/measurable.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace heapyard {

/// What was found of one measurable. Times are of one operation.
struct Timing {
  const Measurable* measurable = nullptr;
  double median_ns = 0;
  double lowest_ns = 0;
  double highest_ns = 0;
  int batches = 0;               ///< 0: nothing is known yet
  std::uint64_t operations = 0;  ///< in all batches together
};

/// Nanoseconds since whenever; it never goes back.
using Clock = std::function<std::uint64_t()>;

/// A measurement in pieces, so that a page stays alive and a terminal can show how far it is.
///
/// 1. Warm up: each candidate runs as many rounds as last the time of a batch, found by raising their number until they
/// do.
/// 2. Measure: the candidates take turns, a batch each, `batches_each` times; so what slows the machine down for a
/// while
///    hits all of them. A batch that turns out too short is run again with more rounds, and does not count.
///
/// The clock is read twice a batch: that it is a browser's, coarse on purpose, makes no difference of note.
class Measuring {
 public:
  static constexpr std::uint64_t ample_batch_ns = 50'000'000;
  static constexpr int batches_each = 5;

  /// A batch lasts `least_batch_ns` or more.
  explicit Measuring(std::vector<const Measurable*> candidates, Clock clock = steady_clock(),
                     std::uint64_t least_batch_ns = ample_batch_ns);
  static Clock steady_clock();
  Measuring(const Measuring&) = delete;
  Measuring& operator=(const Measuring&) = delete;

  /// Warms up one candidate or runs one batch: of ample ones, a twentieth of a second or two. False when all is done.
  bool advance();

  /// How far it is, from 0 to 1.
  double progress() const;

  /// In the order of the candidates; of those that had no batch yet, nothing but their name.
  std::vector<Timing> results() const;

 private:
  struct Candidate {
    const Measurable* measurable;
    std::unique_ptr<Work> work;
    std::uint64_t rounds = 1;
    std::vector<double> batches;  ///< ns of one operation
    std::uint64_t operations = 0;
  };

  std::uint64_t run_batch(Candidate& candidate);
  std::uint64_t more_rounds(std::uint64_t rounds, std::uint64_t took_ns) const;
  std::size_t turns() const { return candidates_.size() * (batches_each + 1); }

  Clock clock_;
  std::uint64_t least_batch_ns_;
  std::vector<Candidate> candidates_;
  std::size_t taken_ = 0;  ///< turns: first one each to warm up, then the batches
};

}  // namespace heapyard
