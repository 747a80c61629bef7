#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

/// Null when there is none of that name.
const Workload* find_workload(std::string_view name);

/// One of them with its title and its sentence as the page's reader is told them, valid until another language is set;
/// `workloads()` has them in English, and so has the script.
Workload in_readers_language(const Workload& workload);

/// The script of a workload, the same on every machine, for an arena of 65536 bytes: there, what a program commonly
/// does never has more than half of it live, and an adversary has just the room that it needs. About `operations`
/// calls, at least 1 and at most `most_operations`; all that is left is released at the end, not counted.
/// O(operations).
std::string write_workload(const Workload& workload, std::uint64_t seed, std::uint32_t operations);

}  // namespace heapyard
