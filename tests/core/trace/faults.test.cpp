// Every misuse that a script can commit, and what is known of it.
#include "heapyard/base/random.hpp"
#include "heapyard/lab/lab.hpp"

#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <ostream>

using namespace heapyard;

namespace {

/// A fault in short: kind, the step at which it was committed or found, and the steps of the allocation's life.
struct Told {
  FaultKind kind;
  std::uint32_t step;
  std::uint32_t allocated = 0;
  std::uint32_t freed = 0;

  friend bool operator==(const Told&, const Told&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Told& told) {
    return out << name_of(told.kind) << " at " << told.step << ", allocated " << told.allocated << ", freed "
               << told.freed;
  }
};

struct Run {
  explicit Run(std::string_view script, std::string_view allocator = "free-list", std::uint64_t arena = 2048)
      : lab(Lab::run(script, allocator, arena)), trace(lab.history().trace()) {
    REQUIRE(lab.problems().empty());
    REQUIRE(lab.setup_error().empty());
  }
  std::vector<Told> told() const {
    std::vector<Told> told;
    for (const Fault& fault : trace.faults) {
      const Allocation life = fault.allocation == 0 ? Allocation{} : trace.allocation(fault.allocation);
      told.push_back({fault.kind, fault.step, life.allocated_step, life.freed_step});
    }
    return told;
  }
  const Fault& only() const {
    REQUIRE(trace.faults.size() == 1);
    return trace.faults[0];
  }
  Offset payload(AllocationId id) const { return trace.allocation(id).payload; }

  Lab lab;
  const Trace& trace;
};

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

}  // namespace

TEST_CASE("A correct program commits no fault", "[trace][fault]") {
  CHECK(Run("a = malloc 40\nwrite a 0 \"text\"\nread a 0 4\na = realloc a 120\nfree a 120\n").told().empty());
  CHECK(Run("a = realloc null 8\nfree a\nb = calloc 4 8\nfree b\n").told().empty());
  CHECK(Run("a = malloc 8\nread a 8 0\nwrite a 8 \"\"\nfree a").told().empty());
  CHECK(Run("free 0").told().empty());
}

TEST_CASE("Random correct programs commit no fault", "[trace][fault][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 60; ++i) {
    CAPTURE(seed + i);
    Random random(seed + i);
    const std::string script = test::random_script(random, {.calls = 150});
    CAPTURE(script);
    REQUIRE(Run(script, "free-list", 65536).told().empty());
    const std::string small = test::random_script(random, {.calls = 150, .largest = 64, .widest_alignment = 64});
    CAPTURE(small);
    REQUIRE(Run(small, "pool:64", 65536).told().empty());
  }
}

TEST_CASE("A double free knows both lines", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  CHECK(Run("a = malloc 40\nfree a\nfree a\n", allocator).told() ==
        std::vector<Told>{{FaultKind::double_free, 3, 1, 2}});
}

TEST_CASE("A double free is told even after its address was given out again", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const Run run("a = malloc 40\nfree a\nb = malloc 40\nfree a\nwrite b 0 \"whole\"\nfree b", allocator);
  REQUIRE(run.payload(1) == run.payload(2));
  CHECK(run.told() == std::vector<Told>{{FaultKind::double_free, 4, 1, 2}});
}

TEST_CASE("A release of a pointer into an allocation is told with its allocation", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  CHECK(Run("a = malloc 40\nfree a+8\nfree a", allocator).told() ==
        std::vector<Told>{{FaultKind::interior_pointer, 2, 1, 3}});
  CHECK(Run("a = malloc 40\nfree a+16\nfree a", allocator).told() ==
        std::vector<Told>{{FaultKind::interior_pointer, 2, 1, 3}});
  CHECK(Run("a = malloc 40\nfree a+40\nfree a", allocator).only().kind == FaultKind::foreign_pointer);
  CHECK(Run("a = malloc 40\nfree a\nfree a+8", allocator).only().kind == FaultKind::double_free);
}

