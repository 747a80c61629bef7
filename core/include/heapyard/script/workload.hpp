#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// A kind of program that is generated: how programs commonly ask for memory, or what a policy cannot bear.
struct Workload {
  std::string_view name;          ///< `churn`, `against-best-fit`
  std::string_view title;         ///< `Churn`
  std::string_view sentence;      ///< what it shows
  bool varies = true;             ///< with seed and length; an adversary does not
  std::string_view against = {};  ///< the allocator that an adversary breaks; empty when it is none

  static constexpr std::uint32_t default_operations = 400;
  static constexpr std::uint32_t most_operations = 100'000;
};

/// All of them: the common ones, then the adversaries.
std::span<const Workload> workloads();

/// The same; title and sentence are said in the words that were set last, and go with them. A script has them in
/// English.
std::vector<Workload> workloads_in_the_readers_language();

/// Null when there is none of that name.
const Workload* find_workload(std::string_view name);

/// The script of a workload, the same on every machine, for an arena of 65536 bytes: there, what a program commonly
/// does never has more than half of it live, and an adversary has just the room that it needs. About `operations`
/// calls, at least 1 and at most `most_operations`; all that is left is released at the end, not counted.
/// O(operations).
std::string write_workload(const Workload& workload, std::uint64_t seed, std::uint32_t operations);

}  // namespace heapyard
