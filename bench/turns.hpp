#pragma once

#include "heapyard/measure/measurable.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heapyard::bench {

/// Work whose speed is compared with that of the others of its group: they do the same.
struct Candidate {
  std::string group, who;
  std::uint64_t operations = 1;  ///< in one round
  std::function<std::unique_ptr<Work>()> prepare;
  bool is_slow = false;  ///< takes part in every fifth turn only
};

/// The program's `main`. Words of the command line:
///
/// - none, or `--turns N`: in each turn every candidate, in an order of that turn's own, is prepared anew, runs a round
///   that does not count, and then five batches of rounds that last a millisecond or more, of which the shortest
///   counts: the others were interrupted. A line of JSON for each on stdout: `{"group": …, "who": …, "turn": …, "ns":
///   …}`, ns of one operation. So what slows the machine down for a while hits all of them.
/// - `--first-turn N`: that turn's number, and so its order.
/// - `--only TEXT`: of the candidates whose `GROUP/WHO` holds it.
/// - `--list`: their names and operations, a line of JSON each.
/// - `--once GROUP/WHO ROUNDS`: so many rounds and nothing else, for a profiler.
int run(int argument_count, char** arguments, const std::vector<Candidate>& candidates);

}  // namespace heapyard::bench
