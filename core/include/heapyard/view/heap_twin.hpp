#pragma once

#include "heapyard/lab/lab.hpp"
#include "heapyard/view/heap_faults.hpp"

#include <cstdint>
#include <string>

namespace heapyard {

/// The text twin of a heap's picture at the step where the history stands: what the step did, the numbers, every block
/// with its parts, the free list, the changed bytes and the faults so far, in the words of `heap_words.hpp`. Up to
/// `max_blocks` blocks, links and faults it is complete: the picture can be rebuilt from it; it says how many it leaves
/// out. O(blocks + faults).
///
///     blocks:
///       0x018  48  used  a  header 8, payload 40, padding 0
///       0x048  80  free
std::string heap_twin(const Lab& lab, Moment moment, std::uint32_t max_blocks = 4096);

/// The numbers of a step in one line.
std::string numbers_sentence(const Statistics& statistics);

}  // namespace heapyard
