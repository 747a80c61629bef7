#include "heapyard/script/workload.hpp"

#include "heapyard/lab/race.hpp"
#include "heapyard/script/program.hpp"

#include "support/catch.hpp"

#include <set>
#include <string>

using namespace heapyard;

namespace {

/// Whether an allocator serves all of it, in the arena of a script for which none is asked.
bool completes(const Workload& workload, const std::string& allocator) {
  const Race race = Race::run(write_workload(workload, 1, Workload::default_operations), {allocator}, 0);
  REQUIRE(race.setup_error().empty());
  REQUIRE(race.arena_bytes() == Lab::default_arena);
  return race.lanes().front().result.completed();
}

bool completes(std::string_view name, const std::string& allocator) {
  const Workload* const workload = find_workload(name);
  REQUIRE(workload != nullptr);
  return completes(*workload, allocator);
}

}  // namespace

TEST_CASE("Every workload is a script without problems, of which no step is a fault", "[workload]") {
  for (const Workload& workload : workloads()) {
    for (const std::uint32_t operations : {1U, 2U, 77U, 400U, 3000U}) {
      CAPTURE(workload.name, operations);
      const std::string text = write_workload(workload, 7, operations);
      const Program program = parse_program(text);
      REQUIRE(program.problems.empty());
      REQUIRE(!program.calls.empty());
      const Lab lab = Lab::run(text, "free-list:best-fit", 0);
      REQUIRE(lab.history().trace().faults.empty());
    }
  }
}

TEST_CASE("A workload begins with what it shows, on lines that fit beside a picture", "[workload]") {
  for (const Workload& workload : workloads()) {
    const std::string text = write_workload(workload, 1, 10);
    std::string said;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); text[begin] == '#'; begin = end + 1, end = text.find('\n', begin)) {
      REQUIRE(end - begin <= 62);
      said += (said.empty() ? "" : " ") + text.substr(begin + 2, end - begin - 2);
    }
    REQUIRE(said.starts_with(workload.title));
    REQUIRE(said.ends_with(workload.sentence));
  }
}

TEST_CASE("The same seed gives the same workload, another seed another", "[workload]") {
  for (const Workload& workload : workloads()) {
    CAPTURE(workload.name);
    const std::string first = write_workload(workload, 1, 400);
    REQUIRE(first == write_workload(workload, 1, 400));
    REQUIRE((first != write_workload(workload, 2, 400)) == workload.varies);
    REQUIRE((first != write_workload(workload, 1, 200)) == workload.varies);
  }
}

TEST_CASE("A workload has about as many calls as were asked for", "[workload]") {
  for (const Workload& workload : workloads()) {
    if (!workload.varies) continue;
    CAPTURE(workload.name);
    const std::size_t calls = parse_program(write_workload(workload, 3, 1000)).calls.size();
    REQUIRE(calls >= 1000);
    REQUIRE(calls <= 1100);  // and the release of what is left
  }
}

TEST_CASE("What programs commonly do, every general allocator serves in its arena, whatever the seed", "[workload]") {
  for (const Workload& workload : workloads()) {
    if (!workload.varies) continue;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const std::string text = write_workload(workload, seed, 2000);
      for (const char* allocator :
           {"free-list", "free-list:best-fit", "free-list:next-fit:address-ordered", "buddy", "tlsf"}) {
        CAPTURE(workload.name, seed, allocator);
        REQUIRE(Race::run(text, {allocator}, 0).lanes().front().result.completed());
      }
    }
  }
}

TEST_CASE("Each adversary breaks the policy that it is named after, and another policy serves it", "[workload]") {
  struct Adversary {
    const char* name;
    std::vector<std::string> broken, serving;
  };
  const Adversary adversaries[] = {
      {"against-first-fit", {"free-list", "free-list:address-ordered"}, {"free-list:best-fit"}},
      {"against-best-fit", {"free-list:best-fit"}, {"free-list", "free-list:address-ordered"}},
      {"against-worst-fit", {"free-list:worst-fit"}, {"free-list", "free-list:best-fit"}},
      {"against-next-fit", {"free-list:next-fit"}, {"free-list", "free-list:best-fit"}},
      {"against-newest-first", {"free-list"}, {"free-list:address-ordered", "free-list:best-fit"}},
      {"against-address-order", {"free-list:address-ordered"}, {"free-list", "free-list:best-fit"}},
      {"against-no-coalescing", {"free-list:no-coalescing", "free-list:best-fit:no-coalescing"}, {"free-list", "tlsf"}},
      {"against-bump", {"bump"}, {"free-list", "tlsf"}},
      {"against-buddy", {"buddy"}, {"free-list", "tlsf"}},
      {"against-slab", {"slab"}, {"free-list", "free-list:best-fit"}},
      {"against-tlsf", {"tlsf"}, {"free-list", "free-list:best-fit"}},
  };
  std::set<std::string_view> named;
  for (const Adversary& adversary : adversaries) {
    named.insert(adversary.name);
    CAPTURE(adversary.name);
    CHECK(find_workload(adversary.name)->against == adversary.broken.front());
    for (const std::string& allocator : adversary.broken) {
      CAPTURE(allocator);
      CHECK(!completes(adversary.name, allocator));
    }
    for (const std::string& allocator : adversary.serving) {
      CAPTURE(allocator);
      CHECK(completes(adversary.name, allocator));
    }
  }
  for (const Workload& workload : workloads()) {
    CHECK(workload.against.empty() != workload.name.starts_with("against-"));
    if (!workload.against.empty()) CHECK(named.contains(workload.name));
  }
}

TEST_CASE("The checkerboard breaks every allocator that cannot move blocks", "[workload]") {
  for (const char* allocator : {"free-list", "free-list:best-fit", "free-list:worst-fit", "free-list:next-fit", "buddy",
                                "slab", "tlsf", "bump", "stack"}) {
    CAPTURE(allocator);
    CHECK(!completes("checkerboard", allocator));
  }
}

TEST_CASE("A stack serves what is released newest first, and gets nothing back from a queue", "[workload]") {
  CHECK(completes("lifo", "stack"));
  CHECK(!completes("fifo", "stack"));
  CHECK(!completes("churn", "bump"));
}
