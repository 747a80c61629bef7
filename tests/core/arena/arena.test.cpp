#include "heapyard/arena/arena.hpp"

#include "support/catch.hpp"

#include <array>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace heapyard;

namespace {

/// Keeps the ranges that were written.
class Keeping {
 public:
  explicit Keeping(std::vector<std::pair<Offset, std::uint32_t>>& ranges) : ranges_(&ranges) {}
  void wrote(Offset offset, std::uint32_t size) const { ranges_->emplace_back(offset, size); }
  void block(const Block&) const {}
  void note(const Note&) const {}
  void damage(const Damage&) const {}

 private:
  std::vector<std::pair<Offset, std::uint32_t>>* ranges_;
};

static_assert(!std::is_constructible_v<Arena<>, ArenaMemory>, "the bytes of a temporary are gone at once");
static_assert(!std::is_constructible_v<Arena<>, const ArenaMemory> && std::is_constructible_v<Arena<>, ArenaMemory&>);

ArenaMemory memory_of(std::uint64_t size) {
  AllocError error = AllocError::none;
  ArenaMemory memory = ArenaMemory::make(size, error);
  REQUIRE(error == AllocError::none);
  return memory;
}

}  // namespace

TEST_CASE("Arena memory is aligned to 4096 and refuses sizes that offsets cannot name", "[arena]") {
  const ArenaMemory memory = memory_of(100);
  CHECK(memory.size() == 100);
  CHECK(reinterpret_cast<std::uintptr_t>(memory.data()) % arena_alignment == 0);

  AllocError error = AllocError::none;
  CHECK(ArenaMemory::make(0, error).data() == nullptr);
  CHECK(error == AllocError::arena_too_small);
  for (const std::uint64_t size : {std::uint64_t{1} << 32, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    CHECK(ArenaMemory::make(size, error).data() == nullptr);
    CHECK(error == AllocError::arena_too_large);
  }
}

TEST_CASE("An arena loads what was stored, little-endian, at any offset", "[arena]") {
  const ArenaMemory memory = memory_of(64);
  const Arena<> arena(memory);
  arena.store(3, 0x04030201);
  CHECK(arena.load(3) == 0x04030201);
  CHECK(arena.load<std::uint8_t>(3) == 1);
  CHECK(arena.load<std::uint16_t>(5) == 0x0403);
  CHECK(arena.offset_of(arena.at(17)) == 17);
}

TEST_CASE("A pointer outside of an arena has no offset inside of it, however far away it lies", "[arena]") {
  const ArenaMemory memory = memory_of(64);
  const Arena<> arena(memory);
  const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
  CHECK(arena.offset_of(memory.data() + 64) == 64);
  for (const std::uint64_t distance : {std::uint64_t{1} << 32, (std::uint64_t{1} << 32) + 48, std::uint64_t{7} << 40}) {
    CAPTURE(distance);
    if constexpr (sizeof address == sizeof distance) {  // 32 bits reach no further than the arena
      CHECK(arena.offset_of(reinterpret_cast<const void*>(address + static_cast<std::uintptr_t>(distance))) >= 64);
      CHECK(arena.offset_of(reinterpret_cast<const void*>(address - static_cast<std::uintptr_t>(distance))) >= 64);
    }
  }
  CHECK(arena.offset_of(reinterpret_cast<const void*>(address - 16)) >= 64);
  CHECK(arena.offset_of(nullptr) >= 64);
}

TEST_CASE("Arena memory that was moved from is empty", "[arena]") {
  ArenaMemory memory = memory_of(64);
  std::byte* const bytes = memory.data();
  ArenaMemory other = std::move(memory);
  CHECK((memory.data() == nullptr && memory.size() == 0));
  CHECK((other.data() == bytes && other.size() == 64));
  memory = std::move(other);
  CHECK((other.data() == nullptr && other.size() == 0));
  CHECK((memory.data() == bytes && memory.size() == 64));
}

TEST_CASE("An arena tells its watch every range it writes", "[arena]") {
  const ArenaMemory memory = memory_of(64);
  std::vector<std::pair<Offset, std::uint32_t>> ranges;
  const Arena<Keeping> arena(memory, Keeping(ranges));
  arena.fill(0, 64, Fill::zero);
  arena.write(8, "text", 4);
  arena.store<std::uint16_t>(20, 7);
  arena.copy(9, 8, 4);
  CHECK(ranges == std::vector<std::pair<Offset, std::uint32_t>>{{0, 64}, {8, 4}, {20, 2}, {9, 4}});
  CHECK(std::memcmp(arena.at(8), "ttext", 5) == 0);
}

TEST_CASE("The first byte that differs from a fill is found wherever it stands", "[arena]") {
  const ArenaMemory memory = memory_of(40);
  const Arena<> arena(memory);
  arena.fill(0, 40, Fill::guard);
  CHECK(arena.first_unlike(5, 0, Fill::zero) == 5);
  CHECK(arena.first_unlike(0, 40, Fill::guard) == 40);
  CHECK(arena.first_unlike(0, 40, Fill::freed) == 0);
  for (Offset at = 0; at < 40; ++at) {
    arena.fill(0, 40, Fill::guard);
    arena.store<std::uint8_t>(at, 1);
    CAPTURE(at);
    REQUIRE(arena.first_unlike(0, 40, Fill::guard) == at);
    REQUIRE(arena.first_unlike(at + 1, 40 - at - 1, Fill::guard) == 40);
  }
}
