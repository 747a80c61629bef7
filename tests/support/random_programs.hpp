#pragma once

#include "heapyard/base/random.hpp"

#include <cstdint>
#include <string>

namespace heapyard::test {

/// What a random script may do.
struct ProgramWishes {
  std::uint32_t calls = 100;
  std::uint32_t variables = 12;
  std::uint64_t largest = 200;          ///< bytes of a request
  std::uint64_t widest_alignment = 64;  ///< of an aligned_alloc
  bool misuse = false;                  ///< double frees, stale pointers, accesses out of bounds, absurd requests
  bool poke = false;                    ///< stray writes into the arena
  std::uint32_t arena = 4096;           ///< where pokes go
};

/// A script of one call a line. Without misuse and poke it is a correct program as long as no allocation fails, and it
/// releases all that it allocates.
std::string random_script(Random& random, const ProgramWishes& wishes);

/// A malloc-lab trace of that many operations, correct, with at most `live` ids.
std::string random_trace(Random& random, std::uint32_t operations, std::uint32_t live, std::uint64_t largest);

}  // namespace heapyard::test
