#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/program.hpp"

#include <nlohmann/json.hpp>

using namespace heapyard::test;
using Json = nlohmann::ordered_json;

namespace {

using Keys = std::vector<std::string>;

Keys keys_of(const Json& object) {
  Keys keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

bool is_count(const Json& value) {
  return value.is_number_unsigned();
}
bool is_count_or_null(const Json& value) {
  return is_count(value) || value.is_null();
}

/// Every key of the contract, in its order, with its type.
void require_contract(const Json& json) {
  REQUIRE(keys_of(json) == Keys{"allocator", "arena_bytes", "steps", "stats", "failures", "faults", "blocks"});
  REQUIRE(json["allocator"].is_string());
  REQUIRE(is_count(json["arena_bytes"]));
  REQUIRE(is_count(json["steps"]));
  REQUIRE(keys_of(json["stats"]) == Keys{"allocations", "deallocations", "failed_allocations", "live_blocks",
                                         "live_bytes", "high_water_mark", "internal_fragmentation",
                                         "external_fragmentation", "largest_free"});
  for (const auto& [key, value] : json["stats"].items()) {
    CAPTURE(key);
    REQUIRE((key == "external_fragmentation" ? value.is_number() : is_count(value)));
  }
  REQUIRE(json["stats"]["external_fragmentation"].get<double>() >= 0);
  REQUIRE(json["stats"]["external_fragmentation"].get<double>() < 1);
  REQUIRE(json["failures"].is_array());
  REQUIRE(json["failures"].size() == json["stats"]["failed_allocations"].get<std::size_t>());
  for (const Json& failure : json["failures"]) {
    REQUIRE(keys_of(failure) == Keys{"step", "line", "size", "alignment", "error"});
    REQUIRE(is_count(failure["step"]));
    REQUIRE(is_count(failure["line"]));
    REQUIRE(is_count_or_null(failure["size"]));
    REQUIRE(is_count(failure["alignment"]));
    REQUIRE(failure["error"].is_string());
  }
  REQUIRE(json["faults"].is_array());
  for (const Json& fault : json["faults"]) {
    REQUIRE(keys_of(fault) == Keys{"step", "kind", "line", "allocated_line", "freed_line", "message"});
    REQUIRE(is_count(fault["step"]));
    REQUIRE(is_count_or_null(fault["line"]));
    REQUIRE(is_count_or_null(fault["allocated_line"]));
    REQUIRE(is_count_or_null(fault["freed_line"]));
    REQUIRE(fault["message"].get<std::string>().size() > 20);
    const Keys kinds = {"double_free",   "foreign_pointer", "interior_pointer", "wrong_size",
                        "out_of_bounds", "use_after_free",  "damage",           "leak"};
    REQUIRE(std::find(kinds.begin(), kinds.end(), fault["kind"].get<std::string>()) != kinds.end());
    REQUIRE(fault["line"].is_null() == (fault["kind"] == "leak"));
  }
  std::uint64_t live_bytes = 0, live_blocks = 0, end = 0;
  for (const Json& block : json["blocks"]) {
    REQUIRE(keys_of(block) == Keys{"offset", "size", "payload_offset", "payload_size", "state"});
    REQUIRE(is_count(block["offset"]));
    REQUIRE(is_count(block["size"]));
    REQUIRE(block["offset"].get<std::uint64_t>() >= end);
    end = block["offset"].get<std::uint64_t>() + block["size"].get<std::uint64_t>();
    if (block["state"] == "used") {
      ++live_blocks;
      live_bytes += block["payload_size"].get<std::uint64_t>();
      REQUIRE(block["payload_offset"].get<std::uint64_t>() >= block["offset"].get<std::uint64_t>());
    } else {
      REQUIRE(block["state"] == "free");
      REQUIRE(block["payload_offset"].is_null());
      REQUIRE(block["payload_size"].is_null());
    }
  }
  REQUIRE(end <= json["arena_bytes"].get<std::uint64_t>());
  REQUIRE(live_blocks == json["stats"]["live_blocks"].get<std::uint64_t>());
  REQUIRE(live_bytes == json["stats"]["live_bytes"].get<std::uint64_t>());
}

Json json_of(const ProgramRun& run) {
  INFO(run.err);
  REQUIRE(run.err.empty());
  return Json::parse(run.out);
}

}  // namespace

TEST_CASE("heap --json keeps the contract: every key, in order, null where nothing applies", "[cli][heap][json]") {
  const ProgramRun run =
      run_program("heap --arena 512 --json -", "a = malloc 40\nb = malloc 24\nfree a\nfree a\nbig = malloc 4000\n");
  REQUIRE(run.exit_code == 1);
  const Json json = json_of(run);
  require_contract(json);
  REQUIRE(json["allocator"] == "free-list");
  REQUIRE(json["arena_bytes"] == 512);
  REQUIRE(json["steps"] == 5);
  REQUIRE(json["stats"]["allocations"] == 2);
  REQUIRE(json["stats"]["deallocations"] == 1);
  REQUIRE(json["stats"]["live_bytes"] == 24);
  REQUIRE(json["stats"]["high_water_mark"] == 64);
  REQUIRE(json["failures"].dump() == R"([{"step":5,"line":5,"size":4000,"alignment":16,"error":"out_of_memory"}])");
  REQUIRE(json["faults"].size() == 2);
  REQUIRE(json["faults"][0]["kind"] == "double_free");
  REQUIRE(json["faults"][0]["step"] == 4);
  REQUIRE(json["faults"][0]["line"] == 4);
  REQUIRE(json["faults"][0]["allocated_line"] == 1);
  REQUIRE(json["faults"][0]["freed_line"] == 3);
  REQUIRE_THAT(json["faults"][0]["message"].get<std::string>(), contains("An ordinary malloc may"));
  REQUIRE(json["faults"][1]["kind"] == "leak");
  REQUIRE(json["faults"][1]["line"].is_null());
  REQUIRE(json["faults"][1]["allocated_line"] == 2);
  REQUIRE(json["faults"][1]["freed_line"].is_null());
}

TEST_CASE("The contract holds for every script and trace of the corpus, on every allocator",
          "[cli][heap][json][corpus]") {
  for (const char* folder : {"script", "rep"}) {
    std::size_t good = 0;
    for (const CorpusFile& file : corpus(folder)) {
      CAPTURE(file.name);
      for (const char* allocator : {"free-list", "pool:64"}) {
        const ProgramRun run =
            run_program(std::string("heap --json --arena 8K --allocator ") + allocator + " -", file.text);
        if (file.name.rfind("bad-", 0) == 0) {
          REQUIRE(run.exit_code == 2);
          REQUIRE(run.out.empty());
          REQUIRE_THAT(run.err, contains("<stdin>:"));
          continue;
        }
        const Json json = json_of(run);
        require_contract(json);
        REQUIRE(run.exit_code == (json["faults"].empty() ? 0 : 1));
        REQUIRE(json["allocator"] == allocator);
        ++good;
      }
    }
    REQUIRE(good > 0);
  }
}

TEST_CASE("A failed allocation tells the size that was asked for, null when no 64 bits hold it", "[cli][heap][json]") {
  const ProgramRun run = run_program("heap --arena 1K --json -",
                                     "a = malloc 0\n"
                                     "a = calloc 1000 1000\n"
                                     "a = calloc 0x8000000000000000 2\n"
                                     "a = malloc 0xffffffffffffffff\n"
                                     "a = aligned_alloc 3 8\n"
                                     "a = aligned_alloc 65536 8\n");
  REQUIRE(run.exit_code == 0);  // a failed allocation alone is no fault
  const Json json = json_of(run);
  require_contract(json);
  std::vector<std::string> told;
  for (const Json& failure : json["failures"])
    told.push_back(failure["size"].dump() + " " + failure["alignment"].dump() + " " +
                   failure["error"].get<std::string>());
  REQUIRE(told == Keys{"0 16 zero_size", "1000000 16 out_of_memory", "null 16 size_overflow",
                       "18446744073709551615 16 size_overflow", "8 3 bad_alignment", "8 65536 alignment_too_large"});
}

TEST_CASE("With --step, all but the count of steps is that of the step, and leaks are not judged",
          "[cli][heap][json]") {
  const std::string script = "a = malloc 40\nb = malloc 9999\nfree a\nfree a\nc = malloc 8\n";
  const auto at = [&](const char* step) {
    return run_program(std::string("heap --arena 512 --json - --step ") + step, script);
  };
  for (const char* step : {"0", "1", "2", "3", "4", "5"}) {
    const Json json = json_of(at(step));
    require_contract(json);
    REQUIRE(json["steps"] == 5);
  }
  REQUIRE(json_of(at("0"))["blocks"].size() == 1);
  REQUIRE(json_of(at("1"))["stats"]["live_bytes"] == 40);
  REQUIRE(json_of(at("1"))["failures"].empty());
  REQUIRE(json_of(at("2"))["failures"].size() == 1);
  REQUIRE(at("3").exit_code == 0);
  REQUIRE(at("4").exit_code == 1);
  REQUIRE(json_of(at("5"))["faults"].size() == 1);
  REQUIRE(json_of(run_program("heap --arena 512 --json -", script))["faults"].size() == 2);
  REQUIRE(run_program("heap --json --step 1 -", "a = malloc 8\n").exit_code == 0);
  REQUIRE(run_program("heap --json -", "a = malloc 8\n").exit_code == 1);
}
