#include "heapyard/history/snapshot.hpp"

#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/seed.hpp"

using namespace heapyard;

TEST_CASE("What was packed is unpacked", "[history][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  for (int i = 0; i < 500; ++i) {
    std::vector<std::byte> bytes;
    while (random.chance(90)) {
      const bool run = random.chance(50);
      const auto value = static_cast<std::byte>(random.next());
      for (std::uint64_t left = random.below(80); left > 0; --left)
        bytes.push_back(run ? value : static_cast<std::byte>(random.next()));
    }
    const std::vector<std::byte> packed = pack(bytes);
    std::vector<std::byte> unpacked(bytes.size(), std::byte{0x55});
    unpack(packed, unpacked);
    REQUIRE(unpacked == bytes);
    REQUIRE(packed.size() <= bytes.size() + 8 * (2 + bytes.size() / 32));
  }
}

TEST_CASE("A large heap of fill bytes packs into a few", "[history]") {
  CHECK(pack(std::vector<std::byte>(1 << 20, std::byte{0xdd})).size() < 32);
  CHECK(pack({}).empty());
}
