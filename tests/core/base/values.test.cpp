#include "heapyard/base/alloc_error.hpp"
#include "heapyard/base/fault.hpp"
#include "heapyard/base/random.hpp"
#include "heapyard/base/result.hpp"

#include "support/catch.hpp"

#include <set>
#include <string_view>

using namespace heapyard;

TEST_CASE("A result holds a value or the reason why there is none", "[base]") {
  const Result<Offset> granted = Offset{24};
  CHECK(granted);
  CHECK(*granted == 24);
  CHECK(granted.error() == AllocError::none);

  const Result<Offset> refused = AllocError::out_of_memory;
  CHECK_FALSE(refused);
  CHECK(refused.error() == AllocError::out_of_memory);
  CHECK(refused.value() == 0);
}

TEST_CASE("Every allocation error has a name of its own", "[base]") {
  std::set<std::string_view> names;
  for (int error = 0; error <= static_cast<int>(AllocError::damaged); ++error)
    names.insert(name_of(static_cast<AllocError>(error)));
  CHECK(names.size() == static_cast<std::size_t>(AllocError::damaged) + 1);
}

TEST_CASE("Faults have the names of the JSON contract", "[base]") {
  CHECK(name_of(FaultKind::double_free) == "double_free");
  CHECK(name_of(FaultKind::foreign_pointer) == "foreign_pointer");
  CHECK(name_of(FaultKind::interior_pointer) == "interior_pointer");
  CHECK(name_of(FaultKind::wrong_size) == "wrong_size");
  CHECK(name_of(FaultKind::out_of_bounds) == "out_of_bounds");
  CHECK(name_of(FaultKind::use_after_free) == "use_after_free");
  CHECK(name_of(FaultKind::damage) == "damage");
  CHECK(name_of(FaultKind::leak) == "leak");
}

TEST_CASE("Random numbers are those of SplitMix64", "[base]") {
  // The first numbers of seed 1234567, as the authors' reference implementation gives them.
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317U);
  CHECK(random.next() == 3203168211198807973U);
  CHECK(random.next() == 9817491932198370423U);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t number = random.between(3, 5);
    REQUIRE((number >= 3 && number <= 5));
    REQUIRE(random.below(7) < 7);
  }
}
