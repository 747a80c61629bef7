#pragma once

#include "heapyard/arena/arena.hpp"
#include "heapyard/lab/race.hpp"
#include "heapyard/measure/measuring.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace heapyard {

/// Measures how fast the allocators of a race are at its calls: those that were carried out, again, on allocators that
/// check nothing and that nobody watches, in one arena after another of the same size. What the program itself reads
/// and writes is left out, and so is the time that it takes to make the arena empty again.
class RaceTiming {
 public:
  /// A batch of calls lasts this long or longer.
  static constexpr std::uint64_t least_batch_ns = 10'000'000;

  /// Needs memory for one arena more. The race is not needed any more afterwards.
  explicit RaceTiming(const Race& race, Clock clock = Measuring::steady_clock());
  RaceTiming(const RaceTiming&) = delete;
  RaceTiming& operator=(const RaceTiming&) = delete;

  /// Runs a batch: a hundredth of a second or more. False when all is done.
  bool advance() { return measuring_->advance(); }

  /// How far it is, from 0 to 1.
  double progress() const { return measuring_->progress(); }

  /// The median time of a call, in the order of the lanes; 0 of one that carried out nothing.
  std::vector<double> ns_per_operation() const;

 private:
  ArenaMemory memory_;
  std::vector<Measurable> measurables_;  ///< for each lane its calls, and the making empty alone
  std::unique_ptr<Measuring> measuring_;
};

}  // namespace heapyard
