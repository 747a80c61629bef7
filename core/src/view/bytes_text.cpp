#include "heapyard/view/bytes_text.hpp"

#include <fmt/format.h>

namespace heapyard {

std::string bytes_text(std::uint64_t count) {
  return fmt::format("{} byte{}", count, count == 1 ? "" : "s");
}

}  // namespace heapyard
