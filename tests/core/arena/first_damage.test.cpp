#include "heapyard/arena/first_damage.hpp"

#include "heapyard/arena/arena.hpp"

#include "support/catch.hpp"

using namespace heapyard;

TEST_CASE("A watch remembers the first damage that any copy of its arena was told, until it is cleared", "[arena]") {
  Damage found;
  std::byte bytes[16] = {};
  const Arena<FirstDamage> arena(bytes, sizeof bytes, FirstDamage(found));
  const Arena<FirstDamage> copy = arena;
  arena.store(4, 7);
  arena.watch().block({});
  arena.watch().note({});
  CHECK_FALSE(found);

  copy.watch().damage({DamagedPart::guard, 24, 40});
  arena.watch().damage({DamagedPart::fill, 64, 80});
  CHECK((found.part == DamagedPart::guard && found.block == 24 && found.at == 40));
  found = {};
  arena.watch().damage({DamagedPart::fill, 64, 80});
  CHECK((found.part == DamagedPart::fill && found.block == 64 && found.at == 80));
}
