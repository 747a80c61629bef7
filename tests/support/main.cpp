// The test program's main, and a listener that names each test as it starts (so that a crash tells where it happened)
// and closes with the plain line that scripts/ reads.
#define CATCH_CONFIG_RUNNER
#include "support/catch.hpp"

#include <cstdio>

namespace {

#if HEAPYARD_CATCH2_VERSION == 3
using ListenerBase = Catch::EventListenerBase;
#else
using ListenerBase = Catch::TestEventListenerBase;
#endif

struct Announcer : ListenerBase {
  using ListenerBase::ListenerBase;

  void testCaseStarting(const Catch::TestCaseInfo& test) override {
    ListenerBase::testCaseStarting(test);
    std::printf("test: %s\n", test.name.c_str());
    std::fflush(stdout);
  }

  void testRunEnded(const Catch::TestRunStats& run) override {
    ListenerBase::testRunEnded(run);
    const auto& tests = run.totals.testCases;
    std::printf("%d passed, %d failed\n", static_cast<int>(tests.passed),
                static_cast<int>(tests.total() - tests.passed));
    std::fflush(stdout);
  }
};

CATCH_REGISTER_LISTENER(Announcer)

}  // namespace

int main(int argument_count, char** arguments) {
  return Catch::Session().run(argument_count, arguments);
}
