#pragma once

#include "heapyard/base/random.hpp"
#include "heapyard/lab/lab.hpp"

#include "support/digest.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard::test {

/// Every allocator that a lab knows, by name, with parameters that make a difference.
inline constexpr const char* every_allocator[] = {"free-list",
                                                  "free-list:next-fit",
                                                  "free-list:best-fit:address-ordered",
                                                  "free-list:worst-fit:no-coalescing",
                                                  "pool:64",
                                                  "bump",
                                                  "stack",
                                                  "buddy",
                                                  "slab",
                                                  "tlsf"};

/// All that a history shows of the step it stands at, in one number.
inline std::uint64_t digest_of_step(const History& history) {
  Digest digest;
  digest.add(history.bytes().data(), history.bytes().size());
  for (const auto& [offset, block] : history.blocks()) {
    for (const std::uint32_t word : {offset, block.size, block.payload_offset, block.payload_size, block.allocation})
      digest.add(word);
    digest.add(static_cast<std::uint64_t>(block.state));
  }
  const Statistics s = history.statistics();
  for (const std::uint64_t number : {s.allocations, s.deallocations, s.failed_allocations, s.live_blocks, s.live_bytes,
                                     s.high_water_mark, s.internal_fragmentation, s.total_free, s.largest_free})
    digest.add(number);
  for (const ByteRange& range : history.changed()) {
    digest.add(range.offset);
    digest.add(range.size);
  }
  return digest.value();
}

inline std::string wrong_in_step(const History& history) {
  Offset end = 0;
  for (const auto& [offset, block] : history.blocks()) {
    if (offset != block.offset || offset < end) return "blocks overlap";
    if (block.size > history.trace().arena_size - offset) return "a block leaves the arena";
    end = block.end();
  }
  const Statistics s = history.statistics();
  if (s.live_bytes > s.high_water_mark) return "more is live than ever was";
  if (s.allocations < s.deallocations) return "more was released than allocated";
  if (s.largest_free > s.total_free) return "one free block is larger than all of them";
  if (s.external_fragmentation < 0 || s.external_fragmentation >= 1) return "the external fragmentation is no share";
  for (const ByteRange& range : history.changed()) {
    if (range.size == 0 || range.size > history.trace().arena_size - range.offset) return "a change leaves the arena";
  }
  return "";
}

/// What is wrong with a run, whatever it ran: empty when nothing is. Steps through all of it, both ways, and seeks.
inline std::string wrong_in_lab(Lab& lab, std::uint64_t seed) {
  History& history = lab.history();
  const std::uint32_t steps = history.steps();
  const auto at = [](const std::string& wrong, std::uint32_t step) {
    return wrong + " at step " + std::to_string(step);
  };
  std::vector<std::uint64_t> seen;
  history.seek(0);
  for (std::uint32_t step = 0; step <= steps; ++step) {
    if (history.now() != step) return at("stepping forward does not arrive", step);
    seen.push_back(digest_of_step(history));
    if (const std::string wrong = wrong_in_step(history); !wrong.empty()) return at(wrong, step);
    lab.why();
    lab.structure();
    if (digest_of_step(history) != seen.back()) return at("looking changes something", step);
    if (history.forward() != (step < steps)) return at("there is a step too many", step);
  }
  for (std::uint32_t step = steps; step > 0; --step) {
    if (digest_of_step(history) != seen[step]) return at("going back differs", step);
    history.back();
  }
  if (history.back()) return "there is a step before the first";
  Random random(seed);
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto step = static_cast<std::uint32_t>(random.below(steps + 1));
    history.seek(step);
    if (history.now() != step || digest_of_step(history) != seen[step]) return at("seeking differs", step);
  }
  for (const Fault& fault : history.trace().faults) {
    if (fault.step > steps || (steps > 0 && fault.step == 0)) return "a fault has no step";
    if (fault.since_step > fault.step) return "damage is after the step that found it";
    if (fault.allocation > history.trace().allocations.size()) return "a fault's allocation was never made";
  }
  for (const auto& [offset, block] : history.blocks()) {
    std::uint32_t last = 0;
    for (const Episode& episode : history.biography({block.offset, block.size})) {
      if (episode.step < last || episode.step > steps) return "a biography is out of order";
      last = episode.step;
    }
    if (offset > 512) break;  // each reads the whole trace
  }
  return "";
}

/// Parses and runs a text on small arenas. Empty when all is well, whatever the text says.
inline std::string wrong_in_program_text(std::string_view text) {
  for (const char* allocator : every_allocator) {
    Lab lab = Lab::run(text, allocator, 2048);
    if (!lab.setup_error().empty()) return lab.setup_error();
    for (const Problem& problem : lab.problems()) {
      if (problem.line == 0 || problem.column == 0 || problem.length == 0) return "a problem is nowhere";
      if (problem.message.empty() || problem.message.size() > 400) return "a problem has no message that fits a line";
      for (const char c : problem.message) {
        if (static_cast<unsigned char>(c) < ' ') return "a problem's message holds a control character";
      }
    }
    if (lab.problems().size() > max_problems) return "there are too many problems";
    if (!lab.problems().empty() && lab.history().steps() != 0) return "a text with problems ran";
    if (lab.history().steps() != (lab.problems().empty() ? lab.program().calls.size() : 0)) return "a call is no step";
    if (lab.history().steps() > 3000) continue;
    if (const std::string wrong = wrong_in_lab(lab, text.size()); !wrong.empty()) return allocator + (": " + wrong);
  }
  return "";
}

}  // namespace heapyard::test