TEST_CASE("A pointer that wandered into another allocation does not own it", "[trace][fault]") {
  const Run run("a = malloc 8\nb = malloc 8\nfree a+16\nfree a\nfree b");
  REQUIRE(run.payload(2) == run.payload(1) + 16);
  CHECK(run.told() == std::vector<Told>{{FaultKind::foreign_pointer, 3, 1, 4}});
}

TEST_CASE("A bare address is looked up among the live and the released allocations", "[trace][fault]") {
  CHECK(Run("a = malloc 40\nfree 32").told().empty());
  CHECK(Run("a = malloc 40\nfree 40\nfree a").told() == std::vector<Told>{{FaultKind::interior_pointer, 2, 1, 3}});
  CHECK(Run("a = malloc 40\nfree a\nfree 0x20").told() == std::vector<Told>{{FaultKind::double_free, 3, 1, 2}});
  CHECK(Run("a = malloc 40\nfree a\nfree 0x28").told() == std::vector<Told>{{FaultKind::double_free, 3, 1, 2}});
  CHECK(Run("free 1000").told() == std::vector<Told>{{FaultKind::foreign_pointer, 1, 0, 0}});
  CHECK(Run("free 4").told() == std::vector<Told>{{FaultKind::foreign_pointer, 1, 0, 0}});
  CHECK(Run("free 0xffffffff").told() == std::vector<Told>{{FaultKind::foreign_pointer, 1, 0, 0}});
  CHECK(Run("free 0x100000020").told() == std::vector<Told>{{FaultKind::foreign_pointer, 1, 0, 0}});
  CHECK(Run("free 0xffffffffffffffff").told() == std::vector<Told>{{FaultKind::foreign_pointer, 1, 0, 0}});
  CHECK(Run("a = malloc 8\nfree a+0xffffffffffffffff\nfree a").only().kind == FaultKind::foreign_pointer);
}

TEST_CASE("A sized release with another size is refused", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const Run run("a = malloc 40\nfree a 48\nfree a 40", allocator);
  CHECK(run.told() == std::vector<Told>{{FaultKind::wrong_size, 2, 1, 3}});
  CHECK(run.only().size == 48);
  CHECK(Run("a = malloc 40\na = realloc a 50\nfree a 40\nfree a", allocator).only().kind == FaultKind::wrong_size);
}

TEST_CASE("An access outside its allocation is told at that step", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const char* const access =
      GENERATE("write a 36 \"12345\"", "read a 40 1", "read a 0 41", "write a 41 \"\"", "read a 18446744073709551615 1",
               "read a 18446744073709551615 18446744073709551615",
               "write a 0xfffffffffffffff8 \"12345678901234567890\"", "read a 4294967296 1");
  CAPTURE(access);
  const Run run("a = malloc 40\n" + std::string(access) + "\nfree a", allocator);
  CHECK(run.told() == std::vector<Told>{{FaultKind::out_of_bounds, 2, 1, 3}});
  CHECK(run.only().size == run.trace.event(2).size);
  CHECK(run.trace.blocks_of(2).empty());
  CHECK(run.trace.patches_of(2).empty());
}

TEST_CASE("An access after release is told with both lines", "[trace][fault]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  CHECK(Run("a = malloc 40\nfree a\nwrite a 0 \"late\"", allocator).told() ==
        std::vector<Told>{{FaultKind::use_after_free, 3, 1, 2}});
  CHECK(Run("a = malloc 40\nfree a\nb = malloc 40\nread a 0 1\nfree b", allocator).told() ==
        std::vector<Told>{{FaultKind::use_after_free, 4, 1, 2}});
}

TEST_CASE("A pointer is stale once realloc gave another", "[trace][fault]") {
  SECTION("because the block moved") {
    const Run run("a = malloc 8\nwall = malloc 8\nb = realloc a 100\nread a 0 1\nfree b\nfree wall");
    REQUIRE(run.payload(3) != run.payload(1));
    CHECK(run.told() == std::vector<Told>{{FaultKind::use_after_free, 4, 1, 3}});
  }
  SECTION("even when the block stayed") {
    const Run run("a = malloc 8\nb = realloc a 100\nread a 0 1\nfree a\nfree b");
    REQUIRE(run.payload(2) == run.payload(1));
    CHECK(run.told() == std::vector<Told>{{FaultKind::use_after_free, 3, 1, 2}, {FaultKind::double_free, 4, 1, 2}});
  }
}

