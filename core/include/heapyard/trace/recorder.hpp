#pragma once

#include "heapyard/arena/watch.hpp"
#include "heapyard/trace/trace.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heapyard {

/// Collects what an arena's watch reports and turns it, step by step, into a trace.
///
/// It keeps a second copy of the arena, the bytes as the last step left them: what a step changed is the difference in
/// the ranges that were written. Costs O(bytes written) a step. Past `byte_budget` bytes of differences it drops them
/// all and keeps geometry only.
class Recorder {
 public:
  static constexpr std::size_t default_byte_budget = std::size_t{256} << 20;

  explicit Recorder(std::size_t byte_budget = default_byte_budget) : byte_budget_(byte_budget) {}

  /// Takes the arena as it stands, formatted, as step 0; `live` must stay where it is while recording.
  void start(const std::byte* live, std::uint32_t size);

  /// Ends a step. Blocks reported used belong to `event.allocation` when they hold `event.payload`.
  void finish(const Event& event);

  /// Adds what was written since the last step ended to that step. Requires that there is one.
  void amend();

  Trace& trace() { return trace_; }
  const Trace& trace() const { return trace_; }
  std::uint32_t next_step() const { return trace_.steps() + 1; }

  /// Damage that the allocator came across since the last step ended; taken away.
  std::vector<Damage> take_damage();

  /// From now on, the allocator's inner steps are put there.
  void collect(std::vector<Note>& notes) { notes_ = &notes; }

  // What the watch reports.
  void wrote(Offset offset, std::uint32_t size);
  void block(const Block& block) { reported_.push_back({block, 0}); }
  void note(const Note& note) {
    if (notes_ != nullptr) notes_->push_back(note);
  }
  void damage(const Damage& damage) { damage_.push_back(damage); }

 private:
  struct Range {
    Offset begin, end;
  };
  void keep_differences();
  void end_step();
  void keep_difference(Offset begin, Offset end);
  void keep_patch(Offset begin, Offset end);
  void drop_bytes();

  Trace trace_;
  std::size_t byte_budget_;
  const std::byte* live_ = nullptr;
  std::vector<std::byte> last_;  ///< the arena as the last step left it
  std::vector<Range> written_;
  std::vector<OwnedBlock> reported_;
  std::vector<Damage> damage_;
  std::vector<Note>* notes_ = nullptr;
};

/// The watch policy of an arena whose trace is recorded.
class Recording {
 public:
  Recording() = default;
  explicit Recording(Recorder& recorder) : recorder_(&recorder) {}

  void wrote(Offset offset, std::uint32_t size) const { recorder_->wrote(offset, size); }
  void block(const Block& block) const { recorder_->block(block); }
  void note(const Note& note) const { recorder_->note(note); }
  void damage(const Damage& damage) const { recorder_->damage(damage); }

 private:
  Recorder* recorder_ = nullptr;
};

}  // namespace heapyard
