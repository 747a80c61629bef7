#pragma once

#include "support/exercise.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace heapyard::test {

/// The arena and the policy of an exercise.
struct Setting {
  std::uint32_t arena_size = 0;
  std::uint32_t variant = 0;  ///< any number: which policy or block size, where an allocator has several
};

/// An allocator that can be exercised, with all its policies.
struct Subject {
  const char* name;
  std::uint32_t smallest_arena;  ///< enough for each of its policies
  std::uint32_t variants;        ///< how many of them differ
  std::unique_ptr<Exercise> (*make)(const Setting& setting);

  /// What an exercise's policy is called in messages.
  std::string words(const Setting& setting) const;
};

/// Every allocator of the project.
std::span<const Subject> subjects();

/// The one of that name; null when there is none.
const Subject* subject_named(std::string_view name);

/// What an exercise found: nothing when `words` is empty.
struct Broken {
  std::string words;
  std::uint64_t operations = 0;  ///< after so many calls
};

/// Runs a program of so many random calls and gives all back.
Broken exercise(const Subject& subject, const Setting& setting, const Requests& requests, std::uint64_t seed,
                std::uint64_t operations);

/// The number of the policy in `any-free-list`: fit, then order, then coalescing.
FreeListPolicy policy_of_variant(std::uint32_t variant);
inline constexpr std::uint32_t free_list_policies = 16;

}  // namespace heapyard::test
