#include "heapyard/view/heap_faults.hpp"

#include "heapyard/view/heap_words.hpp"

#include "support/catch.hpp"

#include <string>

using namespace heapyard;
using test::contains;

namespace {

Lab lab_of(const std::string& script, const std::string& allocator = "free-list") {
  Lab lab = Lab::run(script, allocator, 1024);
  REQUIRE(lab.problems().empty());
  return lab;
}

/// The words of the first fault.
FaultWords told(const std::string& script) {
  const Lab lab = lab_of(script);
  REQUIRE_FALSE(lab.history().trace().faults.empty());
  return fault_words(lab, lab.history().trace().faults[0]);
}

}  // namespace

TEST_CASE("An access out of bounds says how much of it lies outside", "[view][fault]") {
  const auto beyond = [](const std::string& access) { return told("a = malloc 40\n" + access + "\nfree a\n").message; };
  CHECK_THAT(beyond("read a 40 1"),
             contains("reads 1 byte at offset 40 of a, which has 40 bytes: it lies past its end"));
  CHECK_THAT(beyond("read a 40 8"), contains("they lie past its end"));
  CHECK_THAT(beyond("read a 39 2"), contains("1 of them lies past its end"));
  CHECK_THAT(beyond("write a 38 \"long\""), contains("2 of them lie past its end"));
}

TEST_CASE("A foreign pointer into another allocation names who lives there", "[view][fault]") {
  const FaultWords words = told("a = malloc 40\nb = malloc 40\nfree a+48\nfree a\nfree b\n");
  CHECK_THAT(words.message, contains("releases 0x050, which is no part of a: b lives there."));
  CHECK_THAT(words.silently, contains("a release of b"));
  CHECK_THAT(told("free 0x100000020\n").message, contains("releases what lies beyond the arena"));
}

TEST_CASE("An access after free names who lives there by now", "[view][fault]") {
  const FaultWords words = told("a = malloc 40\nfree a\nb = malloc 40\nread a 0 4\nfree b\n");
  CHECK_THAT(words.message, contains("Line 4 reads 4 bytes of a, but line 2 released it. Line 1 allocated it."));
  CHECK_THAT(words.silently, contains("the bytes belong to b now"));
}

TEST_CASE("The faults so far are those up to the step, leaks at the end alone", "[view][fault]") {
  Lab lab = lab_of("a = malloc 8\nfree a\nfree a\nb = malloc 8\nfree 0x10\n");
  const auto count = [&](std::uint32_t step, Moment moment) {
    lab.history().seek(step);
    return std::pair(faults_so_far(lab, moment).size(), faults_of_step(lab, moment).size());
  };
  CHECK(count(2, Moment::step) == std::pair<std::size_t, std::size_t>(0, 0));
  CHECK(count(3, Moment::step) == std::pair<std::size_t, std::size_t>(1, 1));
  CHECK(count(4, Moment::step) == std::pair<std::size_t, std::size_t>(1, 0));
  CHECK(count(5, Moment::step) == std::pair<std::size_t, std::size_t>(2, 1));
  CHECK(count(5, Moment::end) == std::pair<std::size_t, std::size_t>(3, 2));
  CHECK(moment_of(lab) == Moment::end);
}

TEST_CASE("A calloc that no block of a pool can hold says how many bytes that would be", "[view][pool]") {
  Lab lab = lab_of("a = calloc 2 40\n", "pool:64");
  lab.history().seek(1);
  CHECK_THAT(failure_sentence(lab), contains("80 bytes do not fit into a block of this pool"));
}

TEST_CASE("A stray write beyond the arena says that it changes nothing", "[view]") {
  Lab lab = lab_of("poke 0x100000020 \"x\"\n");
  lab.history().seek(1);
  CHECK_THAT(step_sentence(lab), contains("beyond the arena"));
}

TEST_CASE("A realloc into another variable tells of the block by its old name, and who points to it now", "[view]") {
  Lab lab = lab_of("a = malloc 24\nb = malloc 24\nc = realloc a 100\nfree b\nd = realloc c 200\n");
  lab.history().seek(3);
  CHECK_THAT(step_sentence(lab), contains("a moved from 0x020 to 0x060"));
  CHECK_THAT(step_sentence(lab), contains("c points to it now."));
  lab.history().seek(5);
  CHECK_THAT(step_sentence(lab), contains("c stays at 0x060; its block grew"));
  CHECK_THAT(told("a = malloc 8\nfree a\nb = realloc a 20\n").message, contains("Line 3 reallocates a, but line 2"));
}

TEST_CASE("An aligned request that leaves two blocks free tells both", "[view]") {
  Lab lab = lab_of("a = malloc 8\nb = aligned_alloc 64 64\n");
  lab.history().seek(2);
  CHECK_THAT(step_sentence(lab), contains("16 and 880 bytes of it stay free"));
}