TEST_CASE("Failures are no faults", "[trace][fault]") {
  CHECK(Run("a = malloc 100000\nfree a").told().empty());
  CHECK(Run("a = malloc 0\nfree a").told().empty());
  CHECK(Run("a = calloc 0x100000000 0x100000000\nfree a").told().empty());
  CHECK(Run("a = aligned_alloc 3 8\nfree a").told().empty());
  CHECK(Run("a = malloc 18446744073709551615\nfree a").told().empty());
  CHECK(Run("a = malloc 8\nb = realloc a 0\nwrite a 0 \"kept\"\nfree a 8").told().empty());
  CHECK(Run("a = malloc 0\na = realloc a 20\nfree a 20").told().empty());
  const Run run("a = malloc 8\nb = realloc a 100000\nfree a");
  CHECK(run.told().empty());
  CHECK(run.trace.event(2).error == AllocError::out_of_memory);
}

TEST_CASE("A realloc that fails loses the block when its only pointer takes the result, as in C", "[trace][fault]") {
  const Run run("a = malloc 8\na = realloc a 100000\nfree a");
  CHECK(run.told() == std::vector<Told>{{FaultKind::leak, 3, 1, 0}});
  CHECK(run.trace.event(3).address == 0);
  CHECK(Run("0\n1\n3\n1\na 0 8\nr 0 100000\nf 0\n").told().empty());
}

TEST_CASE("Accesses through a pointer that never was are out of bounds", "[trace][fault]") {
  CHECK(Run("a = malloc 0\nwrite a 0 \"null\"").told() == std::vector<Told>{{FaultKind::out_of_bounds, 2, 0, 0}});
  CHECK(Run("a = malloc 0\nread a 0 0").told() == std::vector<Told>{{FaultKind::out_of_bounds, 2, 0, 0}});
  CHECK(Run("a = malloc 0\nfree a+8").told() == std::vector<Told>{{FaultKind::foreign_pointer, 2, 0, 0}});
}

TEST_CASE("Realloc of a pointer that may not be released is refused as a release would be", "[trace][fault]") {
  CHECK(Run("a = malloc 8\nfree a\nb = realloc a 20\nfree b").told() ==
        std::vector<Told>{{FaultKind::double_free, 3, 1, 2}});
  CHECK(Run("a = malloc 8\nfree a\na = realloc a 20\nfree a").told() ==
        std::vector<Told>{{FaultKind::double_free, 3, 1, 2}, {FaultKind::double_free, 4, 1, 2}});
}

TEST_CASE("What is never released leaks, in the order of allocation", "[trace][fault]") {
  const Run run("a = malloc 8\nb = malloc 16\na = malloc 24\nfree b");
  CHECK(run.told() == std::vector<Told>{{FaultKind::leak, 4, 1, 0}, {FaultKind::leak, 4, 3, 0}});
  CHECK(run.trace.faults[1].size == 24);
}

TEST_CASE("A write behind a payload is found when the block is released", "[trace][fault][damage]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const Offset payload = Run("a = malloc 20\nfree a", allocator).payload(1);
  const Run run(
      "b = malloc 1\nfree b\na = malloc 20\nread a 0 1\npoke " + number(payload + 21) + " \"x\"\nread a 0 1\nfree a\n",
      allocator);
  CHECK(run.told() == std::vector<Told>{{FaultKind::damage, 7, 3, 7}});
  CHECK(run.only().damage.part == DamagedPart::guard);
  CHECK(run.only().address == payload + 21);
  CHECK(run.only().since_step == 3);
}

TEST_CASE("A realloc is where its block was last seen whole", "[trace][fault][damage]") {
  const Run run("a = malloc 20\na = realloc a 22\npoke 55 \"x\"\nfree a");
  CHECK(run.told() == std::vector<Told>{{FaultKind::damage, 4, 1, 4}});
  CHECK(run.only().since_step == 2);
}

