// The page shows how a 64-bit machine runs a lesson from recordings in core/recordings. They are what the program
// writes; what is not as it was goes to build/golden/recordings, and `npm run approve` takes it from there.
#include "heapyard/stage/debug_info.hpp"

#include "support/catch.hpp"
#include "support/program.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

using namespace heapyard::test;
using Json = nlohmann::json;

TEST_CASE("The recordings that the page shows are what this machine runs", "[cli][lesson][golden]") {
  if (heapyard::running_abi() != "x86_64") SUCCEED("They are those of another machine.");
  for (const Json& lesson : Json::parse(run_program("lessons --json").out)) {
    if (heapyard::running_abi() != "x86_64") break;
    const std::string id = lesson.at("id");
    CAPTURE(id);
    const std::string now = run_program("lesson --recording " + id).out;
    REQUIRE(Json::parse(now).at("steps").size() == lesson.at("steps").get<std::size_t>() + 1);
    const std::string name = "/" + id + ".x86_64.json";
    std::ifstream file(HEAPYARD_RECORDINGS_DIR + name, std::ios::binary);
    const std::string approved{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::string made = HEAPYARD_NEW_GOLDEN_DIR "/recordings";
    if (approved != now) {
      std::filesystem::create_directories(made);
      std::ofstream(made + name, std::ios::binary) << now;
    }
    CHECK(approved == now);
  }
}
