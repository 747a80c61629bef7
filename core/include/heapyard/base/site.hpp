#pragma once

#include <cstdint>

namespace heapyard {

/// The source line of an event. Line 0 is "unknown".
struct Site {
  const char* file = "";
  std::uint32_t line = 0;

  /// The caller's own line, as a default argument: `void f(Site site = Site::here())`.
  static constexpr Site here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return Site{file, static_cast<std::uint32_t>(line)};
  }
};

}  // namespace heapyard
