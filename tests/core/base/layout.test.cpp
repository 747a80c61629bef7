#include "heapyard/base/layout.hpp"

#include "support/catch.hpp"

using namespace heapyard;

namespace {

constexpr std::uint64_t two_to_63 = std::uint64_t{1} << 63;
constexpr std::uint64_t all_ones = ~std::uint64_t{0};

Layout layout(std::uint64_t size, std::uint64_t alignment) {
  const Result<Layout> made = Layout::make(size, alignment);
  REQUIRE(made);
  return *made;
}

}  // namespace

TEST_CASE("A layout keeps the size and alignment it was made of", "[base]") {
  CHECK(layout(40, 8).size() == 40);
  CHECK(layout(40, 8).alignment() == 8);
  CHECK(Layout::make(40)->alignment() == 16);
  CHECK(Layout{}.size() == 0);
  CHECK(Layout{}.alignment() == 1);
  CHECK(Layout::make(0, 4096));
}

TEST_CASE("A layout refuses an alignment that is no power of two", "[base]") {
  const auto alignment =
      GENERATE(std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{6}, std::uint64_t{4095}, two_to_63 + 1, all_ones);
  CAPTURE(alignment);
  CHECK(Layout::make(8, alignment).error() == AllocError::bad_alignment);
}

TEST_CASE("A layout refuses a size that passes 2^63 - 1 once it is rounded up", "[base]") {
  CHECK(Layout::make(Layout::max_size, 1));
  CHECK(Layout::make(two_to_63, 1).error() == AllocError::size_overflow);
  CHECK(Layout::make(all_ones, 1).error() == AllocError::size_overflow);
  CHECK(Layout::make(Layout::max_size, 2).error() == AllocError::size_overflow);
  CHECK(Layout::make(Layout::max_size - 15, 16));
  CHECK(Layout::make(Layout::max_size - 14, 16).error() == AllocError::size_overflow);
  CHECK(Layout::make(0, two_to_63).error() == AllocError::alignment_too_large);
  CHECK(Layout::make(0, two_to_63 / 2));
  CHECK(Layout::make(two_to_63 / 2, two_to_63 / 2));
  CHECK(Layout::make(two_to_63 / 2 + 1, two_to_63 / 2).error() == AllocError::size_overflow);
}

TEST_CASE("Tail padding rounds the size up to the alignment", "[base]") {
  CHECK(layout(17, 8).padded() == layout(24, 8));
  CHECK(layout(24, 8).padded() == layout(24, 8));
  CHECK(layout(0, 64).padded() == layout(0, 64));
}

TEST_CASE("An array's elements are each aligned, and too long an array is refused", "[base]") {
  CHECK(*layout(12, 8).array(3) == layout(48, 8));
  CHECK(*layout(12, 8).array(0) == layout(0, 8));
  CHECK(*layout(0, 8).array(all_ones) == layout(0, 8));
  CHECK(layout(16, 16).array(all_ones).error() == AllocError::size_overflow);
  CHECK(layout(16, 16).array(two_to_63 / 16).error() == AllocError::size_overflow);
  CHECK(layout(16, 16).array(two_to_63 / 16 - 1)->size() == two_to_63 - 16);
  CHECK(layout(1, 1).array(Layout::max_size)->size() == Layout::max_size);
}

TEST_CASE("Extending a layout places the next member at its own alignment", "[base]") {
  const Layout::Extended extended = *layout(1, 1).extend(layout(4, 4));
  CHECK(extended.offset == 4);
  CHECK(extended.layout == layout(8, 4));
  CHECK(layout(9, 8).extend(layout(2, 2))->offset == 10);
  CHECK(layout(9, 8).extend(layout(2, 2))->layout == layout(12, 8));
  CHECK(layout(9, 1).extend(Layout{})->offset == 9);
}

TEST_CASE("Extending a layout past 2^63 - 1 is refused", "[base]") {
  CHECK(layout(Layout::max_size, 1).extend(layout(1, 1)).error() == AllocError::size_overflow);
  CHECK(layout(Layout::max_size, 1).extend(layout(0, 2)).error() == AllocError::size_overflow);
  CHECK(layout(Layout::max_size - 1, 1).extend(layout(1, 1))->layout.size() == Layout::max_size);
  CHECK(layout(Layout::max_size - 7, 8).extend(layout(1, 1)).error() == AllocError::size_overflow);
  CHECK(layout(1, 1).extend(layout(0, two_to_63 / 2))->offset == two_to_63 / 2);
}

TEST_CASE("Layouts are computed when compiling", "[base]") {
  struct Member {
    std::uint8_t tag;
    std::uint64_t value;
  };
  static_assert(Layout::of<Member>().size() == sizeof(Member));
  static_assert(Layout::of<std::uint8_t>().extend(Layout::of<std::uint64_t>())->layout == Layout::of<Member>());
  static_assert(Layout::make(12, 8)->array(2)->size() == 32);
  static_assert(!Layout::make(1, 3));
  static_assert(natural_layout(3)->alignment() == 4);
  CHECK(Layout::of<Member>().padded() == Layout::of<Member>());
}

TEST_CASE("A natural layout has the alignment that an object of its size may need, up to 16", "[base]") {
  const std::uint64_t alignments[] = {1, 1, 2, 4, 4, 8, 8, 8, 8, 16, 16};
  for (std::uint64_t size = 0; size < std::size(alignments); ++size) {
    CAPTURE(size);
    CHECK(natural_layout(size)->alignment() == alignments[size]);
    CHECK(natural_layout(size)->size() == size);
  }
  CHECK(natural_layout(1 << 20)->alignment() == 16);
  CHECK(natural_layout(two_to_63).error() == AllocError::size_overflow);
  CHECK(natural_layout(all_ones).error() == AllocError::size_overflow);
  CHECK(natural_layout(Layout::max_size).error() == AllocError::size_overflow);
}
