#pragma once

#include "support/subjects.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heapyard::test {

/// What a long random run is asked for.
struct SoakWishes {
  std::uint64_t operations = 10'000'000;  ///< in all, shared out evenly
  std::uint64_t seed = 0;
  std::string allocator;  ///< the only one, or empty for all
};

/// Reads `--operations N --seed S --allocator NAME`. None, and why, when they say something else.
std::optional<SoakWishes> soak_wishes(std::span<const Subject> subjects, const std::vector<std::string>& words,
                                      std::uint64_t fresh_seed, std::string& error);

/// Random programs on small arenas of every policy, each allocator its share of the operations, everything looked at
/// after each of them. Ends at the first failure and says how to see it again. Lines go to `say`; those that only tell
/// how far it is begin with "progress: ". False on a failure.
///
/// Programs are numbered by their seeds, from the wished one on, and the seed alone decides the policy, the arena and
/// the calls: so that of a failure leads to it at once.
bool soak(std::span<const Subject> subjects, const SoakWishes& wishes,
          const std::function<void(const std::string&)>& say);

}  // namespace heapyard::test
