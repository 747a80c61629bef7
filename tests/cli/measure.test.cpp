#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using heapyard::test::Approx;
using heapyard::test::contains;
using heapyard::test::ProgramRun;
using heapyard::test::run_in_terminal;
using heapyard::test::run_program;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

std::vector<std::string> values_of(const Json& json, const char* key) {
  std::vector<std::string> values;
  for (const Json& timing : json["timings"]) values.push_back(timing[key]);
  return values;
}

/// The times, which are others each time, as `N`: what is left is the table.
std::string without_numbers(std::string line) {
  std::string shape;
  for (const char character : line) {
    const bool digit = std::isdigit(static_cast<unsigned char>(character)) != 0 || character == '.';
    if (!digit)
      shape += character;
    else if (shape.empty() || shape.back() != 'N')
      shape += 'N';
  }
  shape.erase(std::unique(shape.begin(), shape.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
              shape.end());
  return shape;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("measure draws a table for each unit, in the order asked for", "[cli][measure]") {
  const ProgramRun run = run_program("measure heap count-plain stack", "", "LANG=C.UTF-8 COLUMNS=80");
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  Words shapes;
  for (const std::string& line : lines_of(run.out)) shapes.push_back(line.empty() ? "" : without_numbers(line));
  REQUIRE(shapes == Words{"a function's buffer of N bytes", " ns from to ratio", " On the heap N N … N N",
                          " On the stack N N … N N", "", "a count up and down again", " ns from to ratio",
                          " Plain N N … N N"});
}

TEST_CASE("measure keeps to ASCII and to narrow terminals when it has to", "[cli][measure]") {
  const ProgramRun run = run_program("measure --ascii count-plain", "", "LANG=C.UTF-8 COLUMNS=36");
  REQUIRE(run.exit_code == 0);
  REQUIRE(std::all_of(run.out.begin(), run.out.end(), [](unsigned char c) { return c < 0x80; }));
  for (const std::string& line : lines_of(run.out)) CHECK(line.size() <= 36);
  REQUIRE_THAT(run.out, contains(" .. "));
}

TEST_CASE("measure --json keeps the contract, and its ratios follow from its medians", "[cli][measure][json]") {
  const ProgramRun run = run_program("measure --json malloc pool count-plain malloc");
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.err.empty());
  const Json json = Json::parse(run.out);
  REQUIRE(json.size() == 1);
  REQUIRE(values_of(json, "id") == Words{"malloc", "pool", "count-plain"});
  for (const Json& timing : json["timings"]) {
    Words keys;
    for (const auto& [key, value] : timing.items()) keys.push_back(key);
    REQUIRE(keys ==
            Words{"id", "title", "unit", "median_ns", "lowest_ns", "highest_ns", "ratio", "batches", "operations"});
    CHECK(timing["batches"] == 5);
    CHECK(timing["operations"] > 0);
    CHECK(timing["lowest_ns"] > 0);
    CHECK(timing["lowest_ns"] <= timing["median_ns"]);
    CHECK(timing["median_ns"] <= timing["highest_ns"]);
    double fastest = timing["median_ns"];
    for (const Json& other : json["timings"]) {
      if (other["unit"] == timing["unit"]) fastest = std::min(fastest, other["median_ns"].get<double>());
    }
    CHECK(timing["ratio"].get<double>() == Approx(timing["median_ns"].get<double>() / fastest));
  }
  CHECK(json["timings"][0]["unit"] == json["timings"][1]["unit"]);
  CHECK(json["timings"][2]["ratio"] == 1.0);
}

TEST_CASE("measure without a name measures everything", "[cli][measure][json]") {
  const Json json = Json::parse(run_program("measure --json").out);
  REQUIRE(values_of(json, "id") == Words{"pool", "pool-checked", "free-list", "malloc", "stack", "heap", "copy", "view",
                                         "read-aligned", "read-packed", "read-straddling", "count-plain",
                                         "count-atomic", "shared_ptr", "doubling", "reserved"});
}

TEST_CASE("measure tells a name that it does not know, and all that it does", "[cli][measure][usage]") {
  const ProgramRun run = run_program("measure pool banana");
  REQUIRE(run.exit_code == 2);
  REQUIRE(run.out.empty());
  REQUIRE_THAT(run.err, contains("heapyard: error: ID: banana not in {pool,pool-checked,free-list,malloc,"));
  REQUIRE_THAT(run.err, contains("heapyard measure --help"));
}

TEST_CASE("measure says how far it is, on a terminal alone, and leaves nothing of that", "[cli][measure][terminal]") {
  const ProgramRun run = run_in_terminal("measure count-plain", "TERM=xterm LANG=C.UTF-8");
  REQUIRE(run.exit_code == 0);
  REQUIRE_THAT(run.out, contains("\rMeasuring: 0 %"));
  REQUIRE_THAT(run.out, contains("\rMeasuring: 83 %\r                \r"));
}
