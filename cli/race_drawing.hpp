#pragma once

#include "heapyard/lab/race.hpp"

#include "terminal.hpp"

#include <span>
#include <string>
#include <vector>

namespace heapyard::cli {

/// The lanes as a table, a line each: how it ended, its numbers, and nanoseconds of a call as far as they are known.
std::vector<std::string> race_table(const Terminal& terminal, const Race& race, std::span<const double> nanoseconds);

/// The heaps of all lanes at the step where they stand, a strip each, in one scale.
std::vector<std::string> race_strips(const Terminal& terminal, const Race& race);

/// How far each lane had reached into its arena, and how much its free bytes were broken up, from the first step to the
/// last.
std::vector<std::string> race_curves(const Terminal& terminal, const Race& race);

}  // namespace heapyard::cli
