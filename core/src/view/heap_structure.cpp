#include "heapyard/view/heap_structure.hpp"

#include "heapyard/view/heap_words.hpp"

namespace heapyard {

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

}  // namespace heapyard
