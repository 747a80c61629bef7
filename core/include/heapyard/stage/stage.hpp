#pragma once

#include "heapyard/stage/debug_info.hpp"
#include "heapyard/stage/performance.hpp"

#include <cstdint>

namespace heapyard {

/// Plays an instrumented program (see scripts/instrument) on an arena of its own, and records it.
///
/// The program is ordinary C++. What it allocates, by `malloc` or by `operator new`, comes from a free list over the
/// arena; the lines it reaches, the calls of its functions, its variables and its accesses to the arena are told by
/// hooks that the build put into it. A step is a line that ran, a function entered or left, or a call of an allocator;
/// it ends where the next one begins, so the step of `p = malloc(8)` shows p with its value. An access that is a fault
/// is a step of its own; it is carried out nevertheless, as the machine would.
///
/// Its `main` gets `argument` as its only argument; none when that is empty.
///
/// Only what the playing thread does is recorded. One program plays at a time on a thread.
Performance play(const DebugInfo& debug, int (*program)(int, char**), std::uint32_t arena_bytes,
                 std::string_view argument = {});

}  // namespace heapyard
