#pragma once

#include "heapyard/arena/watch.hpp"
#include "heapyard/lab/lab.hpp"
#include "heapyard/view/bytes_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

// The words of a heap, the same in the terminal, in the page and in a text twin. Every sentence is about this program.

/// An address as every view writes it: `0x030`, as many digits for every address of one arena, three at the least.
std::string address_text(std::uint64_t address, std::uint64_t arena_bytes);

/// What a used block's bytes are: `8 header + 40 payload + 8 padding`.
std::string composition(const OwnedBlock& block);

/// The call that led to a step, as a script writes it: `d = malloc 24`. Empty for step 0.
std::string call_text(const Lab& lab, std::uint32_t step);

/// What the step at which the lab's history stands did to memory.
std::string step_sentence(const Lab& lab);

/// Why the allocation of this step failed; empty when it did not.
std::string failure_sentence(const Lab& lab);

/// The block that the current step is about, as it stands after it: the one made or resized, the free block that freed
/// bytes went to, the one around a fault's address. nullptr when there is none.
const OwnedBlock* subject_of_step(const Lab& lab);

/// An inner step of the current call, in a sentence.
std::string note_sentence(const Lab& lab, const Note& note);
std::string_view name_of(NoteKind kind);

/// What happened to a range of bytes in one episode of its biography.
std::string episode_text(const Lab& lab, const Episode& episode, ByteRange range);

/// The name in a block: the variable that its allocation went to, `free`, or `control`.
std::string block_name(const Lab& lab, const OwnedBlock& block);

struct Fact {
  std::string label, value;
};
/// The facts of a block: what was asked for, what it takes and of what, where it points, which lines made and ended it;
/// of one that is not used, its size alone.
std::vector<Fact> block_facts(const Lab& lab, const OwnedBlock& block);

}  // namespace heapyard
