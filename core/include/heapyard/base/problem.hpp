#pragma once

#include <cstdint>
#include <string>

namespace heapyard {

/// What is wrong with a text that someone wrote, where, and what was expected instead. Data to be shown, never thrown.
struct Problem {
  std::uint32_t line = 1;    ///< from 1
  std::uint32_t column = 1;  ///< from 1, in code points
  std::uint32_t length = 1;  ///< in code points, at least 1
  std::string message;       ///< no full stop at the end, no line break

  friend bool operator==(const Problem&, const Problem&) = default;
};

}  // namespace heapyard
