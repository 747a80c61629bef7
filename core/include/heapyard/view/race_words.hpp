#pragma once

#include "heapyard/lab/race.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace heapyard {

// The words of a race, the same in terminal and page.

/// An allocator as a menu says it, `free list, best fit`; one that no menu has, by its name.
std::string_view allocator_title(std::string_view name);

/// How a lane ended: `served every allocation`, `failed at step 7, line 9: no room; and 2 times more; refused 3
/// releases out of order; 1 fault`.
std::string outcome_words(const Lane& lane);

/// What a step came to in a lane: `puts it behind b, at 0x0a0`, `finds no room`, `refuses it: double free`; empty when
/// allocators have no say in it.
std::string placement_words(const Lane& lane, std::uint32_t step);

/// The block around an address, where the lane stands: `b61: 1984 bytes at 0x52a0, 8 header + 1971 payload + 5
/// padding`.
std::string block_words(const Lane& lane, Offset offset);

/// What a sentence calls an allocator.
enum class Called : std::uint8_t {
  name,  ///< `free-list:best-fit`
  title  ///< `free list, best fit`
};

/// Where the lanes first come to different ends, and how: `They part at step 7, line 7: e = malloc 50. Behind b: slab;
/// TLSF. First of all: buddy.`
std::string divergence_sentence(const Race& race, Called called);

/// The whole race as text: a line for each lane with its numbers, where they part, and what each shows at the step
/// where the race stands.
std::string race_twin(const Race& race);

/// `62 %`, `0 %`, `< 1 %`.
std::string percent_text(double part);

}  // namespace heapyard
