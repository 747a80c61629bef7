#pragma once

#include "heapyard/trace/ledger.hpp"
#include "heapyard/trace/recorded.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heapyard {

/// Watches an allocator from outside: turns each call into one event of a trace, and judges it. A misuse becomes a
/// fault of that step and is not carried out, so the run goes on, on a heap that is still whole.
///
/// Requires an arena watched by `Recording` over the same recorder. Calls are named as in C.
class Traced {
 public:
  Traced(RecordedAllocator& allocator, Recorder& recorder);

  /// Where the calls that follow stand in the program's source, and the variable that takes their result.
  void at(std::uint32_t line, std::uint32_t name = 0) {
    line_ = line;
    name_ = name;
  }

  /// The payload of `size` bytes, aligned as an object of that size may need it; null when it fails.
  Pointer malloc(std::uint64_t size);

  /// As `malloc(count * size)`, zeroed.
  Pointer calloc(std::uint64_t count, std::uint64_t size);

  Pointer aligned_alloc(std::uint64_t alignment, std::uint64_t size);

  /// `operator new`; with an alignment, the one that takes an `align_val_t`.
  Pointer op_new(std::uint64_t size, std::optional<std::uint64_t> alignment = std::nullopt);

  /// Null makes it a malloc. The old pointer is stale afterwards, unless it stands in the variable that takes the
  /// result and the block stayed where it was. Nothing when the call is refused, null when it fails.
  std::optional<Pointer> realloc(Pointer pointer, std::uint64_t size);

  /// Null does nothing. `size` is what a sized release claims, as `operator delete(void*, size_t)` does.
  void free(Pointer pointer, std::optional<std::uint64_t> size = std::nullopt) {
    release_one(EventKind::free, pointer, size);
  }

  /// `operator delete`, as `free`.
  void op_delete(Pointer pointer, std::optional<std::uint64_t> size = std::nullopt) {
    release_one(EventKind::op_delete, pointer, size);
  }

  /// A marker to release to, on an allocator that has them; null when it fails.
  Pointer mark();

  /// Releases a marker and every allocation above it. Null does nothing.
  void release(Pointer marker);

  /// Writes through a pointer.
  void write(Pointer pointer, std::uint64_t offset, std::span<const std::byte> bytes);

  /// Reads through a pointer: the bytes, none when it is a fault.
  std::vector<std::byte> read(Pointer pointer, std::uint64_t offset, std::uint64_t size);

  /// The misuse that an access of which the address is all that is known would be, and the pointer that it is about.
  FaultKind judge(Offset address, std::uint64_t size, Pointer& about);

  /// A fault that the machine itself is about to commit, and that nobody can refuse, as `judge` found it.
  void commit(FaultKind fault, EventKind kind, Offset address, std::uint64_t size, Pointer about);

  /// A step that calls no allocator.
  void step(EventKind kind) { end(begin(kind, 0)); }

  /// A stray write, judged by nobody, as through a wild pointer. What it damages is found when somebody looks. Bytes
  /// beyond the arena are lost.
  void poke(Offset address, std::span<const std::byte> bytes);

  /// Looks at the whole heap once more: damage that nobody came across, then every allocation that nobody released.
  void finish();

 private:
  Event begin(EventKind kind, std::uint64_t size) const;
  void release_one(EventKind kind, Pointer pointer, std::optional<std::uint64_t> size);
  Event begin_access(EventKind kind, Pointer pointer, std::uint64_t offset, std::uint64_t size);
  Pointer end_allocation(Event& event, const Result<Layout>& layout);
  FaultKind judge_release(Pointer& pointer, std::optional<std::uint64_t> size);
  void end(const Event& event);

  RecordedAllocator& allocator_;
  Recorder& recorder_;
  Ledger ledger_;
  std::vector<std::uint8_t> refused_;  ///< by allocation: 1 when its release was asked for and could not be carried out
  std::uint32_t line_ = 0;
  std::uint32_t name_ = 0;
};

}  // namespace heapyard
