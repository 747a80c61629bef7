#include "heapyard/view/bytes_text.hpp"

#include "heapyard/say/say.hpp"

namespace heapyard {

std::string bytes_text(std::uint64_t count) {
  return count == 1 ? say("1 byte") : say("{} bytes", count);
}

}  // namespace heapyard
