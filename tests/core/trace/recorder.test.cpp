#include "heapyard/trace/recorder.hpp"

#include "heapyard/base/random.hpp"
#include "heapyard/history/history.hpp"
#include "heapyard/trace/last_writes.hpp"

#include "support/catch.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <cstring>

using namespace heapyard;

namespace {

/// A recorder over bytes that the test writes as it likes.
struct Tape {
  explicit Tape(std::size_t budget = Recorder::default_byte_budget) : recorder(budget) {
    recorder.block({0, static_cast<std::uint32_t>(bytes.size()), 0, 0, BlockState::free});
    recorder.start(bytes.data(), static_cast<std::uint32_t>(bytes.size()));
  }
  void write(Offset at, const void* from, std::uint32_t size) {
    if (size > 0) std::memcpy(bytes.data() + at, from, size);
    recorder.wrote(at, size);
  }
  void fill(Offset at, std::uint32_t size, int value) {
    std::memset(bytes.data() + at, value, size);
    recorder.wrote(at, size);
  }
  void end() { recorder.finish({}); }

  std::vector<std::byte> bytes = std::vector<std::byte>(4096);
  Recorder recorder;
};

}  // namespace

TEST_CASE("Patches of random writes lead to the bytes of every step, both ways", "[trace][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  Tape tape;
  std::vector<std::vector<std::byte>> steps{tape.bytes};
  for (int step = 0; step < 300; ++step) {
    for (std::uint64_t writes = random.below(6); writes > 0; --writes) {
      const auto at = static_cast<Offset>(random.below(4000));
      const auto size = static_cast<std::uint32_t>(random.below(random.chance(20) ? 4096 - at + 1 : 40));
      if (random.chance(50)) {
        tape.fill(at, size, static_cast<int>(random.below(3)));
      } else {
        std::vector<std::byte> noise(std::min(size, 4096 - at));
        for (std::byte& b : noise) b = static_cast<std::byte>(random.chance(70) ? 0 : random.next());
        tape.write(at, noise.data(), static_cast<std::uint32_t>(noise.size()));
      }
    }
    tape.end();
    steps.push_back(tape.bytes);
  }
  History history(tape.recorder.trace());
  for (std::uint32_t step = 300; step > 0; --step) {
    REQUIRE(std::memcmp(history.bytes().data(), steps[step].data(), 4096) == 0);
    std::vector<bool> changed(4096);
    for (const ByteRange& range : history.changed()) std::fill_n(changed.begin() + range.offset, range.size, true);
    bool exact = true;
    for (std::size_t at = 0; at < 4096; ++at) exact = exact && changed[at] == (steps[step][at] != steps[step - 1][at]);
    REQUIRE(exact);
    history.back();
  }
  REQUIRE(std::memcmp(history.bytes().data(), steps[0].data(), 4096) == 0);
}

TEST_CASE("A write of what was there already changes nothing", "[trace]") {
  Tape tape;
  tape.fill(100, 200, 0);
  tape.end();
  CHECK(tape.recorder.trace().patches_of(1).empty());
}

TEST_CASE("A fill is one run", "[trace]") {
  Tape tape;
  tape.fill(100, 2000, 0xdd);
  tape.end();
  REQUIRE(tape.recorder.trace().patches_of(1).size() == 1);
  const Patch patch = tape.recorder.trace().patches_of(1)[0];
  CHECK(patch.is_run());
  CHECK(patch.offset() == 100);
  CHECK(patch.size() == 2000);
  CHECK(tape.recorder.trace().patch_bytes == std::vector<std::byte>(1, std::byte{0xdd}));
}

TEST_CASE("Past its byte budget a recorder keeps geometry alone", "[trace]") {
  Tape tape(8192 + 1000);
  for (std::uint32_t step = 1; step <= 900; ++step) {
    const std::uint32_t noise = step * 0x9e3779b9;
    tape.write(step, &noise, sizeof noise);
    tape.recorder.block({0, step, 0, 0, BlockState::free});
    tape.recorder.block({step, 4096 - step, step, 1, BlockState::used});
    tape.end();
  }
  Trace trace = tape.recorder.trace();
  CHECK_FALSE(trace.keeps_bytes);
  CHECK(trace.patches.empty());
  CHECK(trace.steps() == 900);
  CHECK(trace.patches_of(900).empty());
  CHECK(LastWrites(trace).of(5) == 0);

  History history(std::move(trace));
  CHECK(history.bytes().empty());
  for (std::uint32_t step : {900U, 1U, 899U, 200U, 0U, 7U}) {
    history.seek(step);
    CHECK(history.changed().empty());
    CHECK(history.blocks().size() == (step == 0 ? 1 : 2));
    if (step != 0) CHECK(history.blocks().begin()->second.size == step);
  }
}

TEST_CASE("The last write to a word passes over pokes, and follows the trace", "[trace]") {
  Tape tape;
  const auto write = [&tape](EventKind kind, int value) {
    tape.fill(50, 4, value);
    Event event;
    event.kind = kind;
    tape.recorder.finish(event);
  };
  write(EventKind::malloc, 1);
  write(EventKind::write, 2);
  write(EventKind::write, 2);
  write(EventKind::poke, 3);
  const Trace& trace = tape.recorder.trace();
  LastWrites writes(trace);
  CHECK(writes.of(50) == 2);
  CHECK(writes.of(53) == 2);
  CHECK(writes.of(47) == 0);
  CHECK(writes.of(56) == 0);
  CHECK(writes.of(0xffffffff) == 0);
  write(EventKind::write, 4);
  CHECK(writes.of(50) == 5);
}

TEST_CASE("Of two reports of the same bytes in one step the later holds", "[trace]") {
  Tape tape;
  tape.recorder.block({0, 64, 0, 0, BlockState::free});
  tape.recorder.block({32, 64, 32, 8, BlockState::used});
  tape.end();
  REQUIRE(tape.recorder.trace().blocks_of(1).size() == 1);
  CHECK(tape.recorder.trace().blocks_of(1)[0].offset == 32);
}
