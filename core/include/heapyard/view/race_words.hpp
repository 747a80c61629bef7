#pragma once

#include "heapyard/lab/race.hpp"

#include <string>
#include <string_view>

namespace heapyard {

// The words of a race, the same in terminal and page.

/// An allocator as a menu says it, `free list, best fit`; one that no menu has, by its name.
std::string_view allocator_title(std::string_view name);

/// How a lane ended: `served every allocation`, `failed at step 7, line 9, and 2 times more; refused 3 releases`.
std::string outcome_words(const Lane& lane);

/// What a step came to in a lane: `puts it behind b, at 0x0a0`, `finds no room`; empty when allocators have no say in
/// it.
std::string placement_words(const Lane& lane, std::uint32_t step);

/// Where the lanes first come to different ends, and how. A sentence or two.
std::string divergence_sentence(const Race& race);

/// The whole race as text: a line for each lane with its numbers, where they part, and what each shows at the step
/// where the race stands.
std::string race_twin(const Race& race);

/// `62 %`, `0 %`, `< 1 %`.
std::string percent_text(double part);

}  // namespace heapyard
