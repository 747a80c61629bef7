#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace heapyard {

/// Bytes packed by run length: heaps are mostly fill bytes, so a snapshot of a large one is small. O(bytes) either way.
std::vector<std::byte> pack(std::span<const std::byte> bytes);

/// The inverse of `pack`. Requires `into` to have the size that was packed.
void unpack(std::span<const std::byte> packed, std::span<std::byte> into);

}  // namespace heapyard
