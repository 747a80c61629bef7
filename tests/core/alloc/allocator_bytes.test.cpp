// The corpus of the fuzz target for allocators, and that what it looks for is found.
#include "support/allocator_bytes.hpp"

#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/subjects.hpp"

using namespace heapyard;
using namespace heapyard::test;

TEST_CASE("Every program of the corpus leaves its allocator whole, or its damage found", "[fuzz]") {
  const std::vector<CorpusFile> files = corpus("allocators");
  REQUIRE(files.size() >= 2 * subjects().size());
  for (const CorpusFile& file : files) {
    CAPTURE(file.name);
    CHECK(wrong_in_allocator_bytes(reinterpret_cast<const std::uint8_t*>(file.text.data()), file.text.size()) == "");
  }
}

TEST_CASE("An exercise tells a payload's bytes from the allocator's own", "[fuzz]") {
  for (const Subject& subject : subjects()) {
    CAPTURE(subject.name);
    const auto fresh = [&] { return subject.make({1200, 63}); };
    const auto exercise = fresh();
    REQUIRE(exercise->error() == AllocError::none);
    REQUIRE(exercise->carry_out({Operation::Kind::allocate, 0, *Layout::make(16, 1)}) == "");
    const Offset payload = exercise->live(0);
    REQUIRE(payload != 0);
    CHECK(exercise->overwrite(payload, std::byte{0}) == "");
    CHECK(exercise->carry_out({Operation::Kind::deallocate, payload, {}}) == "");
    CHECK(exercise->finish() == "");
    CHECK(exercise->overwrite(4, std::byte{0xee}) == "");
    // From here on it cannot be trusted, and may refuse.
    CHECK(exercise->carry_out({Operation::Kind::allocate, 0, *Layout::make(16, 1)}) == "");
    CHECK(exercise->finish() == "");
  }
}
