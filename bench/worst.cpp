// How long the longest single operations take. One sequence of calls: 10,000 allocations, 20,000 times a release and an
// allocation, 10,000 releases; sizes as in mixed.bench.cpp. Each call is timed by itself. The sequence is repeated from
// the beginning, the allocators taking turns, and of each call the shortest of its times counts: an interrupt of the
// machine does not hit the same call each time, what the allocator itself does for long it does again. What it does at
// another call each time would be lost by that, so `unfiltered` tells the same of single repetitions, interrupts and
// all: the median of theirs.
#include "general.hpp"
#include "works.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace heapyard::bench {
namespace {

constexpr std::size_t churns = 20'000, calls = 2 * live_blocks + 2 * churns;

/// Ticks; what one lasts is measured.
std::uint64_t now() {
#if defined(__x86_64__)
  _mm_lfence();  // all before it is done
  const std::uint64_t ticks = __rdtsc();
  _mm_lfence();
  return ticks;
#else
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

double ns_of_a_tick() {
  const auto begun = std::chrono::steady_clock::now();
  const std::uint64_t from = now();
  while (std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(50)) {
  }
  const std::uint64_t to = now();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begun;
  return took.count() / static_cast<double>(to - from);
}

/// What timing nothing comes to: the median of many.
std::uint64_t overhead() {
  std::vector<std::uint64_t> took(100'001);
  for (std::uint64_t& each : took) {
    const std::uint64_t begun = now();
    each = now() - begun;
  }
  std::nth_element(took.begin(), took.begin() + static_cast<std::ptrdiff_t>(took.size() / 2), took.end());
  return took[took.size() / 2];
}

template <class Peer>
void play(Peer& peer, std::vector<std::uint32_t>& took) {
  const Sizes sizes = Sizes::mixed();
  std::vector<void*> blocks(live_blocks);
  std::size_t call = 0, at = 0;
  const auto timed = [&](auto work) {
    const std::uint64_t begun = now();
    work();
    took[call++] = static_cast<std::uint32_t>(std::min<std::uint64_t>(now() - begun, 0xffffffff));
  };
  for (void*& block : blocks) timed([&] { block = peer.take(sizes[at++]); });
  for (std::size_t i = 0; i < churns; ++i) {
    void*& block = blocks[order()[i]];
    timed([&] { peer.give(block); });
    timed([&] { block = peer.take(sizes[at++]); });
  }
  for (void* block : blocks) timed([&] { peer.give(block); });
}

struct Contestant {
  std::string who;
  bool is_slow;
  std::function<void(std::vector<std::uint32_t>&)> repeat;
  std::vector<std::uint32_t> least = std::vector<std::uint32_t>(calls, std::numeric_limits<std::uint32_t>::max());
  std::vector<std::uint32_t> tails = {}, worsts = {};  ///< of each repetition
};

std::uint32_t at_share(std::vector<std::uint32_t> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace
}  // namespace heapyard::bench

int main(int argument_count, char** arguments) {
  using namespace heapyard::bench;
  const int repetitions = argument_count == 2 ? std::atoi(arguments[1]) : 0;
  if (repetitions < 1) {
    std::fprintf(stderr, "usage: %s REPETITIONS\n", arguments[0]);
    return 2;
  }
#ifdef HEAPYARD_MIMALLOC
  let_glibc_keep_its_memory();
#endif
  std::vector<Contestant> contestants;
  for_each_general([&]<class Peer, class... Format>(const char* who, bool is_slow, Format... format) {
    contestants.push_back({who, is_slow, [=](std::vector<std::uint32_t>& took) {
                             if constexpr (is_ours<Peer>) {
                               Peer peer(shared_arena(general_arena), format...);
                               play(peer, took);
                             } else {
                               Peer peer;
                               play(peer, took);
                             }
                           }});
  });
  std::vector<std::uint32_t> took(calls);
  for (int repetition = -1; repetition < repetitions; ++repetition) {  // the first finds no memory yet: not counted
    for (Contestant& each : contestants) {
      if (each.is_slow && repetition % 10 != 0) continue;
      each.repeat(took);
      if (repetition < 0) continue;
      for (std::size_t i = 0; i < calls; ++i) each.least[i] = std::min(each.least[i], took[i]);
      each.tails.push_back(at_share(took, 0.999));
      each.worsts.push_back(at_share(took, 1));
    }
    std::printf("{\"repetition\": %d}\n", repetition + 1);
    std::fflush(stdout);
  }
  const double tick = ns_of_a_tick();
  std::printf("{\"overhead_ns\": %.1f, \"tick_ns\": %.4f}\n", tick * static_cast<double>(overhead()), tick);
  for (const Contestant& each : contestants) {
    const auto ns = [&](double share) { return tick * at_share(each.least, share); };
    std::printf(
        "{\"who\": \"%s\", \"repetitions\": %zu, \"median_ns\": %.1f, \"tail_ns\": %.1f, \"worst_ns\": %.1f, "
        "\"unfiltered_tail_ns\": %.1f, \"unfiltered_worst_ns\": %.1f}\n",
        each.who.c_str(), each.worsts.size(), ns(0.5), ns(0.999), ns(1), tick * at_share(each.tails, 0.5),
        tick * at_share(each.worsts, 0.5));
  }
  return 0;
}
