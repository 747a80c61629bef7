// Recorded runs: a generated malloc-lab trace is parsed, played on FreeList<Checked> and made a history; then steps are
// sought in it.
#include "heapyard/base/random.hpp"
#include "heapyard/lab/lab.hpp"

#include "turns.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace heapyard::bench {
namespace {

constexpr std::uint32_t calls = 1'000'000;

/// A million calls in random order on at most 20,000 ids, sizes 1 to 256 bytes.
std::string churn() {
  constexpr std::uint32_t live = 20'000;
  Random random(7);
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(calls) + "\n1\n";
  std::vector<bool> held(live);
  for (std::uint32_t i = 0; i < calls; ++i) {
    const std::uint64_t id = random.below(live);
    const std::string number = std::to_string(id), size = std::to_string(random.between(1, 256));
    if (held[id] && random.chance(10)) {
      text += "r " + number + " " + size + "\n";
      continue;
    }
    text += held[id] ? "f " + number + "\n" : "a " + number + " " + size + "\n";
    held[id] = !held[id];
  }
  return text;
}

/// Half a million allocations, then as many releases.
std::string fill_and_empty() {
  constexpr std::uint32_t live = calls / 2;
  Random random(7);
  std::string text = "0\n" + std::to_string(live) + "\n" + std::to_string(calls) + "\n1\n";
  for (std::uint32_t id = 0; id < live; ++id)
    text += "a " + std::to_string(id) + " " + std::to_string(random.between(1, 256)) + "\n";
  for (std::uint32_t id = 0; id < live; ++id) text += "f " + std::to_string(id) + "\n";
  return text;
}

class Running : public Work {
 public:
  explicit Running(std::string (*make)()) : text_(make()) {}
  void run(std::uint64_t rounds) override {
    for (std::uint64_t round = 0; round < rounds; ++round) steps_ = Lab::run(text_, "free-list", 0).history().steps();
  }

 private:
  std::string text_;
  volatile std::uint32_t steps_ = 0;
};

class Seeking : public Work {
 public:
  static constexpr std::uint64_t operations = 20;
  void run(std::uint64_t rounds) override {
    for (std::uint64_t i = 0; i < rounds * operations; ++i) {
      lab_.history().seek(static_cast<std::uint32_t>(random_.below(lab_.history().steps())));
      blocks_ = lab_.history().blocks().size();
    }
  }

 private:
  Lab lab_ = Lab::run(churn(), "free-list", 0);
  Random random_{3};
  volatile std::size_t blocks_ = 0;
};

template <class W, class... Make>
Candidate candidate(const char* who, std::uint64_t operations, Make... make) {
  return {"history", who, operations, [=] { return std::make_unique<W>(make...); }};
}

}  // namespace
}  // namespace heapyard::bench

int main(int argument_count, char** arguments) {
  using namespace heapyard::bench;
  return run(argument_count, arguments,
             {candidate<Running>("a call of a churn", calls, churn),
              candidate<Running>("a call of a fill and empty", calls, fill_and_empty),
              candidate<Seeking>("seeking a step of a million", Seeking::operations)});
}
