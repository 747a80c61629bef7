#include "heapyard/view/heap_twin.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_structure.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace heapyard {
namespace {

void blocks(std::string& text, const Lab& lab, std::uint32_t max_blocks) {
  text += say("blocks:") + '\n';
  std::uint32_t left = max_blocks;
  for (const auto& [offset, block] : lab.history().blocks()) {
    if (left-- == 0) {
      text += say("  and {} more blocks", lab.history().blocks().size() - max_blocks) + '\n';
      return;
    }
    const std::string where = address_text(offset, lab.arena_bytes());
    if (block.state != BlockState::used) {
      text += fmt::format("  {}  {}  {}\n", where, block.size, block_name(lab, block));
      continue;
    }
    const std::uint32_t header = block.payload_offset - block.offset;
    text += say("  {}  {}  used  {}  header {}, payload {}, padding {}", where, block.size, block_name(lab, block),
                header, block.payload_size, block.size - header - block.payload_size) +
            '\n';
  }
}

void structure(std::string& text, const Lab& lab, std::uint32_t max_words) {
  for (const StructurePart& part : lab.structure().parts) {
    text.append(2 * std::size_t{part.level}, ' ').append(part_title(part)).append(":");
    std::string_view between = " ";
    std::uint32_t left = max_words;
    for (const std::string& word : part_words(part, lab.arena_bytes())) {
      if (left-- == 0) {
        text += say(" and {} more", part.values.size() - max_words);
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
    const std::string first = address_text(range.offset, lab.arena_bytes());
    if (!ranges.empty()) ranges += ", ";
    ranges +=
        range.size > 1 ? say("{} to {}", first, address_text(range.offset + range.size - 1, lab.arena_bytes())) : first;
  }
  if (!ranges.empty()) text += say("changed bytes: {}", ranges) + '\n';
}

void faults(std::string& text, const Lab& lab, Moment moment, std::uint32_t most) {
  const std::span<const Fault> faults = faults_so_far(lab, moment);
  const std::size_t told = std::min<std::size_t>(faults.size(), most);
  for (const Fault& fault : faults.first(told)) {
    const FaultWords words = fault_words(lab, fault);
    text += say("fault at step {}: {}. {} {}", fault.step, words.title, words.message, words.silently) + '\n';
  }
  if (told < faults.size()) text += say("and {} more faults", faults.size() - told) + '\n';
}

}  // namespace

std::string numbers_sentence(const Statistics& statistics) {
  const std::string live = bytes_text(statistics.live_bytes);
  const std::string in_use = statistics.live_blocks == 1 ? say("{} in use in 1 block", live)
                                                         : say("{} in use in {} blocks", live, statistics.live_blocks);
  return say("{}; high-water mark {}; {} free, the largest free block has {}; {} % fragmented outside, {} lost inside.",
             in_use, bytes_text(statistics.high_water_mark), bytes_text(statistics.total_free), statistics.largest_free,
             std::lround(statistics.external_fragmentation * 100), bytes_text(statistics.internal_fragmentation));
}

std::string heap_twin(const Lab& lab, Moment moment, std::uint32_t max_blocks) {
  const History& history = lab.history();
  std::string text;
  if (history.now() == 0) {
    text = say("Step 0 of {}: before the first call.", history.steps());
  } else {
    text = say("Step {} of {}, line {}: {}", history.now(), history.steps(),
               history.trace().line_of_step(history.now()), call_text(lab, history.now()));
  }
  text += fmt::format("\n{}\n{}\n", step_sentence(lab), numbers_sentence(history.statistics()));
  blocks(text, lab, max_blocks);
  structure(text, lab, max_blocks);
  changed_bytes(text, lab);
  faults(text, lab, moment, max_blocks);
  return text;
}

}  // namespace heapyard
