#include "heapyard/measure/measuring.hpp"

#include "support/catch.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace heapyard;
using test::Approx;

namespace {

constexpr std::uint64_t ms = 1'000'000;

/// A machine on which time passes only when something works.
struct Machine {
  struct Run {
    std::string who;
    std::uint64_t rounds;
    std::uint64_t ns;
  };
  std::uint64_t now = 0;
  std::uint64_t tick = 1;  ///< what the clock shows is a multiple of it
  std::vector<Run> runs;
  std::map<std::string, std::vector<std::uint64_t>> costs;  ///< ns a round, one for each run; the last one lasts

  Clock clock() {
    return [this] { return now / tick * tick; };
  }
  std::vector<Run> runs_of(const std::string& who) const {
    std::vector<Run> found;
    for (const Run& run : runs) {
      if (run.who == who) found.push_back(run);
    }
    return found;
  }
  void work(const std::string& who, std::uint64_t rounds) {
    const std::vector<std::uint64_t>& ns = costs[who];
    const std::size_t before = runs_of(who).size();
    runs.push_back({who, rounds, rounds * ns[before < ns.size() ? before : ns.size() - 1]});
    now += runs.back().ns;
  }
};

Machine* machine = nullptr;

template <char Name>
class FakeWork : public Work {
 public:
  void run(std::uint64_t rounds) override { machine->work(std::string(1, Name), rounds); }
};

template <char Name>
std::unique_ptr<Work> prepare() {
  return std::make_unique<FakeWork<Name>>();
}

const Measurable a{"a", "A", "work", 1, prepare<'a'>};
const Measurable b{"b", "B", "work", 100, prepare<'b'>};

struct Scene {
  Scene() { ::machine = &machine; }
  ~Scene() { ::machine = nullptr; }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  Machine machine;
};

void finish(Measuring& measuring) {
  while (measuring.advance()) continue;
}

}  // namespace

