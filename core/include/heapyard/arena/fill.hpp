#pragma once

#include <cstddef>
#include <cstdint>

namespace heapyard {

/// The bytes with which a checking allocator marks memory, so that a stray read shows and a stray write is found.
enum class Fill : std::uint8_t {
  zero = 0x00,   ///< what `calloc` asks for
  fresh = 0xcd,  ///< given out, not written yet
  freed = 0xdd,  ///< given back
  guard = 0xfd,  ///< padding behind a payload
};

constexpr std::byte byte_of(Fill fill) {
  return static_cast<std::byte>(fill);
}

}  // namespace heapyard
