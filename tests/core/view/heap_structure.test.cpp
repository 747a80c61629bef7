#include "heapyard/view/heap_structure.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <string>

using namespace heapyard;

TEST_CASE("A place in the arena is told as an address, a count as a number", "[structure]") {
  CHECK(part_words({PartKind::place, "it goes on", {40}}, 4096) == std::vector<std::string>{"0x028"});
  CHECK(part_words({PartKind::count, "live blocks", {40}}, 4096) == std::vector<std::string>{"40"});
  CHECK(part_words({PartKind::region, "page", {64, 40}}, 4096) == std::vector<std::string>{"0x040", "40 bytes"});
  CHECK(part_words({PartKind::bits, "used", {1, 0}}, 4096) == std::vector<std::string>{"1", "0"});
}

namespace {

Lab at_step(std::string_view script, std::string_view allocator, std::uint32_t step, std::uint64_t arena = 4096) {
  Lab lab = Lab::run(script, allocator, arena);
  lab.history().seek(step);
  return lab;
}

const PartPicture* part_of(const StructurePicture& picture, PartKind kind, std::string_view name) {
  const auto found = std::find_if(picture.parts.begin(), picture.parts.end(), [&](const PartPicture& each) {
    return each.part.kind == kind && each.part.name == name;
  });
  return found == picture.parts.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("A picture tells what a step changed of an allocator's structure, and where the history stands stays",
          "[structure]") {
  Lab lab = at_step("a = malloc 40\nb = malloc 100\nfree a\n", "tlsf", 3);
  const StructurePicture picture = structure_picture(lab, 10);
  CHECK(lab.history().now() == 3);
  const PartPicture* const first = part_of(picture, PartKind::bits, "bits of the first level");
  REQUIRE(first != nullptr);
  CHECK(first->changed);
  CHECK(first->before.size() == first->part.values.size());
  CHECK(first->before != first->part.values);
  CHECK_FALSE(part_of(picture, PartKind::bits, "bits from 512 bytes")->changed);
  const PartPicture* const list = part_of(picture, PartKind::list, "free, 48 bytes");
  REQUIRE(list != nullptr);
  CHECK(list->changed);
  CHECK(list->blocks == 1);
}

TEST_CASE("At the first step of all, nothing of a structure has changed", "[structure]") {
  Lab lab = at_step("a = malloc 40\n", "tlsf", 0);
  const StructurePicture picture = structure_picture(lab, 10);
  CHECK_FALSE(picture.parts.empty());
  CHECK(std::none_of(picture.parts.begin(), picture.parts.end(), [](const auto& each) { return each.changed; }));
}

TEST_CASE("A region is as full as its used blocks make it", "[structure]") {
  Lab lab = at_step("a = malloc 40\nb = malloc 100\n", "buddy", 2);
  const StructurePicture picture = structure_picture(lab, 10);
  std::uint32_t used = 0;
  for (const auto& [offset, block] : lab.history().blocks()) used += block.state == BlockState::used ? block.size : 0;
  std::uint32_t coarsest = 0, finest = 0;
  for (const PartPicture& each : picture.parts) {
    if (each.part.kind != PartKind::region) continue;
    if (each.part.level == 0) coarsest += each.used_bytes;
    if (each.part.name == "used") finest += each.used_bytes;
    if (each.part.name == "free") CHECK(each.used_bytes == 0);
    if (each.part.name == "used") CHECK(each.used_bytes == each.part.values[1]);
  }
  CHECK(coarsest == used);
  CHECK(finest == used);
}

TEST_CASE("Long lists are cut and counted, and what is too small to be seen is left out and counted", "[structure]") {
  std::string script;
  for (int i = 0; i < 40; ++i) script += "v" + std::to_string(i) + " = malloc 16\n";
  for (int i = 0; i < 40; i += 2) script += "free v" + std::to_string(i) + "\n";
  Lab lab = at_step(script, "free-list", 60);
  const StructurePicture picture = structure_picture(lab, 5);
  REQUIRE(picture.parts.size() == 1);
  CHECK(picture.parts[0].blocks == 21);
  CHECK(picture.parts[0].part.values.size() == 5);
  CHECK(picture.too_small == 0);

  Lab large = at_step("a = malloc 16\n", "buddy", 1, 1 << 20);
  const StructurePicture coarse = structure_picture(large, 5);
  CHECK(coarse.too_small > 0);
  CHECK(std::none_of(coarse.parts.begin(), coarse.parts.end(), [](const PartPicture& each) {
    return each.part.kind == PartKind::region && each.part.values[1] < 1024;
  }));
}
