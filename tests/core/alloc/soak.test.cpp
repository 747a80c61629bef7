// The long random run itself: what it finds, what it says then, and that its words lead back to what it found.
#include "support/soak.hpp"

#include "heapyard/alloc/pool.hpp"

#include "support/catch.hpp"

#include <sstream>

using namespace heapyard;
using namespace heapyard::test;

namespace {

/// A pool that keeps every three hundredth block in its list although it gave it out.
template <class Checks, class Watch>
class Forgetful : public Pool<Checks, Watch> {
 public:
  using Pool<Checks, Watch>::Pool;

  Result<Offset> allocate(Layout layout) {
    const Result<Offset> payload = Pool<Checks, Watch>::allocate(layout);
    if (payload && ++given_ % 300 == 0) this->arena().store(16, *payload);
    return payload;
  }

 private:
  std::uint32_t given_ = 0;
};

constexpr Subject broken[] = {{"forgetful", 400, 1, [](const Setting& setting) -> std::unique_ptr<Exercise> {
                                 return std::make_unique<ExerciseOf<Forgetful, std::uint32_t>>(setting.arena_size, true,
                                                                                               16U);
                               }}};

struct Said {
  bool ok;
  std::vector<std::string> lines;
};

Said soak_of(std::span<const Subject> those, const SoakWishes& wishes) {
  Said said{};
  said.ok = soak(those, wishes, [&](const std::string& line) {
    if (line.rfind("progress: ", 0) != 0) said.lines.push_back(line);
  });
  return said;
}

}  // namespace

TEST_CASE("A short soak of every allocator breaks nothing", "[soak][property]") {
  const Said said = soak_of(subjects(), {1000 * subjects().size(), 20, ""});
  CAPTURE(said.lines);
  REQUIRE(said.ok);
  REQUIRE(said.lines.size() == subjects().size() + 2);
  CHECK(said.lines.front() == "seed 20");
  for (std::size_t i = 0; i < subjects().size(); ++i)
    CHECK_THAT(said.lines[i + 1], contains(std::string(subjects()[i].name) + ": 1000 operations in 1 arenas"));
  const std::string count = std::to_string(subjects().size());
  CHECK_THAT(said.lines.back(), contains(count + "000 operations on " + count + " allocators, nothing broken"));
}

TEST_CASE("A soak that finds an allocator broken says where, and how to see it again", "[soak]") {
  const Said said = soak_of(broken, {100000, 5, "forgetful"});
  CAPTURE(said.lines);
  REQUIRE_FALSE(said.ok);
  REQUIRE(said.lines.size() == 4);
  CHECK_THAT(said.lines[1], contains("Broken: forgetful, arena of"));
  CHECK_THAT(said.lines[2], contains("Allocator forgetful, seed "));

  std::vector<std::string> words;
  std::istringstream again(said.lines[3]);
  for (std::string word; again >> word;) words.push_back(word);
  words.erase(words.begin(), words.begin() + 4);  // npm run soak --
  std::string error;
  const auto wishes = soak_wishes(broken, words, 0, error);
  REQUIRE(wishes);
  CHECK(wishes->operations <= 2000);
  const Said second = soak_of(broken, *wishes);
  CHECK_FALSE(second.ok);
  CHECK(second.lines[1] == said.lines[1]);
}

TEST_CASE("The words for a soak are read, and others are refused with what to say instead", "[soak]") {
  std::string error;
  const auto all = soak_wishes(subjects(), {}, 77, error);
  REQUIRE(all);
  CHECK((all->operations == 10'000'000 && all->seed == 77 && all->allocator.empty()));
  const auto some = soak_wishes(subjects(), {"--allocator", "tlsf", "--seed", "3", "--operations", "12"}, 77, error);
  REQUIRE(some);
  CHECK((some->operations == 12 && some->seed == 3 && some->allocator == "tlsf"));

  const std::vector<std::string> wrong[] = {
      {"--seed"}, {"--seed", "x"}, {"--operations", "0"}, {"--allocator", "malloc"}, {"--fast", "1"}};
  for (const auto& words : wrong) {
    error.clear();
    CHECK_FALSE(soak_wishes(subjects(), words, 77, error));
    CHECK_THAT(error, contains("`" + words[0]));
    CHECK_THAT(error, contains("free-list any-free-list tlsf buddy slab stack bump pool"));
  }
}
