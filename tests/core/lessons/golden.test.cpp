// One small golden a lesson: its steps as they are on every machine, and what they say where sizes differ, a file for
// each ABI. What is not as it was is written to build/golden/, and `npm run approve` takes it from there.
#include "heapyard/stage/debug_info.hpp"
#include "heapyard/view/lesson_words.hpp"

#include "support/catch.hpp"
#include "support/scene.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace heapyard;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The text that was approved. Effects: keeps the text as it is now, for approval, when it differs.
std::string golden(const std::string& name, const std::string& now) {
  const std::string file = "/lessons/" + name + ".txt";
  const std::string approved = read_file(HEAPYARD_GOLDEN_DIR + file);
  if (approved != now) {
    std::filesystem::create_directories(std::string(HEAPYARD_NEW_GOLDEN_DIR) + "/lessons");
    std::ofstream(HEAPYARD_NEW_GOLDEN_DIR + file, std::ios::binary) << now;
  }
  return approved;
}

}  // namespace

TEST_CASE("Every lesson takes the steps that were approved, on every machine", "[lessons][golden]") {
  REQUIRE(!lessons().empty());
  for (const Lesson* lesson : lessons()) {
    CAPTURE(lesson->id);
    LessonLab lab(*lesson);
    const std::string now = test::portable_steps(lab);
    CHECK(golden(std::string(lesson->id), now) == now);
  }
}

TEST_CASE("Every lesson says what was approved for this machine", "[lessons][golden]") {
  for (const Lesson* lesson : lessons()) {
    CAPTURE(lesson->id);
    LessonLab lab(*lesson);
    std::string now;
    for (std::uint32_t step = 0; step <= lab.steps(); ++step) {
      lab.seek(step);
      now += std::to_string(step) + " " + lesson_sentence(lab) + "\n";
    }
    CHECK(golden(std::string(lesson->id) + "." + std::string(running_abi()), now) == now);
  }
}
