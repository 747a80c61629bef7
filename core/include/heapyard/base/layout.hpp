#pragma once

#include "heapyard/base/align.hpp"
#include "heapyard/base/result.hpp"

#include <cstdint>

namespace heapyard {

/// What `malloc` promises: enough for any scalar of the 64-bit ABIs. Fixed, so that a script gives the same bytes
/// natively and in WebAssembly.
inline constexpr std::uint64_t default_alignment = 16;

/// The size and alignment of a piece of memory, in bytes.
///
/// Always valid: the alignment is a power of two, and the size rounded up to it is at most 2^63 - 1, as pointer
/// differences must be. Sizes are 64 bits on every machine. All operations are O(1).
class Layout {
 public:
  static constexpr std::uint64_t max_size = (std::uint64_t{1} << 63) - 1;

  /// Zero bytes, aligned to 1.
  constexpr Layout() = default;

  /// Errors: `bad_alignment` unless `alignment` is a power of two; `alignment_too_large` for 2^63; `size_overflow` when
  /// the size rounded up to it passes `max_size`. A size of zero is a valid layout, though no allocator grants it.
  static constexpr Result<Layout> make(std::uint64_t size, std::uint64_t alignment = default_alignment) {
    if (!is_power_of_two(alignment)) return AllocError::bad_alignment;
    if (alignment > max_size) return AllocError::alignment_too_large;
    if (size > max_size - (alignment - 1)) return AllocError::size_overflow;
    return Layout(size, alignment);
  }

  /// The layout of a `T` on the machine that compiled this.
  template <class T>
  static constexpr Layout of() {
    return Layout(sizeof(T), alignof(T));
  }

  constexpr std::uint64_t size() const { return size_; }
  constexpr std::uint64_t alignment() const { return alignment_; }

  /// The same with tail padding: the size rounded up to the alignment, as an element of an array needs it.
  constexpr Layout padded() const { return Layout(align_up(size_, alignment_), alignment_); }

  /// `count` of these, one behind the other, each aligned. Errors: `size_overflow`.
  constexpr Result<Layout> array(std::uint64_t count) const {
    const std::uint64_t stride = padded().size();
    if (stride != 0 && count > max_size / stride) return AllocError::size_overflow;
    return make(stride * count, alignment_);
  }

  struct Extended;
  /// This followed by `next`, as members of a struct: where `next` begins, and the layout of both without tail
  /// padding. Errors: `size_overflow`.
  constexpr Result<Extended> extend(Layout next) const;

  friend constexpr bool operator==(const Layout&, const Layout&) = default;

 private:
  constexpr Layout(std::uint64_t size, std::uint64_t alignment) : size_(size), alignment_(alignment) {}

  std::uint64_t size_ = 0;
  std::uint64_t alignment_ = 1;
};

struct Layout::Extended {
  Layout layout;
  std::uint64_t offset = 0;
};

constexpr Result<Layout::Extended> Layout::extend(Layout next) const {
  const std::uint64_t alignment = alignment_ > next.alignment_ ? alignment_ : next.alignment_;
  const std::uint64_t offset = align_up(size_, next.alignment_);
  if (offset > max_size || next.size_ > max_size - offset) return AllocError::size_overflow;
  const Result<Layout> whole = make(offset + next.size_, alignment);
  if (!whole) return whole.error();
  return Extended{*whole, offset};
}

/// What `malloc(size)` asks for: the alignment that an object of that size may need, `default_alignment` at the most.
/// Errors: `size_overflow`. A size of 0 is left for the allocator to refuse.
constexpr Result<Layout> natural_layout(std::uint64_t size) {
  std::uint64_t alignment = 1;
  while (alignment < size && alignment < default_alignment) alignment *= 2;
  return Layout::make(size, alignment);
}

}  // namespace heapyard
