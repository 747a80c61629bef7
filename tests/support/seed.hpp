#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace heapyard::test {

/// The seed of a random test: HEAPYARD_SEED of the environment, else a fresh one. Printed, so that a failure can be
/// repeated.
inline std::uint64_t fresh_seed() {
  const char* given = std::getenv("HEAPYARD_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 0) : std::random_device{}();
  std::printf("seed: HEAPYARD_SEED=%llu\n", static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  return seed;
}

}  // namespace heapyard::test
