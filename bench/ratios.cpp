#include "ratios.hpp"

#include <cstdio>
#include <map>
#include <vector>

#include <benchmark/benchmark.h>

namespace heapyard::bench {
namespace {

class Ratios : public benchmark::ConsoleReporter {
 public:
  explicit Ratios(std::string baseline) : ConsoleReporter(OO_Tabular), baseline_(std::move(baseline)) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name != "median") continue;
      const std::string name = run.run_name.function_name;
      const std::size_t slash = name.find('/');
      medians_.push_back({name.substr(0, slash), name.substr(slash + 1), run.GetAdjustedCPUTime()});
    }
  }

  void Finalize() override {
    std::map<std::string, double> base;
    for (const Median& median : medians_) {
      if (median.who == baseline_) base[median.group] = median.time;
    }
    std::printf("\nMedians as ratios to %s (below 1 is faster)\n", baseline_.c_str());
    for (const Median& median : medians_) {
      const auto found = base.find(median.group);
      if (found != base.end())
        std::printf("%8.2f  %s / %s\n", median.time / found->second, median.group.c_str(), median.who.c_str());
    }
  }

 private:
  struct Median {
    std::string group, who;
    double time;
  };
  std::string baseline_;
  std::vector<Median> medians_;
};

}  // namespace

int run(int argument_count, char** arguments, const std::string& baseline) {
  std::vector<std::string> words{arguments[0], "--benchmark_repetitions=9", "--benchmark_min_time=0.05",
                                 "--benchmark_enable_random_interleaving=true",
                                 "--benchmark_display_aggregates_only=true"};
  words.insert(words.end(), arguments + 1, arguments + argument_count);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;
  Ratios reporter(baseline);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}

}  // namespace heapyard::bench