TEST_CASE("The same damage is told once, new damage at the same place again", "[trace][fault][damage]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const Offset payload = Run("a = malloc 20\nfree a", allocator).payload(1);
  const std::string poke = "poke " + number(payload + 21) + " \"x\"\n";
  SECTION("seen twice by calls that fail") {
    const Run run("a = malloc 20\n" + poke + "b = realloc a 100000\nc = realloc a 100000\nfree a", allocator);
    CHECK(run.told() == std::vector<Told>{{FaultKind::damage, 3, 1, 5}});
  }
  SECTION("mended and damaged again") {
    const Run run("a = malloc 20\n" + poke + "free a\na = malloc 20\n" + poke + "free a\n", allocator);
    CHECK(run.told() == std::vector<Told>{{FaultKind::damage, 3, 1, 3}, {FaultKind::damage, 6, 4, 6}});
  }
  SECTION("free memory") {
    const Run run("a = malloc 20\nfree a\n" + poke + "b = malloc 20\nfree b\n" + poke + "c = malloc 20\nfree c",
                  allocator);
    REQUIRE(run.told() == std::vector<Told>{{FaultKind::damage, 4, 0, 0}, {FaultKind::damage, 7, 0, 0}});
    CHECK(run.trace.faults[0].since_step == 2);
    CHECK(run.trace.faults[1].since_step == 5);
  }
}

TEST_CASE("A write to released memory is found by the next who takes it, or at the end", "[trace][fault][damage]") {
  const char* const allocator = GENERATE("free-list", "pool:64");
  const Offset payload = Run("a = malloc 30\nfree a", allocator).payload(1);
  const std::string start = "a = malloc 30\nwall = malloc 1\nfree a\npoke " + number(payload + 9) + " \"x\"\n";
  const Run taken(start + "b = malloc 30\nfree b\nfree wall", allocator);
  CHECK(taken.told() == std::vector<Told>{{FaultKind::damage, 5, 0, 0}});
  CHECK(taken.only().since_step == 3);
  CHECK(taken.only().damage.part == DamagedPart::fill);
  CHECK(taken.only().address == payload + 9);
  const Run late(start + "free wall", allocator);
  REQUIRE(late.told() == std::vector<Told>{{FaultKind::damage, 5, 0, 0}});
  CHECK(late.only().since_step <= 3);
}

TEST_CASE("A header that was overwritten is found when its block is released", "[trace][fault][damage]") {
  const Run run("a = malloc 20\nb = malloc 20\npoke 24 \"\\xff\\xff\"\nfree a\nread a 0 1\nfree a\nfree b");
  // A release that was refused is none: the block stays, and is there at the end.
  REQUIRE(run.told() == std::vector<Told>{{FaultKind::damage, 4, 1}, {FaultKind::leak, 7, 1}});
  CHECK(run.trace.event(5).fault == FaultKind::none);
  CHECK(run.trace.event(6).fault == FaultKind::damage);
  CHECK(run.trace.faults[0].damage.part == DamagedPart::header);
  CHECK(run.trace.faults[0].since_step == 1);
  CHECK(run.trace.event(4).fault == FaultKind::damage);
}

TEST_CASE("A realloc that finds its header damaged leaves the allocation to its program", "[trace][fault][damage]") {
  const Run run("a = malloc 20\npoke 24 \"\\xff\\xff\"\na = realloc a 40\nwrite a 0 \"mine\"\nfree a");
  CHECK(run.told() == std::vector<Told>{{FaultKind::damage, 3, 1}, {FaultKind::leak, 5, 1}});
  CHECK(run.trace.event(4).fault == FaultKind::none);
}

TEST_CASE("A link that was overwritten is found by the search that comes by", "[trace][fault][damage]") {
  const Run list(
      "a = malloc 20\nwall = malloc 20\nfree a\npoke 28 \"\\x77\"\nb = malloc 500\nc = malloc 500\nfree wall");
  REQUIRE(list.told().size() >= 1);
  CHECK(list.trace.faults[0].kind == FaultKind::damage);
  CHECK(list.trace.faults[0].damage.part == DamagedPart::link);
  CHECK(list.trace.faults[0].step == 5);
  CHECK(list.trace.faults[0].since_step <= 3);
  CHECK(list.trace.event(5).error == AllocError::damaged);
  CHECK(list.trace.event(6).error == AllocError::damaged);
  CHECK(std::none_of(list.trace.faults.begin(), list.trace.faults.end(), [](const Fault& f) { return f.step == 6; }));

  const Offset payload = Run("a = malloc 8\nfree a", "pool:64").payload(1);
  const Run pool("a = malloc 20\nfree a\npoke " + number(payload) + " \"\\x77\"\nb = malloc 20\nc = malloc 20",
                 "pool:64");
  CHECK(pool.told() == std::vector<Told>{{FaultKind::damage, 4, 0, 0}});
  CHECK(pool.only().damage.part == DamagedPart::link);
  CHECK(pool.only().since_step == 2);
}

