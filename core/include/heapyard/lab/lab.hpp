#pragma once

#include "heapyard/history/history.hpp"
#include "heapyard/lab/inspector.hpp"
#include "heapyard/lab/machine.hpp"
#include "heapyard/script/program.hpp"
#include "heapyard/trace/ledger.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

class Play;

/// What ran once on one allocator, most often a script or a trace, with its whole history.
class Lab {
 public:
  /// The arena of a script for which none was asked.
  static constexpr std::uint64_t default_arena = 64 * 1024;
  /// The largest arena that is chosen for a trace.
  static constexpr std::uint64_t largest_default_arena = std::uint64_t{1} << 30;

  /// Parses and runs. `arena_bytes` 0 chooses: `default_arena` for a script, for a trace what its live bytes need.
  /// When the text has problems, nothing runs, and the history is that of an empty program. When the machine or the
  /// arena cannot be had, `setup_error` says why in a sentence, and the history is empty.
  static Lab run(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes);

  /// The same on a machine that is brought along, under the name that it is to be called by.
  static Lab run(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
                 std::uint64_t arena_bytes);

  /// What something else than a script did on an allocator, which is called that.
  static Lab recorded(Trace trace, std::string_view allocator, std::unique_ptr<Inspector> inspector);

  const Program& program() const { return program_; }
  const std::vector<Problem>& problems() const { return problems_; }
  const std::string& setup_error() const { return setup_error_; }
  const std::string& allocator() const { return allocator_; }
  std::uint32_t arena_bytes() const { return history_->trace().arena_size; }

  History& history() { return *history_; }
  const History& history() const { return *history_; }

  /// The free structure at this step; empty when bytes are not kept.
  Structure structure() const;

  /// The inner steps of the call that led to this step, from carrying it out once more on the bytes before it. Empty
  /// when bytes are not kept, or when the call reached no allocator.
  std::vector<Note> why();

  /// The variable that holds an allocation when all has run, empty when none does.
  std::string_view holder(AllocationId allocation) const;

 private:
  friend class LabRun;
  friend class LessonLab;
  Lab() = default;

  Program program_;
  std::vector<Problem> problems_;
  std::string setup_error_;
  std::string allocator_;
  std::unique_ptr<Inspector> inspector_;
  std::unique_ptr<History> history_;
  std::vector<Pointer> variables_;
};

/// `Lab::run` in pieces, for those who show how far it is.
class LabRun {
 public:
  LabRun(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes);
  LabRun(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
         std::uint64_t arena_bytes);
  ~LabRun();
  LabRun(const LabRun&) = delete;
  LabRun& operator=(const LabRun&) = delete;

  /// Goes on by up to `calls` calls. False when all is done.
  bool advance(std::size_t calls);

  /// How far it is, from 0 to 1.
  double progress() const;

  /// The lab. Requires that all is done; to be taken once.
  Lab take() { return std::move(lab_); }

 private:
  void begin(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
             std::uint64_t arena_bytes);
  void refuse(AllocError error, std::uint64_t arena_bytes);

  Lab lab_;
  ArenaMemory memory_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Play> play_;
};

/// The arena that is chosen for a program on a machine: a power of two of bytes.
std::uint64_t arena_for(const Program& program, const Machine& machine);

}  // namespace heapyard