TEST_CASE("A batch lasts at least 50 ms, however long one round takes", "[measure]") {
  for (const std::uint64_t cost : {1, 3, 170, 99'999, 4'999'999, 49'999'999, 50'000'000, 900'000'000}) {
    for (const std::uint64_t tick : {std::uint64_t{1}, ms / 10, ms, 16 * ms}) {
      INFO("a round of " << cost << " ns, a clock with ticks of " << tick << " ns");
      Scene scene;
      scene.machine.costs["a"] = {cost};
      scene.machine.tick = tick;
      Measuring measuring({&a}, scene.machine.clock());
      finish(measuring);
      const std::vector<Machine::Run> runs = scene.machine.runs;
      REQUIRE(runs.size() > Measuring::batches_each);
      std::uint64_t operations = 0;
      for (std::size_t i = runs.size() - Measuring::batches_each; i < runs.size(); ++i) {
        CHECK(runs[i].ns + tick > Measuring::ample_batch_ns);
        CHECK((runs[i].ns <= 4 * Measuring::ample_batch_ns || runs[i].rounds == 1));
        operations += runs[i].rounds;
      }
      CHECK(measuring.results()[0].operations == operations);
    }
  }
}

TEST_CASE("The time of an operation is a batch's by the operations in it", "[measure]") {
  Scene scene;
  scene.machine.costs["b"] = {2000};
  Measuring measuring({&b}, scene.machine.clock());
  finish(measuring);
  const Timing timing = measuring.results()[0];
  CHECK(timing.measurable == &b);
  CHECK(timing.median_ns == Approx(20));
  CHECK(timing.lowest_ns == Approx(20));
  CHECK(timing.highest_ns == Approx(20));
  CHECK(timing.batches == 5);
  CHECK(timing.operations % 100 == 0);
}

TEST_CASE("Median and spread are those of the batches; what warms up does not count", "[measure]") {
  Scene scene;
  const std::uint64_t warm = 70 * ms;
  scene.machine.costs["a"] = {9 * warm, 64 * ms, 60 * ms, 90 * ms, 61 * ms, 70 * ms};
  Measuring measuring({&a}, scene.machine.clock());
  finish(measuring);
  const Timing timing = measuring.results()[0];
  CHECK(timing.median_ns == Approx(64e6));
  CHECK(timing.lowest_ns == Approx(60e6));
  CHECK(timing.highest_ns == Approx(90e6));
  CHECK(timing.operations == 5);
}

TEST_CASE("A batch that turns out too short is run again, and does not count", "[measure]") {
  Scene scene;
  scene.machine.costs["a"] = {60 * ms, 20 * ms};
  Measuring measuring({&a}, scene.machine.clock());
  finish(measuring);
  const std::vector<Machine::Run> runs = scene.machine.runs;
  REQUIRE(runs.size() == 2 + 5);
  CHECK(runs[1].ns == 20 * ms);
  CHECK(runs[2].rounds > 1);
  CHECK(runs[2].ns >= Measuring::ample_batch_ns);
  CHECK(measuring.results()[0].highest_ns == Approx(20e6));
  CHECK(measuring.results()[0].batches == 5);
}

TEST_CASE("Candidates take turns, a batch each", "[measure]") {
  Scene scene;
  scene.machine.costs = {{"a", {60 * ms}}, {"b", {55 * ms}}};
  Measuring measuring({&a, &b}, scene.machine.clock());
  finish(measuring);
  std::string order;
  for (const Machine::Run& run : scene.machine.runs) order += run.who;
  CHECK(order == "abababababab");
}

TEST_CASE("Progress grows from 0 to 1, and results fill up on the way", "[measure]") {
  Scene scene;
  scene.machine.costs = {{"a", {60 * ms}}, {"b", {55 * ms}}};
  Measuring measuring({&a, &b}, scene.machine.clock());
  CHECK(measuring.progress() == 0);
  double before = 0;
  bool more = true;
  for (int turn = 1; turn <= 12; ++turn) {
    REQUIRE(more);
    CHECK(measuring.results()[0].batches == (turn - 2) / 2);
    more = measuring.advance();
    CHECK(measuring.progress() > before);
    before = measuring.progress();
  }
  CHECK_FALSE(more);
  CHECK_FALSE(measuring.advance());
  CHECK(measuring.progress() == 1);
  CHECK(scene.machine.runs.size() == 12);
}

TEST_CASE("Nothing to measure is measured at once", "[measure]") {
  Measuring measuring({});
  CHECK_FALSE(measuring.advance());
  CHECK(measuring.progress() == 1);
  CHECK(measuring.results().empty());
}

TEST_CASE("Before the first batch nothing is known", "[measure]") {
  Scene scene;
  Measuring measuring({&a}, scene.machine.clock());
  const Timing timing = measuring.results()[0];
  CHECK(timing.measurable == &a);
  CHECK(timing.batches == 0);
  CHECK(timing.operations == 0);
  CHECK(timing.median_ns == 0);
}

TEST_CASE("Every measurable has a name of its own, and work that can be done", "[measure]") {
  std::set<std::string_view> ids;
  for (const Measurable& each : measurables()) {
    INFO(each.id);
    CHECK(ids.insert(each.id).second);
    CHECK_FALSE(each.title.empty());
    CHECK_FALSE(each.unit.empty());
    CHECK(each.operations > 0);
    CHECK(find_measurable(each.id) == &each);
    const std::unique_ptr<Work> work = each.prepare();
    REQUIRE(work != nullptr);
    work->run(0);
    work->run(1);
    work->run(1000);
  }
  CHECK(ids.size() == 16);
  CHECK(find_measurable("") == nullptr);
  CHECK(find_measurable("banana") == nullptr);
}

TEST_CASE("Measurables that are to be compared stand together, and are at least two", "[measure]") {
  std::vector<std::string_view> units;
  std::map<std::string_view, int> count;
  for (const Measurable& each : measurables()) {
    if (units.empty() || units.back() != each.unit) units.push_back(each.unit);
    ++count[each.unit];
  }
  CHECK(units.size() == count.size());
  for (const auto& [unit, members] : count) CHECK(members >= 2);
}
