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

/// `operations` calls on at most `live` ids, sizes 1 to 256 bytes.
std::string trace_of(std::uint32_t operations, std::uint32_t live) {
  Random random(7);
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(operations) + "\n1\n";
  std::vector<bool> held(live);
  for (std::uint32_t i = 0; i < operations; ++i) {
    const std::uint64_t id = random.below(live);
    const std::string number = std::to_string(id);
    if (!held[id]) {
      text += "a " + number + " " + std::to_string(random.between(1, 256)) + "\n";
    } else if (random.chance(10)) {
      text += "r " + number + " " + std::to_string(random.between(1, 256)) + "\n";
      continue;
    } else {
      text += "f " + number + "\n";
    }
    held[id] = !held[id];
  }
  return text;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void run_lab(benchmark::State& state) {
  const std::string text =
      trace_of(static_cast<std::uint32_t>(state.range(0)), static_cast<std::uint32_t>(state.range(1)));
  for (auto _ : state) {
    const Lab lab = Lab::run(text, "free-list", 0);
    benchmark::DoNotOptimize(lab.history().steps());
  }
  state.counters["peak_MB"] = peak_megabytes();
}

void seek(benchmark::State& state) {
  Lab lab = Lab::run(trace_of(1'000'000, 20'000), "free-list", 0);
  Random random(3);
  for (auto _ : state) {
    lab.history().seek(static_cast<std::uint32_t>(random.below(lab.history().steps())));
    benchmark::DoNotOptimize(lab.history().blocks().size());
  }
}

}  // namespace

BENCHMARK(run_lab)->Args({1'000'000, 20'000})->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(seek)->Unit(benchmark::kMillisecond)->Iterations(50);
BENCHMARK_MAIN();
