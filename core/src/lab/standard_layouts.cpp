#include "heapyard/lab/standard_layouts.hpp"

#include <cstring>

namespace heapyard {
namespace {

constexpr std::size_t word = sizeof(void*);

template <class T>
T load(std::span<const std::byte> bytes, std::size_t offset) {
  T value{};
  if (offset + sizeof value <= bytes.size()) std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

std::uint64_t word_at(std::span<const std::byte> bytes, std::size_t offset) {
  return load<std::uintptr_t>(bytes, offset);
}

// Which of its two layouts LLVM's library has on this machine: ABI version 2 and Apple's newer one put the pointer
// first.
#if defined(__EMSCRIPTEN__) || (defined(__APPLE__) && defined(__aarch64__))
Extent string_extent(std::span<const std::byte> bytes, std::uint64_t address) {
  constexpr std::uint64_t is_long = std::uint64_t{1} << (8 * word - 1);
  const auto last = load<std::uint8_t>(bytes, 3 * word - 1);
  if (last < 0x80) return {address, last, 3 * word - 2};
  return {word_at(bytes, 0), word_at(bytes, word), (word_at(bytes, 2 * word) & ~is_long) - 1};
}
#else
Extent string_extent(std::span<const std::byte> bytes, std::uint64_t address) {
  const auto first = load<std::uint8_t>(bytes, 0);
  if (first % 2 == 0) return {address + 1, std::uint64_t{first} / 2, 3 * word - 2};
  return {word_at(bytes, 2 * word), word_at(bytes, word), word_at(bytes, 0) - 2};
}
#endif

Extent view_extent(std::span<const std::byte> bytes) {
  return {word_at(bytes, 0), word_at(bytes, word), 0};
}

SharedCounts shared_counts(std::span<const std::byte> control_block) {
  // Both are kept one too small, and all the shared owners together are one weak one.
  const auto shared = static_cast<std::uintptr_t>(word_at(control_block, word) + 1);
  const auto weak = static_cast<std::uintptr_t>(word_at(control_block, 2 * word) + 1);
  return {shared, weak - (shared > 0 ? 1u : 0u)};
}

}  // namespace heapyard
