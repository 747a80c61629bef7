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
  for (const Json& lesson : Json::parse(run_program("lessons --json").out)) {
    const std::string id = lesson.at("id");
    CAPTURE(id);
    const std::string name = "/" + id + ".x86_64.json";
    std::ifstream file(HEAPYARD_RECORDINGS_DIR + name, std::ios::binary);
    const std::string approved{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::string now =
        heapyard::running_abi() == "x86_64" ? run_program("lesson --recording " + id).out : approved;
    const std::string made = HEAPYARD_NEW_GOLDEN_DIR "/recordings";
    if (approved != now) {
      std::filesystem::create_directories(made);
      std::ofstream(made + name, std::ios::binary) << now;
    }
    CHECK(approved == now);
    // On every machine a lesson takes the steps that the recording has.
    CHECK(Json::parse(now).at("steps").size() == lesson.at("steps").get<std::size_t>() + 1);
  }
}
