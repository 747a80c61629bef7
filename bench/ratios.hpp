#pragma once

#include <string>

namespace heapyard::bench {

/// Runs the benchmarks of the program with their repetitions interleaved, shows medians, and then each as a ratio to
/// the one called `GROUP/baseline` of its group: names are GROUP/WHO. The words of the command line go to Google
/// Benchmark and win over these defaults.
int run(int argument_count, char** arguments, const std::string& baseline);

}  // namespace heapyard::bench
