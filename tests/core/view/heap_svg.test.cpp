#include "heapyard/view/heap_svg.hpp"

#include "heapyard/base/random.hpp"
#include "heapyard/view/heap_rows.hpp"

#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/random_programs.hpp"
#include "support/seed.hpp"
#include "support/svg.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

using namespace heapyard;
using test::attribute;
using test::elements;
using test::is_well_formed;

namespace {

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
};

/// The whole numbers of a `<path d>`, its commands left out.
std::vector<int> numbers_of(const std::string& path) {
  std::vector<int> numbers;
  for (const char* at = path.c_str(); *at != 0;) {
    if ((*at >= '0' && *at <= '9') || *at == '-') {
      char* end = nullptr;
      numbers.push_back(static_cast<int>(std::strtol(at, &end, 10)));
      at = end;
    } else {
      ++at;
    }
  }
  return numbers;
}

/// The bars of a picture by the offset of their first byte: `M x y H end …`.
std::vector<Box> bars_of(const std::string& svg) {
  std::vector<Box> boxes;
  for (const std::string& path : elements(svg, "path")) {
    if (attribute(path, "data-offset").empty()) continue;
    const std::vector<int> numbers = numbers_of(attribute(path, "d"));
    boxes.push_back({numbers[0], numbers[1], numbers[2], numbers[1] + 28});
  }
  return boxes;
}

/// Whether a link, a chain of upright and level pieces with soft corners, crosses the inside of a bar.
bool crosses(const std::string& link, const std::vector<Box>& bars) {
  const std::vector<int> shift = numbers_of(attribute(link, "transform"));
  const std::vector<int> numbers = numbers_of(attribute(link, "d"));
  const int down = shift.empty() ? 0 : shift[1];
  for (std::size_t i = 0; i + 3 < numbers.size(); i += 2) {
    const Box piece = {std::min(numbers[i], numbers[i + 2]), std::min(numbers[i + 1], numbers[i + 3]) + down,
                       std::max(numbers[i], numbers[i + 2]), std::max(numbers[i + 1], numbers[i + 3]) + down};
    for (const Box& bar : bars) {
      if (piece.left < bar.right && bar.left < piece.right + 1 && piece.top < bar.bottom && bar.top < piece.bottom)
        return true;
    }
  }
  return false;
}

/// The parts of the heap's blocks, as the picture must show them: offset to size.
std::map<std::uint64_t, std::uint64_t> parts_of(const Lab& lab) {
  std::map<std::uint64_t, std::uint64_t> parts;
  for (const auto& [offset, block] : lab.history().blocks()) {
    if (block.state != BlockState::used) {
      parts[offset] = block.size;
      continue;
    }
    const Offset payload_end = block.payload_offset + block.payload_size;
    if (block.payload_offset > offset) parts[offset] = block.payload_offset - offset;
    if (block.payload_size > 0) parts[block.payload_offset] = block.payload_size;
    if (block.end() > payload_end) parts[payload_end] = block.end() - payload_end;
  }
  return parts;
}

/// The same, from the picture: a part that goes on in the next row is put together.
std::map<std::uint64_t, std::uint64_t> parts_drawn(const std::string& svg,
                                                   const std::map<std::uint64_t, std::uint64_t>& expected) {
  std::map<std::uint64_t, std::uint64_t> pieces, parts;
  for (const std::string& path : elements(svg, "path")) {
    const std::string offset = attribute(path, "data-offset");
    if (!offset.empty()) pieces[std::stoull(offset)] = std::stoull(attribute(path, "data-bytes"));
  }
  for (const auto& [offset, size] : pieces) {
    if (!parts.empty() && parts.rbegin()->first + parts.rbegin()->second == offset && expected.count(offset) == 0) {
      parts.rbegin()->second += size;
    } else {
      parts[offset] = size;
    }
  }
  return parts;
}

