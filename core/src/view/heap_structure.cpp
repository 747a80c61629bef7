#include "heapyard/view/heap_structure.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <utility>

namespace heapyard {

/// Allocators are headers that may stand alone, and know no language: here is all that they call their parts, with `{}`
/// for each number. What is not here is told as they say it.
std::string part_title(const StructurePart& part) {
  std::string shape;
  std::vector<std::string> numbers;
  bool in_number = false;
  for (const char c : part.name) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !in_number) {
      shape += "{}";
      numbers.emplace_back();
    }
    (digit ? numbers.back() : shape) += c;
    in_number = digit;
  }
  if (shape == "free list") return say("free list");
  if (shape == "the next search begins") return say("the next search begins");
  if (shape == "free pages") return say("free pages");
  if (shape == "pages") return say("pages");
  if (shape == "free") return say("free");
  if (shape == "used") return say("used");
  if (shape == "split") return say("split");
  if (shape == "top") return say("top");
  if (shape == "newest") return say("newest");
  if (shape == "marker") return say("marker");
  if (shape == "bits of the first level") return say("bits of the first level");
  if (shape == "free, {} bytes") return say("free, {} bytes", numbers[0]);
  if (shape == "free, {} to {} bytes") return say("free, {} to {} bytes", numbers[0], numbers[1]);
  if (shape == "bits from {} bytes") return say("bits from {} bytes", numbers[0]);
  if (shape == "slab of {}-byte objects, {} of {} live")
    return say("slab of {}-byte objects, {} of {} live", numbers[0], numbers[1], numbers[2]);
  return part.name;
}

std::vector<std::string> part_words(const StructurePart& part, std::uint32_t arena_bytes) {
  std::vector<std::string> words;
  for (const std::uint32_t value : part.values) {
    if (part.kind == PartKind::bits) {
      words.emplace_back(value == 0 ? "0" : "1");
    } else if (part.kind == PartKind::count) {
      words.push_back(std::to_string(value));
    } else if (part.kind == PartKind::region && !words.empty()) {
      words.push_back(bytes_text(value));
    } else {
      words.push_back(address_text(value, arena_bytes));
    }
  }
  return words;
}

namespace {

bool same_values(const StructurePart& one, const StructurePart& other) {
  return one.kind == other.kind && one.level == other.level && one.name == other.name && one.values == other.values;
}

/// The structure without the regions that no picture could show, and how many those are.
std::pair<Structure, std::uint32_t> structure_to_draw(const Lab& lab) {
  constexpr std::uint32_t finest = 1024;
  Structure structure = lab.structure();
  const std::size_t left_out = std::erase_if(structure.parts, [&lab](const StructurePart& part) {
    return part.kind == PartKind::region && part.values[1] < lab.arena_bytes() / finest;
  });
  return {std::move(structure), static_cast<std::uint32_t>(left_out)};
}

Structure structure_before(Lab& lab) {
  if (!lab.history().back()) return structure_to_draw(lab).first;
  Structure before = structure_to_draw(lab).first;
  lab.history().forward();
  return before;
}

std::uint32_t used_bytes_in(const History::BlockMap& blocks, std::uint32_t begin, std::uint32_t size) {
  std::uint32_t used = 0;
  for (auto it = blocks.lower_bound(begin); it != blocks.end() && it->first - begin < size; ++it) {
    if (it->second.state == BlockState::used) used += it->second.size;
  }
  return used;
}

}  // namespace

StructurePicture structure_picture(Lab& lab, std::uint32_t most_listed) {
  StructurePicture picture;
  const Structure before = structure_before(lab);
  auto [now, too_small] = structure_to_draw(lab);
  picture.too_small = too_small;
  for (StructurePart& part : now.parts) {
    PartPicture shown;
    const auto is_same = [&part](const StructurePart& other) { return same_values(part, other); };
    shown.changed = std::none_of(before.parts.begin(), before.parts.end(), is_same);
    if (shown.changed && part.kind == PartKind::bits) {
      const auto was = std::find_if(before.parts.begin(), before.parts.end(), [&part](const StructurePart& other) {
        return other.kind == PartKind::bits && other.name == part.name;
      });
      if (was != before.parts.end()) shown.before = was->values;
    }
    if (part.kind == PartKind::region)
      shown.used_bytes = used_bytes_in(lab.history().blocks(), part.values[0], part.values[1]);
    if (part.kind == PartKind::list) {
      shown.blocks = static_cast<std::uint32_t>(part.values.size());
      part.values.resize(std::min<std::size_t>(part.values.size(), most_listed));
    }
    shown.part = std::move(part);
    picture.parts.push_back(std::move(shown));
  }
  return picture;
}

}  // namespace heapyard
