#pragma once

#include "heapyard/arena/arena.hpp"
#include "heapyard/base/alloc_error.hpp"
#include "heapyard/lab/inspector.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// An allocator chosen by name, behind one interface: the views and the program know no allocator.
///
/// To add one: write it (see `alloc/allocator.hpp`), and name it in `allocator_names.hpp`.
class Machine : public Inspector {
 public:
  /// The allocator on an arena that it formats. Errors: those of its `format`; then it is of no use.
  virtual std::unique_ptr<RecordedAllocator> make(Arena<Recording> arena, AllocError& error) const = 0;

  /// What a request of `size` bytes takes from the arena.
  virtual std::uint64_t block_bytes(std::uint64_t size) const = 0;
};

/// The machine of that name; none, and a sentence in `error`, when there is none.
std::unique_ptr<Machine> make_machine(std::string_view name, std::string& error);

/// An allocator to choose, as a menu says it.
struct MachineChoice {
  std::string_view name;   ///< `free-list:best-fit`
  std::string_view title;  ///< `free list, best fit`
};

/// Those that a menu offers, in the words that were set last: titles go with them. Others can be had by name. Also
/// those that this program leaves out (see `has_machine`).
std::vector<MachineChoice> machine_choices();

/// Whether `make_machine` knows an allocator of that family: a module of the page may leave some out.
bool has_machine(std::string_view name);

/// The names to choose from, as a usage line says them: `free-list`, `pool:BLOCK`.
std::vector<std::string_view> machine_names();

}  // namespace heapyard
