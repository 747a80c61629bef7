// Arcs on several threads. The same tests run under ThreadSanitizer (tests/threads).
#include "heapyard/smart/arc.hpp"

#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

using namespace heapyard;

namespace {

constexpr int threads = 4;

/// A place where threads wait for each other, again and again.
class Meeting {
 public:
  explicit Meeting(int count) : count_(static_cast<std::uint64_t>(count)) {}
  void wait() {
    const std::uint64_t all_of_round = (arrived_.fetch_add(1) / count_ + 1) * count_;
    while (arrived_.load() < all_of_round) std::this_thread::yield();
  }

 private:
  std::uint64_t count_;
  std::atomic<std::uint64_t> arrived_{0};
};

/// Runs `act(0)` … `act(count - 1)`, each on a thread, all from the same moment on.
template <class F>
void at_once(F act, int count = threads) {
  Meeting start(count);
  std::vector<std::thread> all;
  for (int i = 0; i < count; ++i) {
    all.emplace_back([&, i] {
      start.wait();
      act(i);
    });
  }
  for (std::thread& each : all) each.join();
}

struct Counted {
  std::atomic<int>& destroyed;
  std::uint64_t number;
  Counted(std::atomic<int>& counter, std::uint64_t own) : destroyed(counter), number(own) {}
  ~Counted() { ++destroyed; }
};

}  // namespace

TEST_CASE("Copies that many threads make and drop are all counted", "[smart][arc]") {
  std::atomic<int> destroyed{0};
  Arc<Counted> shared = make_arc<Counted>(destroyed, 1U);
  at_once([mine = shared](int) {
    for (int i = 0; i < 5'000; ++i) {
      const Arc<Counted> copy = mine;
      Arc<Counted> moved = copy;
      const Arc<Counted> second = std::move(moved);
      moved = second;
    }
  });
  REQUIRE(shared.strong_count() == 1);
  REQUIRE(shared.weak_count() == 0);
  REQUIRE(destroyed == 0);
  shared.reset();
  REQUIRE(destroyed == 1);
}

TEST_CASE("Whichever thread drops last, a value is destroyed exactly once", "[smart][arc]") {
  constexpr std::size_t rounds = 2'000;
  std::atomic<int> destroyed{0};
  std::array<std::vector<Arc<Counted>>, threads> owners;
  for (std::size_t round = 0; round < rounds; ++round) {
    const Arc<Counted> value = make_arc<Counted>(destroyed, round);
    for (auto& each : owners) each.push_back(value);
  }
  REQUIRE(destroyed == 0);
  at_once([&](int i) {
    for (Arc<Counted>& owner : owners[static_cast<std::size_t>(i)]) owner.reset();
  });
  REQUIRE(destroyed == rounds);
}

TEST_CASE("What each thread wrote before its drop is there for the destructor", "[smart][arc]") {
  struct Desk {
    std::array<std::uint64_t, threads> written{};  // plain: each thread has its own place, the destructor reads all
    std::atomic<std::uint64_t>& total;
    explicit Desk(std::atomic<std::uint64_t>& sum) : total(sum) {}
    ~Desk() {
      for (const std::uint64_t each : written) total += each;
    }
  };
  constexpr std::uint64_t rounds = 2'000;
  std::atomic<std::uint64_t> total{0};
  std::array<std::vector<Arc<Desk>>, threads> owners;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const Arc<Desk> desk = make_arc<Desk>(total);
    for (auto& each : owners) each.push_back(desk);
  }
  at_once([&](int i) {
    const auto mine = static_cast<std::size_t>(i);
    for (Arc<Desk>& owner : owners[mine]) {
      owner->written[mine] = mine + 1;
      owner.reset();
    }
  });
  REQUIRE(total == rounds * (1 + 2 + 3 + 4));
}

TEST_CASE("An upgrade that races the last drop gets a living value or nothing", "[smart][arc]") {
  struct Letter {
    std::atomic<int>& destroyed;
    std::uint64_t text = 0;  // plain: written by the owner, read by whoever gets in
    explicit Letter(std::atomic<int>& counter) : destroyed(counter) {}
    ~Letter() {
      text = 0;
      ++destroyed;
    }
  };
  constexpr std::size_t rounds = 60'000;
  constexpr int racers = 2;  // each on a processor: they only race while both run
  std::atomic<int> destroyed{0};
  std::atomic<std::uint64_t> wrong{0}, living{0}, gone{0};
  std::vector<Arc<Letter>> owners;
  std::vector<WeakArc<Letter>> watchers;
  for (std::size_t round = 0; round < rounds; ++round) {
    owners.push_back(make_arc<Letter>(destroyed));
    owners.back()->text = round + 1;
    watchers.push_back(owners.back());
  }
  Meeting meeting(racers);
  const auto race = [&](int i) {
    for (std::size_t round = 0; round < rounds; ++round) {
      meeting.wait();
      if (i == 0) {
        owners[round].reset();
        continue;
      }
      if (const Arc<Letter> letter = watchers[round].upgrade()) {
        wrong += letter->text == round + 1 && letter.strong_count() > 0 ? 0U : 1U;
        ++living;
      } else {
        wrong += watchers[round].expired() ? 0U : 1U;
        ++gone;
      }
      watchers[round].reset();  // or the owner frees the block
    }
  };
  at_once(race, racers);
  CAPTURE(living.load(), gone.load());
  REQUIRE(wrong == 0);
  REQUIRE(living + gone == rounds);
  REQUIRE(destroyed == rounds);
}

TEST_CASE("Threads that copy, drop, watch and upgrade at random lose no count", "[smart][arc]") {
  struct Base {
    std::uint64_t padding = 0;
  };
  struct Derived : Base, Counted {
    explicit Derived(std::atomic<int>& counter) : Counted(counter, 7) {}
  };
  std::atomic<int> destroyed{0};
  Arc<Derived> shared = make_arc<Derived>(destroyed);
  std::atomic<std::uint64_t> wrong{0};
  at_once([&, mine = shared](int i) {
    std::uint64_t random = static_cast<std::uint64_t>(i) + 1;
    std::array<Arc<Counted>, 3> owners;
    std::array<WeakArc<Counted>, 3> watchers;
    for (int step = 0; step < 10'000; ++step) {
      random = random * 6364136223846793005U + 1442695040888963407U;
      const std::size_t a = (random >> 40) % 3, b = (random >> 50) % 3;
      switch ((random >> 33) % 6) {
        case 0: owners[a] = mine; break;
        case 1: owners[a] = owners[b]; break;
        case 2: owners[a].reset(); break;
        case 3: watchers[a] = owners[b]; break;
        case 4: owners[a] = watchers[b].upgrade(); break;
        default: watchers[a] = std::move(watchers[b]); break;
      }
      if (owners[a] && owners[a]->number != 7) ++wrong;
    }
  });
  REQUIRE(wrong == 0);
  REQUIRE(shared.strong_count() == 1);
  REQUIRE(shared.weak_count() == 0);
  shared.reset();
  REQUIRE(destroyed == 1);
}

TEST_CASE("A value that is made on one thread can be destroyed on another", "[smart][arc]") {
  std::atomic<int> destroyed{0};
  WeakArc<Counted> watcher;
  Arc<Counted> made;
  std::thread([&] {
    made = make_arc<Counted>(destroyed, 5U);
    watcher = made;
  }).join();
  REQUIRE(made->number == 5);
  std::thread([mine = std::move(made)]() mutable { mine.reset(); }).join();
  REQUIRE(destroyed == 1);
  REQUIRE(watcher.upgrade() == nullptr);
}
