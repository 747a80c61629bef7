#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace heapyard {

// How LLVM's standard library, with which lessons are compiled on every machine, lays out its own classes. `bytes` are
// those of one object.

/// A machine word.
std::uint64_t word_at(std::span<const std::byte> bytes, std::size_t offset);

/// A pointer and a length.
struct Extent {
  std::uint64_t address = 0;
  std::uint64_t size = 0;
  std::uint64_t capacity = 0;
};
/// The characters of a `std::string` at `address`: inside of itself when it is short.
Extent string_extent(std::span<const std::byte> bytes, std::uint64_t address);
/// The characters of a `std::string_view`.
Extent view_extent(std::span<const std::byte> bytes);

/// The counts in front of what a `shared_ptr` shares.
struct SharedCounts {
  static constexpr std::size_t bytes = 4 * sizeof(void*);  ///< enough to read them
  std::uint64_t shared = 0, weak = 0;
};
SharedCounts shared_counts(std::span<const std::byte> control_block);

}  // namespace heapyard
