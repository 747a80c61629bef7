// The program of `npm run soak`, with few operations.
#include "support/catch.hpp"
#include "support/program.hpp"

using heapyard::test::contains;
using heapyard::test::run_shell;

TEST_CASE("The soak runs, says its seed and what it did, and refuses other words", "[soak]") {
  const auto run = run_shell("exec '" HEAPYARD_SOAK "' --operations 4000 --seed 9");
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.rfind("seed 9\n", 0) == 0);
  CHECK_THAT(run.out, contains("4000 operations on 15 allocators, nothing broken"));

  const auto refused = run_shell("exec '" HEAPYARD_SOAK "' --allocator malloc");
  CHECK(refused.exit_code == 2);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.err, contains("`--allocator malloc` is not understood"));
}
