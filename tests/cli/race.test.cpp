#include "heapyard/lab/race.hpp"

#include "heapyard/script/workload.hpp"

#include "support/catch.hpp"
#include "support/program.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using heapyard::test::contains;
using heapyard::test::ProgramRun;
using heapyard::test::run_program;
using Json = nlohmann::ordered_json;

namespace {

std::string script_of(std::string_view name) {
  return write_workload(*heapyard::find_workload(name), 1, heapyard::Workload::default_operations);
}

}  // namespace

TEST_CASE("race --json keeps the contract, and tells what the race itself tells", "[cli][race]") {
  const std::string text = script_of("against-best-fit");
  const ProgramRun run = run_program("race --json --allocators free-list,free-list:best-fit,bump,tlsf -", text);
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  const Json json = Json::parse(run.out);
  REQUIRE(json.size() == 1);
  const heapyard::Race race = heapyard::Race::run(text, {"free-list", "free-list:best-fit", "bump", "tlsf"}, 0);
  REQUIRE(json["results"].size() == race.lanes().size());
  double sum = 0;
  for (std::size_t i = 0; i < race.lanes().size(); ++i) {
    const Json& entry = json["results"][i];
    const heapyard::RaceResult& result = race.lanes()[i].result;
    std::vector<std::string> keys;
    for (const auto& [key, value] : entry.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"allocator", "completed", "failed_at", "high_water_mark", "utilisation",
                                           "internal_fragmentation", "external_fragmentation", "ns_per_operation"});
    CHECK(entry["allocator"] == race.lanes()[i].lab.allocator());
    CHECK(entry["completed"] == result.completed());
    CHECK(entry["failed_at"] == (result.completed() ? Json(nullptr) : Json(result.failed_at)));
    CHECK(entry["high_water_mark"] == result.high_water_mark);
    CHECK(entry["utilisation"] == result.utilisation());
    CHECK(entry["internal_fragmentation"] == result.internal_fragmentation);
    CHECK(entry["external_fragmentation"] == result.external_fragmentation);
    CHECK(entry["ns_per_operation"] >= 0);  // the time of a few calls may drown in the noise of a busy machine
    sum += entry["ns_per_operation"].get<double>();
  }
  CHECK(sum > 0);
}

TEST_CASE("race draws a table, where the allocators part, their heaps and their curves", "[cli][race]") {
  for (const char* environment : {"LANG=C.UTF-8 COLUMNS=100", "LANG=C COLUMNS=100", "LANG=C.UTF-8 COLUMNS=40"}) {
    const ProgramRun run = run_program("race --allocators free-list,buddy --step divergence -",
                                       script_of("against-best-fit"), environment);
    CAPTURE(environment, run.out);
    REQUIRE(run.exit_code == 0);
    REQUIRE(run.err.empty());
    CHECK_THAT(run.out, contains("2 allocators, 16 steps"));
    CHECK_THAT(run.out, contains("free-list"));
    CHECK_THAT(run.out, contains("The heaps at step 2"));
    CHECK_THAT(run.out, contains("External fragmentation"));
    CHECK((run.out.find("█") != std::string::npos) == (std::string(environment).find("UTF-8") != std::string::npos));
  }
}

TEST_CASE("race refuses what cannot be raced, and says why", "[cli][race]") {
  const auto refused = [](const std::string& arguments, const std::string& text) {
    const ProgramRun run = run_program("race " + arguments, text);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    return run.err;
  };
  CHECK_THAT(refused("--allocators free-list,banana -", "a = malloc 8\n"), contains("there is no allocator `banana`"));
  CHECK_THAT(refused("--allocators free-list,pool -", "a = malloc 8\n"), contains("pool takes its block size"));
  CHECK_THAT(refused("-", "a = maloc 8\n"), contains("<stdin>:1:5: error"));
  CHECK_THAT(refused("--step 9 -", "a = malloc 8\n"), contains("--step 9: there is only 1 step"));
  CHECK_THAT(refused("--step soon -", "a = malloc 8\n"), contains("`soon` is no step"));
  CHECK_THAT(refused("--arena 8G -", "a = malloc 8\n"), contains("smaller than 4 GiB"));
  CHECK_THAT(refused("/no/such/file", ""), contains("/no/such/file"));
}

TEST_CASE("A race of an empty script is no error, and has no curves", "[cli][race]") {
  const ProgramRun run = run_program("race -", "# nothing\n");
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out, contains("5 allocators, 0 steps"));
}

TEST_CASE("workload lists what there is, and writes what the core writes", "[cli][workload]") {
  const ProgramRun list = run_program("workload", "");
  REQUIRE(list.exit_code == 0);
  for (const heapyard::Workload& each : heapyard::workloads())
    CHECK_THAT(list.out, contains(std::string(each.name) + "\n"));

  const ProgramRun churn = run_program("workload churn --seed 7 --operations 50", "");
  REQUIRE(churn.exit_code == 0);
  CHECK(churn.out == write_workload(*heapyard::find_workload("churn"), 7, 50));
  CHECK(run_program("workload banana", "").exit_code == 2);
  CHECK(run_program("workload churn --operations 0", "").exit_code == 2);
  CHECK(run_program("workload churn --seed -1", "").exit_code == 2);
}
