#pragma once

#include "heapyard/history/statistics.hpp"
#include "heapyard/trace/trace.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace heapyard {

/// A range of bytes of the arena.
struct ByteRange {
  Offset offset = 0;
  std::uint32_t size = 0;

  friend constexpr bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// What an event meant for a range of bytes.
enum class EpisodeKind : std::uint8_t {
  allocated,
  resized,
  moved_in,
  moved_away,
  freed,
  written,
  read,
  poked,
  refused
};

/// One step in the biography of a range of bytes.
struct Episode {
  std::uint32_t step = 0;
  EpisodeKind kind = EpisodeKind::allocated;
  ByteRange bytes;  ///< the block or the access, of which the range holds at least a part
};

/// A trace with a cursor: the blocks, the bytes and the numbers of any step, forward and back.
///
/// Step n depends on the first n events alone. A step forward or back costs what that step changed; `seek` starts from
/// the nearest of the cursor and the checkpoints, which lie so that what is replayed from one costs no more than what
/// it holds: O(blocks + arena) at the worst, and memory in proportion to the trace.
class History {
 public:
  using BlockMap = std::map<Offset, OwnedBlock>;

  /// Replays the trace once, to its end, where the cursor then stands.
  explicit History(Trace trace);

  /// A history that is still to be read: `read` is called until it says so, and nothing else before.
  struct Unread {};
  History(Trace trace, Unread);
  /// Replays up to `most` more steps for the first time. True when the end is reached.
  bool read(std::size_t most);

  const Trace& trace() const { return trace_; }
  std::uint32_t steps() const { return trace_.steps(); }
  std::uint32_t now() const { return now_; }

  /// False at the end and at the beginning.
  bool forward();
  bool back();
  /// Past the end stands for the end.
  void seek(std::uint32_t step);

  /// The blocks at this step, by offset.
  const BlockMap& blocks() const { return blocks_; }
  /// The block that holds the byte at `offset`; nullptr when none does.
  const OwnedBlock* block_at(Offset offset) const;

  /// The arena at this step; empty when bytes are not kept.
  std::span<const std::byte> bytes() const { return bytes_; }
  /// The bytes that this step changed, in address order.
  std::vector<ByteRange> changed() const;

  /// O(blocks).
  Statistics statistics() const;
  /// Requested bytes live after a step.
  std::uint64_t live_bytes(std::uint32_t step) const { return live_bytes_[step]; }

  /// All that happened, in the whole trace, to the bytes of a range. O(trace).
  std::vector<Episode> biography(ByteRange range) const;

  /// The used block that a call released or moved away from, as it was before the step; nullptr when it did not.
  const OwnedBlock* released_by(std::uint32_t step) const;
  /// The used block that a call made or resized, as it is after the step; nullptr when it did not.
  const OwnedBlock* made_by(std::uint32_t step) const;

 private:
  struct Counters {
    std::int64_t allocations = 0, deallocations = 0, failed = 0, live_blocks = 0, live_bytes = 0;
  };
  struct Checkpoint {
    std::uint32_t step = 0;
    std::vector<OwnedBlock> blocks;
    std::vector<std::byte> bytes;  ///< packed
    Counters counters;
  };

  std::span<const OwnedBlock> removed_by(std::uint32_t step) const;
  void record_step();
  void apply_patches(std::uint32_t step);
  void count(std::uint32_t step, int sign);
  void add_checkpoint();
  void restore(const Checkpoint& checkpoint);
  const Checkpoint* nearest_checkpoint(std::uint32_t step) const;

  Trace trace_;
  BlockMap blocks_;
  std::vector<std::byte> bytes_;
  std::uint32_t now_ = 0;
  Counters counters_;
  std::vector<OwnedBlock> removed_;          ///< the blocks that each step's reports replaced
  std::vector<std::uint32_t> removed_ends_;  ///< ends of each step's part
  std::vector<std::uint32_t> live_bytes_, high_water_;
  std::vector<Checkpoint> checkpoints_;
  std::uint64_t changed_since_checkpoint_ = 0;
};

}  // namespace heapyard
