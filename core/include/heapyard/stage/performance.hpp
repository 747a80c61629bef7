#pragma once

#include "heapyard/trace/trace.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace heapyard {

/// A variable on the stack after a step.
struct StackVariable {
  std::uint32_t variable = 0;  ///< its number in the program's table
  std::uint64_t address = 0;   ///< a real one, of the run
  std::uint32_t bytes = 0;     ///< where its bytes begin in the stack's bytes
  std::uint32_t written = 0;  ///< the step under way when it was last seen written to; 0: never, its bytes are old ones
  std::uint32_t known = 0;    ///< while its constructor runs: where, in the stack's bytes, one for each of its bytes
                              ///< begins, 0 for those that were not written yet; 0: no constructor runs
};

struct StackFrame {
  std::uint32_t function = 0;  ///< its number in the program's table
  std::uint32_t line = 0;      ///< the one that it has come to
  std::vector<StackVariable> variables;
};

/// The stack after a step: the frames, outermost first, and the bytes of their variables.
struct Stack {
  std::vector<StackFrame> frames;
  std::vector<std::byte> bytes;
  std::uint32_t printed = 0;  ///< how much the program has printed so far, in bytes of the output
};

/// One run of an instrumented program on a stage: its trace, and what the trace does not hold.
struct Performance {
  Trace trace;
  std::vector<Stack> stacks;        ///< of each step; step 0 is the empty stack
  std::string output;               ///< what it printed
  std::uint64_t arena_address = 0;  ///< where the arena's first byte lay: real pointers are told by it
};

}  // namespace heapyard
