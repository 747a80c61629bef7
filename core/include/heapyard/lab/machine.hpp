#pragma once

#include "heapyard/arena/arena.hpp"
#include "heapyard/base/alloc_error.hpp"
#include "heapyard/base/block.hpp"
#include "heapyard/script/program.hpp"
#include "heapyard/trace/ledger.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// An allocator's own structure, read from its arena's bytes.
struct Structure {
  Offset first_free = 0;  ///< the head of the free list, 0 when it is empty
  std::vector<Link> links;
};

/// A program under way on an allocator.
class Play {
 public:
  virtual ~Play() = default;

  /// Plays up to `calls` more calls; after the last one, looks at the whole heap once more. False when all is played.
  virtual bool advance(std::size_t calls) = 0;
};

/// An allocator chosen by name, behind one interface: the views and the program know no allocator.
///
/// To add one: write it (see `alloc/allocator.hpp`), and add a line to the table in `machine.cpp`.
class Machine {
 public:
  virtual ~Machine() = default;

  /// Formats the arena and begins to play the program on it, recorded; what is passed must outlive the play.
  /// `variables` receives the pointer that each of the program's names holds. Errors: those of the allocator's
  /// `format`; then there is no play.
  virtual std::unique_ptr<Play> begin(const Program& program, const ArenaMemory& memory, Recorder& recorder,
                                      std::vector<Pointer>& variables, AllocError& error) const = 0;

  /// What a request of `size` bytes takes from the arena.
  virtual std::uint64_t block_bytes(std::uint64_t size) const = 0;

  /// Reads the structure from the bytes of an arena. Damaged bytes give a part of it, never a crash.
  virtual Structure structure(std::span<const std::byte> bytes) const = 0;

  /// Carries out one call of a trace once more, on a copy of the bytes before it, and tells its inner steps.
  virtual std::vector<Note> explain(const Event& event, std::span<const std::byte> bytes_before) const = 0;
};

/// The machine of that name; none, and a sentence in `error`, when there is none.
std::unique_ptr<Machine> make_machine(std::string_view name, std::string& error);

/// The names to choose from, as a usage line says them: `free-list`, `pool:BLOCK`.
std::vector<std::string_view> machine_names();

}  // namespace heapyard
