#pragma once

#include "heapyard/history/curves.hpp"
#include "heapyard/lab/lab.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// What an allocator made of a program, in numbers. Bytes are bytes.
struct RaceResult {
  std::uint32_t failed_at = 0;               ///< the first step whose allocation failed; 0 when none did
  std::uint32_t failures = 0;                ///< allocations that failed
  std::uint32_t refusals = 0;                ///< releases that this allocator can only refuse, as out of order
  std::uint32_t allocations = 0;             ///< calls that ask for memory
  std::uint32_t faults = 0;                  ///< calls that do what no program may, as a double free
  std::uint32_t high_water_step = 0;         ///< the first step with the most requested bytes live
  std::uint64_t high_water_mark = 0;         ///< those bytes
  std::uint64_t touched = 0;                 ///< the greatest end of a used block, from the arena's first byte
  std::uint64_t internal_fragmentation = 0;  ///< at the high-water step: bytes that blocks have beyond those asked for
  double external_fragmentation = 0;         ///< at the high-water step: 1 - largest free / total free

  bool completed() const { return failures == 0; }
  /// The most requested bytes live over the bytes touched; 0 when nothing was.
  double utilisation() const {
    return touched == 0 ? 0 : static_cast<double>(high_water_mark) / static_cast<double>(touched);
  }
};

/// What a call came to, as far as allocators can be compared: two that lay their blocks in the same order give the same
/// placements, wherever their headers make the blocks begin.
class Placement {
 public:
  constexpr Placement() = default;
  /// A block that lies behind that of `neighbour`, the nearest live one at a lower address; 0 when there is none.
  static constexpr Placement behind(AllocationId neighbour) { return Placement(Kind::placed, neighbour); }
  static constexpr Placement failed(AllocError error) {
    return Placement(Kind::failed, static_cast<std::uint32_t>(error));
  }
  static constexpr Placement refused(FaultKind fault) {
    return Placement(Kind::refused, static_cast<std::uint32_t>(fault));
  }

  constexpr bool places() const { return kind_ == Kind::placed; }
  constexpr bool fails() const { return kind_ == Kind::failed; }
  constexpr bool is_refused() const { return kind_ == Kind::refused; }
  constexpr AllocationId neighbour() const { return detail_; }
  constexpr AllocError error() const { return static_cast<AllocError>(detail_); }

  friend constexpr bool operator==(const Placement&, const Placement&) = default;

 private:
  enum class Kind : std::uint8_t { nothing, placed, failed, refused };
  constexpr Placement(Kind kind, std::uint32_t detail) : kind_(kind), detail_(detail) {}

  Kind kind_ = Kind::nothing;
  std::uint32_t detail_ = 0;
};

/// One allocator in a race.
struct Lane {
  Lab lab;  ///< at its last step
  RaceResult result;
  std::vector<CurvePoint> curve;      ///< at most `Race::curve_points` + 1
  std::vector<Placement> placements;  ///< of each step, from 1 on
  std::uint32_t diverges_at = 0;      ///< the first step that came to something else than in the first lane; 0: none
};

/// One program on several allocators, each in an arena of its own, all of one size.
class Race {
 public:
  static constexpr std::size_t curve_points = 1000;
  static constexpr std::size_t most_lanes = 12;

  /// Runs it, whole. See `RaceRun`.
  static Race run(std::string_view text, const std::vector<std::string>& allocators, std::uint64_t arena_bytes);

  const std::vector<Problem>& problems() const { return problems_; }
  /// Why there is no race, in a sentence; then there are no lanes.
  const std::string& setup_error() const { return setup_error_; }

  std::vector<Lane>& lanes() { return lanes_; }
  const std::vector<Lane>& lanes() const { return lanes_; }
  std::uint32_t arena_bytes() const { return lanes_.empty() ? 0 : lanes_.front().lab.arena_bytes(); }
  std::uint32_t steps() const { return lanes_.empty() ? 0 : lanes_.front().lab.history().steps(); }

  /// The first step at which not all lanes came to the same; 0 when there is none.
  std::uint32_t first_divergence() const;
  /// The first step after `step` at which a lane fails, refuses or finds a fault; after the last one, the first of all;
  /// 0 when there is none. O(steps).
  std::uint32_t next_failure(std::uint32_t step) const;
  /// The step with the most bytes live in any lane.
  std::uint32_t high_water_step() const;
  /// The bytes that a picture of all lanes needs to show, from the arena's first one: the greatest `touched`.
  std::uint64_t touched() const;

  /// Moves every lane there.
  void seek(std::uint32_t step);

 private:
  friend class RaceRun;

  std::vector<Problem> problems_;
  std::string setup_error_;
  std::vector<Lane> lanes_;
};

/// A race in pieces, for those who show how far it is.
class RaceRun {
 public:
  /// `arena_bytes` 0 chooses: what the most demanding of the allocators would be given (see `Lab::run`).
  RaceRun(std::string_view text, std::vector<std::string> allocators, std::uint64_t arena_bytes);
  RaceRun(const RaceRun&) = delete;
  RaceRun& operator=(const RaceRun&) = delete;
  ~RaceRun();

  /// Goes on by up to `calls` calls. False when all is done.
  bool advance(std::size_t calls);

  /// How far it is, from 0 to 1.
  double progress() const;

  /// Requires that all is done; to be taken once.
  Race take() { return std::move(race_); }

 private:
  class Judge;

  std::string text_;
  std::vector<std::string> allocators_;
  std::uint64_t arena_bytes_;
  Race race_;
  std::unique_ptr<LabRun> run_;   ///< of the lane that runs
  std::unique_ptr<Judge> judge_;  ///< of the lane that ran last
};

}  // namespace heapyard
