#include "support/soak.hpp"

#include "heapyard/base/random.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace heapyard::test {
namespace {

using Clock = std::chrono::steady_clock;
using Say = std::function<void(const std::string&)>;

constexpr std::uint64_t operations_per_arena = 2000;

bool parse(const std::string& word, std::uint64_t& number) {
  const auto [stop, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
  return failure == std::errc{} && stop == word.data() + word.size();
}

std::string seconds_since(Clock::time_point since) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", std::chrono::duration<double>(Clock::now() - since).count());
  return text;
}

/// Small arenas, so that looking at all of it after every call costs little; a larger one now and then.
Setting setting_of(const Subject& subject, Random& random) {
  const std::uint64_t largest = random.chance(80) ? 2048 : random.chance(80) ? 8192 : 32768;
  const std::uint64_t size = random.between(subject.smallest_arena, std::max<std::uint64_t>(largest, 2048));
  return {static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(random.below(subject.variants))};
}

Requests requests_of(const Setting& setting, Random& random) {
  Requests requests;
  requests.largest =
      random.between(1, std::max<std::uint64_t>(setting.arena_size / (std::uint64_t{4} << random.below(4)), 8));
  requests.widest_alignment = std::uint64_t{1} << random.below(13);
  requests.allocations = static_cast<std::uint32_t>(random.between(35, 65));
  return requests;
}

/// So many operations on one allocator. False on a failure.
bool soak_one(const Subject& subject, std::uint64_t operations, std::uint64_t seed, const Say& say) {
  const Clock::time_point since = Clock::now();
  Clock::time_point told = since;
  std::uint64_t arenas = 0;
  for (std::uint64_t done = 0; done < operations; ++arenas) {
    const std::uint64_t now = std::min(operations - done, operations_per_arena);
    Random random(seed + arenas);
    const Setting setting = setting_of(subject, random);
    const Requests requests = requests_of(setting, random);
    if (const Broken broken = exercise(subject, setting, requests, random.next(), now); !broken.words.empty()) {
      const std::string at = std::to_string(seed + arenas);
      say("Broken: " + broken.words + ".");
      say("Allocator " + std::string(subject.name) + ", seed " + at + ", operation " +
          std::to_string(broken.operations) + ". To see it again:");
      say("  npm run soak -- --allocator " + std::string(subject.name) + " --seed " + at + " --operations " +
          std::to_string(std::max<std::uint64_t>(broken.operations, 1)));
      return false;
    }
    done += now;
    if (Clock::now() - told > std::chrono::milliseconds(500)) {
      told = Clock::now();
      say("progress: " + std::string(subject.name) + ", " + std::to_string(done) + " of " + std::to_string(operations) +
          " operations");
    }
  }
  say(std::string(subject.name) + ": " + std::to_string(operations) + " operations in " + std::to_string(arenas) +
      " arenas, " + seconds_since(since));
  return true;
}

}  // namespace

std::optional<SoakWishes> soak_wishes(std::span<const Subject> subjects, const std::vector<std::string>& words,
                                      std::uint64_t fresh_seed, std::string& error) {
  SoakWishes wishes;
  wishes.seed = fresh_seed;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    bool good = true;
    if (words[i] == "--operations") {
      good = parse(value, wishes.operations) && wishes.operations > 0;
    } else if (words[i] == "--seed") {
      good = parse(value, wishes.seed);
    } else if (words[i] == "--allocator") {
      wishes.allocator = value;
      good = std::any_of(subjects.begin(), subjects.end(), [&](const Subject& s) { return s.name == value; });
    } else {
      good = false;
    }
    if (good) continue;
    error = "`" + words[i] + (value.empty() ? "" : " " + value) +
            "` is not understood. Usage: npm run soak -- [--operations N] [--seed S] [--allocator NAME], where NAME is";
    for (const Subject& subject : subjects) error += " " + std::string(subject.name);
    return std::nullopt;
  }
  return wishes;
}

bool soak(std::span<const Subject> subjects, const SoakWishes& wishes, const Say& say) {
  const Clock::time_point since = Clock::now();
  std::vector<Subject> chosen;
  for (const Subject& subject : subjects) {
    if (wishes.allocator.empty() || wishes.allocator == subject.name) chosen.push_back(subject);
  }
  say("seed " + std::to_string(wishes.seed));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::uint64_t share = wishes.operations / chosen.size() + (i < wishes.operations % chosen.size() ? 1 : 0);
    if (!soak_one(chosen[i], share, wishes.seed, say)) return false;
  }
  say(std::to_string(wishes.operations) + " operations on " + std::to_string(chosen.size()) +
      (chosen.size() == 1 ? " allocator" : " allocators") + ", nothing broken, " + seconds_since(since));
  return true;
}

}  // namespace heapyard::test
