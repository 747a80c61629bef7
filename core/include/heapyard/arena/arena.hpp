#pragma once

#include "heapyard/arena/fill.hpp"
#include "heapyard/arena/watch.hpp"
#include "heapyard/base/block.hpp"
#include "heapyard/base/result.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace heapyard {

static_assert(std::endian::native == std::endian::little, "arenas hold little-endian words on every machine");

/// An arena's first byte is aligned to this, so an offset is as well aligned as the pointer to it, up to 4096.
inline constexpr std::uint32_t arena_alignment = 4096;

/// Bytes to govern, owned. Not initialised: the allocator that takes them writes what it needs.
class ArenaMemory {
 public:
  ArenaMemory() = default;
  ArenaMemory(ArenaMemory&& other) noexcept : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  ArenaMemory& operator=(ArenaMemory&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  /// Errors: `arena_too_large` at 4 GiB and above, `out_of_memory` when the system has none, `arena_too_small` for 0.
  static ArenaMemory make(std::uint64_t size, AllocError& error) {
    ArenaMemory memory;
    error = AllocError::none;
    if (size == 0) {
      error = AllocError::arena_too_small;
    } else if (size > std::numeric_limits<Offset>::max()) {
      error = AllocError::arena_too_large;
    } else {
      void* bytes = ::operator new (static_cast<std::size_t>(size), std::align_val_t{arena_alignment}, std::nothrow);
      if (bytes == nullptr) {
        error = AllocError::out_of_memory;
      } else {
        memory.bytes_.reset(static_cast<std::byte*>(bytes));
        memory.size_ = static_cast<std::uint32_t>(size);
      }
    }
    return memory;
  }

  std::byte* data() const { return bytes_.get(); }
  std::uint32_t size() const { return size_; }

 private:
  struct Release {
    void operator()(std::byte* bytes) const { ::operator delete (bytes, std::align_val_t{arena_alignment}); }
  };
  std::unique_ptr<std::byte, Release> bytes_;
  std::uint32_t size_ = 0;
};

/// A range of bytes that an allocator governs, and the one way in which it writes to them. Does not own the bytes.
///
/// Requires, of every offset and size: that they lie inside. An allocator checks what comes from outside.
template <class Watch = Unwatched>
class Arena {
 public:
  /// Requires bytes aligned to `arena_alignment` that outlive the arena.
  Arena(std::byte* bytes, std::uint32_t size, Watch watch = {}) : bytes_(bytes), size_(size), watch_(watch) {}
  explicit Arena(const ArenaMemory& memory, Watch watch = {}) : Arena(memory.data(), memory.size(), watch) {}
  explicit Arena(const ArenaMemory&& memory, Watch watch = {}) = delete;  // its bytes would be gone at once

  /// What an allocator governs: this arena, or, where that is too small for it, one of no bytes. Its control words can
  /// be read there, the first `blank_size` bytes, and are 0: there is nothing. None may be written.
  Arena or_blank(bool is_large_enough) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    return is_large_enough ? *this : Arena(const_cast<std::byte*>(blank), 0, watch_);
  }

  std::uint32_t size() const { return size_; }
  std::byte* at(Offset offset) const { return bytes_ + offset; }
  /// Of a pointer outside of the arena, an offset outside of it.
  Offset offset_of(const void* pointer) const {
    const std::uintptr_t distance = distance_to(pointer);
    if constexpr (sizeof distance > sizeof(Offset)) {
      if (distance > std::numeric_limits<Offset>::max()) return std::numeric_limits<Offset>::max();
    }
    return static_cast<Offset>(distance);
  }
  /// The same, of a pointer into the arena.
  Offset offset_inside(const void* pointer) const { return static_cast<Offset>(distance_to(pointer)); }

  template <class T = std::uint32_t>
  T load(Offset offset) const {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, bytes_ + offset, sizeof value);
    return value;
  }

  template <class T = std::uint32_t>
  void store(Offset offset, std::type_identity_t<T> value) const {
    static_assert(std::is_trivially_copyable_v<T>);
    std::memcpy(bytes_ + offset, &value, sizeof value);
    watch_.wrote(offset, sizeof value);
  }

  void write(Offset offset, const void* from, std::uint32_t size) const {
    if (size == 0) return;  // of nothing, `from` may be null
    std::memcpy(bytes_ + offset, from, size);
    watch_.wrote(offset, size);
  }

  void fill(Offset offset, std::uint32_t size, Fill fill) const {
    std::memset(bytes_ + offset, static_cast<int>(fill), size);
    watch_.wrote(offset, size);
  }

  /// Copies inside the arena; the ranges may overlap.
  void copy(Offset to, Offset from, std::uint32_t size) const {
    std::memmove(bytes_ + to, bytes_ + from, size);
    watch_.wrote(to, size);
  }

  /// The first byte of the range that is not `fill`, or its end. O(size).
  Offset first_unlike(Offset offset, std::uint32_t size, Fill fill) const {
    const std::byte* const begin = bytes_ + offset;
    const std::byte* const end = begin + size;
    // A range equal to itself shifted by one byte holds one value: memcmp sees that many times faster than a loop.
    if (size == 0 || (*begin == byte_of(fill) && std::memcmp(begin, begin + 1, size - 1) == 0)) return offset + size;
    const std::byte* found = std::find_if(begin, end, [fill](std::byte b) { return b != byte_of(fill); });
    return offset + static_cast<Offset>(found - begin);
  }

  const Watch& watch() const { return watch_; }

 private:
  static constexpr std::uint32_t blank_size = 256;
  static constexpr std::byte blank[blank_size] = {};

  std::uintptr_t distance_to(const void* pointer) const {
    return reinterpret_cast<std::uintptr_t>(pointer) - reinterpret_cast<std::uintptr_t>(bytes_);
  }

  std::byte* bytes_;
  std::uint32_t size_;
  [[no_unique_address]] Watch watch_;
};

}  // namespace heapyard
