#pragma once

#include "heapyard/base/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

enum class CallKind : std::uint8_t { malloc, calloc, aligned_alloc, realloc, free, write, read, poke, mark, release };

/// One call of a program. What does not apply is 0.
struct Call {
  CallKind kind = CallKind::malloc;
  bool sized = false;            ///< free: `size` was given
  std::uint32_t line = 0;        ///< 1-based
  std::uint32_t target = 0;      ///< the variable that takes the result
  std::uint32_t source = 0;      ///< the variable whose pointer is passed; 0 for an address or null
  std::uint64_t address = 0;     ///< a bare address, or what is added to `source`
  std::uint64_t size = 0;        ///< in bytes
  std::uint64_t count = 0;       ///< calloc
  std::uint64_t alignment = 0;   ///< aligned_alloc
  std::uint64_t offset = 0;      ///< read, write: from the pointer on
  std::uint32_t text_begin = 0;  ///< write, poke: `size` bytes of the program's text
};

/// An allocation program: variables and calls, parsed from a script or from a malloc-lab trace.
struct Program {
  enum class Format : std::uint8_t { script, malloc_lab };

  Format format = Format::script;
  std::vector<std::string> names{""};  ///< of the variables; number 0 is no variable
  std::vector<Call> calls;
  std::vector<std::byte> text;        ///< what `write` and `poke` write
  std::vector<Problem> problems;      ///< when there are any, nothing may run
  std::uint64_t suggested_arena = 0;  ///< bytes; malloc-lab only
};

/// Parses a program; the format is recognised by its content: a malloc-lab trace begins with a line that is a number.
/// Every problem is reported, up to `max_problems`. O(text).
///
/// Script, one call a line, `#` begins a comment, sizes decimal or 0x…:
///
///     a = malloc 40          b = calloc 4 8       c = aligned_alloc 64 256     a = realloc a 120
///     write a 0 "text"       read a 0 4           free b                       free b 32   (sized)
///     free a+8               free 0x1f0           poke 0x1f0 "stray"
///     m = mark               release m            (markers, where the allocator has them)
///
/// Malloc-lab `.rep`: suggested heap size, number of ids, number of operations, weight, a line each; then `a ID SIZE`,
/// `r ID SIZE`, `f ID`. Source: R. Bryant, D. O'Hallaron, Computer Systems: A Programmer's Perspective, the malloc lab.
Program parse_program(std::string_view text);

inline constexpr std::size_t max_problems = 20;

}  // namespace heapyard
