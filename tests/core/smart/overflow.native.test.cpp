#include "support/catch.hpp"
#include "support/owners.hpp"

#include <csignal>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

using namespace heapyard;

namespace {

/// The signal that ends a process which does `act`; 0 when it ends by itself.
template <class F>
int signal_of(F act) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    act();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

template <class Block>
void check_overflow() {
  Block block(std::in_place, 0);
  block.strong = block.weak = max_count;
  REQUIRE(signal_of([] {}) == 0);
  REQUIRE(signal_of([&] { block.add_strong(); }) == SIGABRT);
  REQUIRE(signal_of([&] { block.add_strong_unless_none(); }) == SIGABRT);
  REQUIRE(signal_of([&] { block.add_weak(); }) == SIGABRT);
  REQUIRE(signal_of([&] { block.drop_strong(); }) == 0);
}

}  // namespace

TEST_CASE("A count that would overflow ends the program", "[smart]") {
  check_overflow<RcBlock<int>>();
  check_overflow<ArcBlock<int>>();
}
