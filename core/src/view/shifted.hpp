#pragma once

#include "heapyard/view/answers.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heapyard {

/// `address of b - 16`: what an expression speaks of, and what is added to it.
struct Shifted {
  std::string_view what;
  std::int64_t by = 0;

  Answer address(std::uint64_t value, std::uint64_t arena_bytes) const;
  Answer bytes(std::uint64_t value) const;
  Answer count(std::uint64_t value) const;
};

/// None when what is added is no number.
std::optional<Shifted> shifted(std::string_view expression);

}  // namespace heapyard
