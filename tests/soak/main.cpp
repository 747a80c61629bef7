// Millions of random calls on every allocator: `npm run soak`.
#include "support/soak.hpp"

#include <cstdio>
#include <random>
#include <string>
#include <vector>

int main(int argument_count, char** arguments) {
  using namespace heapyard::test;
  std::string error;
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  const auto wishes = soak_wishes(subjects(), words, std::random_device{}(), error);
  if (!wishes) {
    std::fprintf(stderr, "%s\n", error.c_str());
    return 2;
  }
  const auto say = [](const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  };
  return soak(subjects(), *wishes, say) ? 0 : 1;
}
