#include "turns.hpp"

#include "heapyard/base/random.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <utility>

namespace heapyard::bench {
namespace {

constexpr double least_batch_ns = 1e6;
constexpr int batches = 5;

double run_ns(Work& work, std::uint64_t rounds) {
  const auto begun = std::chrono::steady_clock::now();
  work.run(rounds);
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begun).count();
}

class Turns {
 public:
  Turns(const std::vector<Candidate>& candidates, const std::string& only) {
    for (const Candidate& candidate : candidates) {
      if ((candidate.group + "/" + candidate.who).find(only) != std::string::npos) entries_.push_back({&candidate});
    }
  }

  bool empty() const { return entries_.empty(); }

  void list() const {
    for (const Entry& entry : entries_) {
      std::printf(R"({"group": "%s", "who": "%s", "operations": %llu, "slow": %s})"
                  "\n",
                  entry.candidate->group.c_str(), entry.candidate->who.c_str(),
                  static_cast<unsigned long long>(entry.candidate->operations),
                  entry.candidate->is_slow ? "true" : "false");
    }
  }

  void take(std::uint64_t turn) {
    std::vector<std::size_t> order(entries_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Random random(turn);
    for (std::size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
    for (const std::size_t index : order) {
      if (!entries_[index].candidate->is_slow || turn % 5 == 0) run_batch(entries_[index], turn);
    }
  }

 private:
  struct Entry {
    const Candidate* candidate;
    std::uint64_t rounds = 1;
  };

  static void run_batch(Entry& entry, std::uint64_t turn) {
    const Candidate& candidate = *entry.candidate;
    const std::unique_ptr<Work> work = candidate.prepare();
    double took = run_ns(*work, 1);
    // A round that alone takes so long is not repeated.
    const int left = took > 100 * least_batch_ns ? 0 : batches;
    if (left > 0) {
      for (took = run_ns(*work, entry.rounds); took < least_batch_ns; took = run_ns(*work, entry.rounds))
        entry.rounds *= 2;
    }
    for (int batch = 1; batch < left; ++batch) took = std::min(took, run_ns(*work, entry.rounds));
    std::printf(R"({"group": "%s", "who": "%s", "turn": %llu, "ns": %.4f})"
                "\n",
                candidate.group.c_str(), candidate.who.c_str(), static_cast<unsigned long long>(turn),
                took / static_cast<double>(entry.rounds * candidate.operations));
    std::fflush(stdout);
  }

  std::vector<Entry> entries_;
};

int run_once(const std::vector<Candidate>& candidates, const char* name, std::uint64_t rounds) {
  for (const Candidate& candidate : candidates) {
    if (candidate.group + "/" + candidate.who != name) continue;
    candidate.prepare()->run(rounds);
    return 0;
  }
  std::fprintf(stderr, "There is no candidate %s; --list names them.\n", name);
  return 2;
}

}  // namespace

int run(int argument_count, char** arguments, const std::vector<Candidate>& candidates) {
  std::uint64_t turns = 15, first = 0;
  std::string only;
  bool lists = false;
  for (int i = 1; i < argument_count; ++i) {
    const auto is = [&](const char* word, int behind) {
      return std::strcmp(arguments[i], word) == 0 && i + behind < argument_count;
    };
    if (is("--once", 2)) return run_once(candidates, arguments[i + 1], std::strtoull(arguments[i + 2], nullptr, 10));
    if (is("--turns", 1)) {
      turns = std::strtoull(arguments[++i], nullptr, 10);
    } else if (is("--first-turn", 1)) {
      first = std::strtoull(arguments[++i], nullptr, 10);
    } else if (is("--only", 1)) {
      only = arguments[++i];
    } else if (is("--list", 0)) {
      lists = true;
    } else {
      std::fprintf(stderr, "usage: %s [--list] [--turns N] [--first-turn N] [--only TEXT] | --once GROUP/WHO ROUNDS\n",
                   arguments[0]);
      return 2;
    }
  }
  Turns all(candidates, only);
  if (all.empty()) std::fprintf(stderr, "No candidate has \"%s\" in its name; --list names them.\n", only.c_str());
  if (lists) all.list();
  for (std::uint64_t turn = first; !lists && turn < first + turns; ++turn) all.take(turn);
  return all.empty() ? 1 : 0;
}

}  // namespace heapyard::bench
