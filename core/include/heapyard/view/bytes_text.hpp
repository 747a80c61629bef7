#pragma once

#include <cstdint>
#include <string>

namespace heapyard {

/// `1 byte`, `24 bytes`.
std::string bytes_text(std::uint64_t count);

}  // namespace heapyard