void require_sound(const std::string& svg) {
  REQUIRE(is_well_formed(svg));
  REQUIRE(elements(svg, "svg").size() == 1);
  REQUIRE_THAT(svg, test::contains("<title>"));
  REQUIRE_THAT(svg, test::contains("<desc>"));
  const int width = std::stoi(attribute(elements(svg, "svg")[0], "width"));
  const int height = std::stoi(attribute(elements(svg, "svg")[0], "height"));
  const std::vector<Box> bars = bars_of(svg);
  for (const Box& bar : bars) {
    REQUIRE(bar.left >= 0);
    REQUIRE(bar.right <= width);
    REQUIRE(bar.bottom <= height);
  }
  for (const std::string& path : elements(svg, "path")) {
    if (attribute(path, "class") == "link") {
      CAPTURE(path);
      REQUIRE_FALSE(crosses(path, bars));
    }
  }
}

}  // namespace

TEST_CASE("The picture of a heap shows every part of every block, and links that cross none", "[view][heap][svg]") {
  Random random(test::fresh_seed());
  for (const char* allocator : {"free-list", "pool:24", "pool:64"}) {
    for (int round = 0; round < 20; ++round) {
      Lab lab = Lab::run(test::random_script(random, {}), allocator, 1024);
      REQUIRE(lab.problems().empty());
      for (int look = 0; look < 5; ++look) {
        lab.history().seek(static_cast<std::uint32_t>(random.below(lab.history().steps() + 1)));
        CAPTURE(allocator, lab.history().now());
        const std::string svg = heap_svg(lab, moment_of(lab));
        require_sound(svg);
        const auto expected = parts_of(lab);
        REQUIRE(parts_drawn(svg, expected) == expected);
      }
    }
  }
}

TEST_CASE("The corpus is drawn at every step, whatever it does", "[view][heap][svg][corpus]") {
  for (const char* folder : {"script", "rep"}) {
    for (const test::CorpusFile& file : test::corpus(folder)) {
      CAPTURE(file.name);
      Lab lab = Lab::run(file.text, "free-list", 0);
      for (std::uint32_t step = 0; step <= std::min(lab.history().steps(), 40U); ++step) {
        lab.history().seek(step);
        require_sound(heap_svg(lab, moment_of(lab)));
      }
    }
  }
}

TEST_CASE("The picture marks this step in orange and faults in red, in form as well as in colour",
          "[view][heap][svg]") {
  Lab lab = Lab::run("a = malloc 40\nfree a\nfree a\nb = malloc 8\n", "free-list", 512);
  const auto outlines = [&](std::uint32_t step, const std::string& kind) {
    lab.history().seek(step);
    std::size_t count = 0;
    for (const std::string& path : elements(heap_svg(lab, moment_of(lab)), "path"))
      count += attribute(path, "class") == "outline " + kind;
    return count - 1;  // the legend's
  };
  REQUIRE(outlines(1, "now") > 0);
  REQUIRE(outlines(1, "bad") == 0);
  REQUIRE(outlines(3, "bad") > 0);
  REQUIRE(outlines(3, "now") == 0);
  REQUIRE(outlines(4, "bad") > 0);  // a leak
  REQUIRE_THAT(heap_svg(lab, moment_of(lab)), test::contains("Leak of b"));
  lab.history().seek(3);
  REQUIRE_THAT(heap_svg(lab, moment_of(lab)), test::contains("Double free of a"));
  REQUIRE(heap_svg(lab, moment_of(lab)).find("Leak of b") == std::string::npos);
}

