#pragma once

#include "heapyard/measure/measuring.hpp"

#include "terminal.hpp"

#include <span>
#include <string>
#include <vector>

namespace heapyard::cli {

/// Measures all of them. Effects: takes a second or more; says on stderr how far it is, where that is a terminal.
std::vector<Timing> measure(Terminal& terminal, std::vector<const Measurable*> candidates);

/// How many times as long as the fastest of the same unit it takes; 0 when nothing is known.
double ratio_of(const Timing& timing, std::span<const Timing> timings);

/// A table for each unit, in the order of the timings: nanoseconds of one operation, the median and the spread, and the
/// ratio to the fastest. Titles wrap where the terminal is narrow.
std::vector<std::string> measured_lines(const Terminal& terminal, std::span<const Timing> timings);

}  // namespace heapyard::cli
