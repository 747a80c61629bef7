// Recorded runs: a generated malloc-lab trace is parsed, played on FreeList<Checked> and made a history; then steps are
// sought in it. `peak_MB` is the greatest resident memory of the program so far.
#include "heapyard/base/random.hpp"
#include "heapyard/lab/lab.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

using namespace heapyard;

namespace {

/// A million calls in random order on at most 20,000 ids, sizes 1 to 256 bytes.
std::string churn() {
  constexpr std::uint32_t operations = 1'000'000, live = 20'000;
  Random random(7);
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(operations) + "\n1\n";
  std::vector<bool> held(live);
  for (std::uint32_t i = 0; i < operations; ++i) {
    const std::uint64_t id = random.below(live);
    const std::string number = std::to_string(id), size = std::to_string(random.between(1, 256));
    if (held[id] && random.chance(10)) {
      text += "r " + number + " " + size + "\n";
      continue;
    }
    text += held[id] ? "f " + number + "\n" : "a " + number + " " + size + "\n";
    held[id] = !held[id];
  }
  return text;
}

/// A million allocations, then as many releases.
std::string fill_and_empty() {
  constexpr std::uint32_t live = 1'000'000;
  Random random(7);
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(2 * live) + "\n1\n";
  for (std::uint32_t id = 0; id < live; ++id)
    text += "a " + std::to_string(id) + " " + std::to_string(random.between(1, 256)) + "\n";
  for (std::uint32_t id = 0; id < live; ++id) text += "f " + std::to_string(id) + "\n";
  return text;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void run_lab(benchmark::State& state, std::string (*make)()) {
  const std::string text = make();
  for (auto _ : state) {
    const Lab lab = Lab::run(text, "free-list", 0);
    benchmark::DoNotOptimize(lab.history().steps());
  }
  state.counters["peak_MB"] = peak_megabytes();
}

void seek(benchmark::State& state) {
  Lab lab = Lab::run(churn(), "free-list", 0);
  Random random(3);
  for (auto _ : state) {
    lab.history().seek(static_cast<std::uint32_t>(random.below(lab.history().steps())));
    benchmark::DoNotOptimize(lab.history().blocks().size());
  }
}

}  // namespace

BENCHMARK_CAPTURE(run_lab, churn_1M, churn)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(seek)->Unit(benchmark::kMillisecond)->Iterations(100);
BENCHMARK_CAPTURE(run_lab, fill_and_empty_2M, fill_and_empty)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_MAIN();
