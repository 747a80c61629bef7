#include "heapyard/view/heap_twin.hpp"

#include "heapyard/view/heap_structure.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace heapyard {
namespace {

template <class... Parts>
void line(std::string& text, fmt::format_string<Parts...> format, Parts&&... parts) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Parts>(parts)...);
  text += '\n';
}

void blocks(std::string& text, const Lab& lab, std::uint32_t max_blocks) {
  line(text, "blocks:");
  std::uint32_t left = max_blocks;
  for (const auto& [offset, block] : lab.history().blocks()) {
    if (left-- == 0) {
      line(text, "  and {} more blocks", lab.history().blocks().size() - max_blocks);
      return;
    }
    const std::string where = address_text(offset, lab.arena_bytes());
    if (block.state != BlockState::used) {
      line(text, "  {}  {}  {}", where, block.size, block.state == BlockState::free ? "free" : "control");
      continue;
    }
    const std::uint32_t header = block.payload_offset - block.offset;
    line(text, "  {}  {}  used  {}  header {}, payload {}, padding {}", where, block.size, block_name(lab, block),
         header, block.payload_size, block.size - header - block.payload_size);
  }
}

void structure(std::string& text, const Lab& lab, std::uint32_t max_words) {
  for (const StructurePart& part : lab.structure().parts) {
    text.append(2 * std::size_t{part.level}, ' ').append(part.name).append(":");
    std::string_view between = " ";
    std::uint32_t left = max_words;
    for (const std::string& word : part_words(part, lab.arena_bytes())) {
      if (left-- == 0) {
        text += fmt::format(" and {} more", part.values.size() - max_words);
        break;
      }
      text.append(between).append(word);
      between = between_words(part.kind);
    }
    text += '\n';
  }
}

void changed_bytes(std::string& text, const Lab& lab) {
  std::string ranges;
  for (const ByteRange& range : lab.history().changed()) {
    ranges += fmt::format("{}{}", ranges.empty() ? " " : ", ", address_text(range.offset, lab.arena_bytes()));
    if (range.size > 1) ranges += fmt::format(" to {}", address_text(range.offset + range.size - 1, lab.arena_bytes()));
  }
  if (!ranges.empty()) line(text, "changed bytes:{}", ranges);
}

void faults(std::string& text, const Lab& lab, Moment moment, std::uint32_t most) {
  const std::span<const Fault> faults = faults_so_far(lab, moment);
  const std::size_t told = std::min<std::size_t>(faults.size(), most);
  for (const Fault& fault : faults.first(told)) {
    const FaultWords words = fault_words(lab, fault);
    line(text, "fault at step {}: {}. {} {}", fault.step, words.title, words.message, words.silently);
  }
  if (told < faults.size()) line(text, "and {} more faults", faults.size() - told);
}

}  // namespace

std::string numbers_sentence(const Statistics& statistics) {
  return fmt::format(
      "{} in use in {} block{}; high-water mark {}; {} free, the largest free block has {}; {} % fragmented outside, "
      "{} lost "
      "inside.",
      bytes_text(statistics.live_bytes), statistics.live_blocks, statistics.live_blocks == 1 ? "" : "s",
      bytes_text(statistics.high_water_mark), bytes_text(statistics.total_free), statistics.largest_free,
      std::lround(statistics.external_fragmentation * 100), bytes_text(statistics.internal_fragmentation));
}

std::string heap_twin(const Lab& lab, Moment moment, std::uint32_t max_blocks) {
  const History& history = lab.history();
  std::string text;
  if (history.now() == 0) {
    line(text, "Step 0 of {}: before the first call.", history.steps());
  } else {
    line(text, "Step {} of {}, line {}: {}", history.now(), history.steps(),
         history.trace().line_of_step(history.now()), call_text(lab, history.now()));
  }
  line(text, "{}", step_sentence(lab));
  line(text, "{}", numbers_sentence(history.statistics()));
  blocks(text, lab, max_blocks);
  structure(text, lab, max_blocks);
  changed_bytes(text, lab);
  faults(text, lab, moment, max_blocks);
  return text;
}

}  // namespace heapyard