TEST_CASE("A long free tail is folded, and the picture says how much of it", "[view][heap][svg]") {
  const Lab lab = Lab::run("a = malloc 40\nfree a\n", "free-list", 1 << 20);
  const std::string svg = heap_svg(lab, moment_of(lab));
  require_sound(svg);
  REQUIRE(svg.size() < 20'000);
  REQUIRE_THAT(svg, test::contains("rows more, all free: "));
}

TEST_CASE("A heap of many blocks is summarised within bounds, and one leak among them shows", "[view][heap][svg]") {
  std::string text = "0\n40000\n79999\n1\n";
  for (int i = 0; i < 40'000; ++i) text += "a " + std::to_string(i) + " 40\n";
  for (int i = 0; i < 40'000; ++i) {
    if (i != 31'337) text += "f " + std::to_string(i) + "\n";
  }
  Lab lab = Lab::run(text, "free-list", 0);
  REQUIRE(lab.problems().empty());
  const auto framed = [&] {
    const std::string svg = heap_svg(lab, moment_of(lab));
    require_sound(svg);
    REQUIRE(svg.size() < 600'000);
    std::size_t count = 0;
    for (const std::string& path : elements(svg, "path")) count += attribute(path, "class") == "outline bad";
    return count;
  };
  lab.history().seek(60'000);
  REQUIRE_THAT(heap_svg(lab, moment_of(lab)), test::contains("blocks are too many to draw one by one"));
  REQUIRE(framed() == 0);

  // With a wall of small live blocks around, so that the end is no picture of rows either.
  text.replace(0, text.find("1\n"), "0\n80000\n119999\n");
  std::string walls;
  for (int i = 40'000; i < 80'000; ++i) walls += "a " + std::to_string(i) + " 8\n";
  Lab walled = Lab::run(text + walls, "free-list", 0);
  REQUIRE(walled.problems().empty());
  walled.history().seek(walled.history().steps());
  REQUIRE(heap_svg(walled, moment_of(walled)).size() < 900'000);
  require_sound(heap_svg(walled, moment_of(walled)));
  const HeapMarks marks = heap_marks(walled, Moment::end);
  REQUIRE(marks.leaked.size() == 40'001);
  HeapMarks only = marks;
  only.leaked = {31'338};
  only.now = nullptr;
  const HeapDensity density = heap_density(walled, only, 1000);
  REQUIRE(density.cells.size() <= 1000);
  REQUIRE(std::count_if(density.cells.begin(), density.cells.end(),
                        [](const DensityCell& cell) { return cell.fault; }) == 1);
}

TEST_CASE("The cells of a summary count every used byte once", "[view][heap]") {
  Random random(test::fresh_seed());
  for (int round = 0; round < 30; ++round) {
    Lab lab = Lab::run(test::random_script(random, {}), "free-list", 2048);
    lab.history().seek(static_cast<std::uint32_t>(random.below(lab.history().steps() + 1)));
    const HeapDensity density = heap_density(lab, {}, random.between(1, 64));
    std::uint64_t counted = 0, used = 0;
    for (const DensityCell& cell : density.cells) {
      REQUIRE(cell.used <= density.cell_bytes);
      counted += cell.used;
    }
    for (const auto& [offset, block] : lab.history().blocks()) {
      if (block.state != BlockState::free && offset < density.shown)
        used += std::min<std::uint64_t>(block.end(), density.shown) - offset;
    }
    REQUIRE(counted == used);
  }
}

TEST_CASE("Rows tile the arena whatever is folded, and every byte that is shown is shown once", "[view][heap]") {
  Random random(test::fresh_seed());
  for (int round = 0; round < 60; ++round) {
    const std::uint64_t arena = 512ULL << random.below(8);
    Lab lab = Lab::run(test::random_script(random, {}), random.chance(50) ? "free-list" : "pool:16", arena);
    lab.history().seek(static_cast<std::uint32_t>(random.below(lab.history().steps() + 1)));
    const auto row_bytes = static_cast<std::uint32_t>(16ULL << random.below(5));
    CAPTURE(arena, row_bytes);
    std::uint64_t at = 0;
    const std::vector<HeapRow> rows = heap_rows(lab.history(), row_bytes);
    for (const HeapRow& row : rows) {
      REQUIRE(row.offset == at);
      at = row.end();
      if (row.folded != 0) {
        REQUIRE(row.size == row.folded * row_bytes);
        REQUIRE(row.cells.size() == 1);
        continue;
      }
      REQUIRE(row.size <= row_bytes);
      std::uint64_t shown = row.offset;
      for (const HeapCell& cell : row.cells) {
        REQUIRE(cell.offset == shown);
        shown += cell.size;
      }
      REQUIRE(shown == row.end());
    }
    REQUIRE(at == lab.arena_bytes());
    const std::uint32_t chosen = choose_row_bytes(lab.history(), 16, 4096, 24);
    if (chosen != 0) REQUIRE(heap_rows(lab.history(), chosen).size() <= 24);
    if (chosen > 16) REQUIRE(heap_rows(lab.history(), chosen / 2).size() > 24);
  }
}