TEST_CASE("Damage is always after the step that the fault names, and not after its own",
          "[trace][fault][damage][property]") {
  const std::uint64_t seed = test::fresh_seed();
  for (std::uint64_t i = 0; i < 150; ++i) {
    CAPTURE(seed + i);
    Random random(seed + i);
    const std::string script = test::random_script(random, {.calls = 60, .variables = 6});
    // One stray write, after a line of its own.
    std::size_t at = script.find('\n', random.below(script.size()));
    at = at == std::string::npos ? script.size() : at + 1;
    const auto poke_step =
        static_cast<std::uint32_t>(std::count(script.begin(), script.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
        1;
    const std::string damaged = script.substr(0, at) + "poke " + number(random.below(1200)) + " \"\\x" +
                                (random.chance(50) ? "5a" : "01") + "\"\n" + script.substr(at);
    CAPTURE(damaged, poke_step);
    const Run run(damaged, i % 2 == 0 ? "free-list" : "pool:200", 4096);
    for (const Fault& fault : run.trace.faults) {
      // Only the first says where it came from: what a damaged heap does afterwards has no one cause.
      CAPTURE(fault.step, fault.since_step, static_cast<int>(fault.damage.part), fault.damage.block, fault.damage.at);
      if (fault.kind != FaultKind::damage) continue;
      REQUIRE(fault.since_step < poke_step);
      REQUIRE(fault.step >= poke_step);
      break;
    }
  }
}

// Damage: what was overwritten is named, between the right steps, and is not obeyed.
namespace {

/// Requires a fault of damage whose interval holds the step of the poke, at the byte that was overwritten.
const Fault& damage_by(const Run& run, std::uint32_t poke) {
  for (const Fault& fault : run.trace.faults) {
    if (fault.kind != FaultKind::damage) continue;
    CAPTURE(fault.step, fault.since_step, fault.address, name_of(fault.kind));
    CHECK(fault.since_step < poke);
    CHECK(fault.step > poke);
  }
  const auto first = std::find_if(run.trace.faults.begin(), run.trace.faults.end(),
                                  [](const Fault& fault) { return fault.kind == FaultKind::damage; });
  REQUIRE(first != run.trace.faults.end());
  return *first;
}

std::size_t damages(const Run& run) {
  return static_cast<std::size_t>(std::count_if(run.trace.faults.begin(), run.trace.faults.end(),
                                                [](const Fault& f) { return f.kind == FaultKind::damage; }));
}

}  // namespace

TEST_CASE("A block whose header was overwritten is not released, so its neighbours stay alive", "[trace][fault]") {
  const Run run(
      "a = malloc 40\nb = malloc 40\nc = malloc 40\npoke 24 \"\\x61\\0\\0\\0\\x58\\0\\0\\0\"\n"
      "free a\nwrite b 0 \"hello\"\nfree b\nfree c\n");
  CHECK(damages(run) == 1);
  CHECK(run.trace.faults.size() == 2);  // and what was refused is still there at the end
  CHECK(damage_by(run, 4).step == 5);
  CHECK(run.trace.event(5).fault == FaultKind::damage);
  CHECK(run.trace.event(7).fault == FaultKind::none);
  CHECK(run.lab.history().statistics().deallocations == 2);
}

TEST_CASE("A realloc of a block whose header was overwritten copies nothing", "[trace][fault]") {
  const Run run("a = malloc 40\npoke 28 \"\\x21\"\na = realloc a 200\nread a 32 8\n");
  CHECK(damage_by(run, 2).address == 28);
  CHECK(run.trace.event(3).fault == FaultKind::damage);
  CHECK(run.trace.event(3).error == AllocError::refused);
  CHECK(run.trace.event(4).fault == FaultKind::none);
}

TEST_CASE("A stray write to a link of the free list is told at that link, and once", "[trace][fault]") {
  const Run run(
      "a = malloc 24\nb = malloc 24\nx = malloc 24\ny = malloc 40\nfree a\nfree x\n"
      "poke 0x1c \"\\xc8\\0\\0\\0\"\nx2 = malloc 24\nfree b\nfree x2\nfree y\n");
  CHECK(damage_by(run, 7).address == 0x1c);
}

TEST_CASE("A stray write to a header is told there by whoever comes by the free block before it", "[trace][fault]") {
  const Run run("a = malloc 24\nb = malloc 20\nfree a\npoke 0x38 \"XXXXXXXX\"\nc = malloc 24\nfree b\n");
  CHECK(damage_by(run, 4).address == 0x38);
  CHECK(damages(run) == 1);
}

TEST_CASE("A stray write to the mark at the arena's end is told there", "[trace][fault]") {
  const Run run("a = malloc 40\npoke 2040 \"\\x09\"\nfree a\n");
  CHECK(damage_by(run, 2).address == 2040);
  CHECK(damages(run) == 1);
}

TEST_CASE("All that was overwritten is told at the end, not the first of it alone", "[trace][fault]") {
  const Run run("a = malloc 40\nb = malloc 40\nc = malloc 40\nfree b\npoke 0x60 \"X\"\npoke 0x200 \"Y\"\n");
  CHECK(damages(run) == 2);
  CHECK(damage_by(run, 5).address == 0x60);
}

TEST_CASE("A guard byte that is overwritten again after a realloc is told again", "[trace][fault]") {
  const Run run("a = malloc 20\npoke 0x36 \"X\"\na = realloc a 21\npoke 0x36 \"X\"\nfree a\n");
  CHECK(damages(run) == 2);
  CHECK(run.trace.faults[0].step == 3);
  CHECK(run.trace.faults[1].step == 5);
  CHECK(run.trace.faults[1].since_step == 3);
}

TEST_CASE("Damage is told again where bytes are not kept, too", "[trace][fault]") {
  const std::string script = "poke 0x100 \"X\"\na = malloc 1000\nfree a\npoke 0x100 \"Y\"\nb = malloc 1000\nfree b\n";
  CHECK(damages(Run(script, "free-list", 1 << 20)) == 2);
  CHECK(damages(Run(script, "free-list", 1 << 28)) == 2);
}

TEST_CASE("A pool whose link leads back is damaged at that link, since the right step", "[trace][fault][pool]") {
  const Run itself("poke 128 \"\\x80\"\na = malloc 8\nb = malloc 8\nc = malloc 8\n", "pool:64", 512);
  CHECK(damage_by(itself, 1).address == 128);
  const Run cycle("a = malloc 8\npoke 128 \"\\x40\"\nfree a\n", "pool:64", 512);
  CHECK(damage_by(cycle, 2).address == 128);
}

TEST_CASE("A pointer from one allocation into another is foreign, and who lives there is known", "[trace][fault]") {
  const Run run("a = malloc 40\nb = malloc 40\nfree a+48\nfree a\nfree b\n");
  CHECK(run.only().kind == FaultKind::foreign_pointer);
  CHECK(run.only().tenant == 2);
}

TEST_CASE("A hundred thousand faults are told in no time", "[trace][fault]") {
  std::string script;
  const int blocks = 50'000;
  for (int i = 0; i < blocks; ++i) script += "a" + number(i) + " = malloc 16\n";
  for (int i = 0; i < blocks; ++i) script += "poke " + number(28 + 32 * i) + " \"\\0\"\n";
  for (int i = 0; i < blocks; ++i) script += "free a" + number(i) + "\n";
  for (int i = 0; i < blocks; ++i) script += "free a" + number(i) + "\n";
  const Run run(script, "free-list", 1 << 22);
  CHECK(run.trace.faults.size() == 2 * blocks);
}
