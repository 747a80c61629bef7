#pragma once

#include "heapyard/script/program.hpp"
#include "heapyard/trace/traced.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace heapyard {

/// A program's calls, played on an allocator, and recorded.
class Play {
 public:
  /// Takes the arena as it stands, formatted, as step 0. `variables` receives the pointer that each of the program's
  /// names holds. What is passed by reference must outlive the play.
  Play(const Program& program, std::unique_ptr<RecordedAllocator> allocator, Recorder& recorder,
       std::vector<Pointer>& variables);

  /// Plays up to `calls` more calls; after the last one, looks at the whole heap once more. False when all is played.
  bool advance(std::size_t calls);

 private:
  void play(const Call& call);
  void assign(const Call& call, Pointer pointer) { variables_[call.target] = pointer; }
  std::span<const std::byte> text_of(const Call& call) const;

  const Program& program_;
  std::unique_ptr<RecordedAllocator> allocator_;
  Traced traced_;
  std::vector<Pointer>& variables_;
  std::size_t next_ = 0;
};

}  // namespace heapyard
