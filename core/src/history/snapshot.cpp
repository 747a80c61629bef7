#include "heapyard/history/snapshot.hpp"

#include <cstdint>
#include <cstring>

namespace heapyard {
namespace {

/// Before every part of a packed snapshot.
struct PartHeader {
  std::uint32_t size;
  std::uint32_t is_run;  ///< 1: one byte follows, repeated `size` times; 0: `size` bytes follow
};
static_assert(sizeof(PartHeader) == 8);

constexpr std::size_t worth_a_run = 32;

std::size_t run_length(std::span<const std::byte> bytes, std::size_t at) {
  std::uint64_t first, word;
  std::size_t end = at + 1;
  std::memset(&first, std::to_integer<int>(bytes[at]), sizeof first);
  while (bytes.size() - end >= sizeof word) {
    std::memcpy(&word, bytes.data() + end, sizeof word);
    if (word != first) break;
    end += sizeof word;
  }
  while (end < bytes.size() && bytes[end] == bytes[at]) ++end;
  return end - at;
}

void append(std::vector<std::byte>& packed, PartHeader header, const std::byte* bytes, std::size_t count) {
  const std::size_t before = packed.size();
  packed.resize(before + sizeof header + count);
  std::memcpy(packed.data() + before, &header, sizeof header);
  std::memcpy(packed.data() + before + sizeof header, bytes, count);
}

}  // namespace

std::vector<std::byte> pack(std::span<const std::byte> bytes) {
  std::vector<std::byte> packed;
  std::size_t literal_begin = 0;
  const auto flush_literal = [&](std::size_t end) {
    if (end == literal_begin) return;
    const std::size_t size = end - literal_begin;
    append(packed, {static_cast<std::uint32_t>(size), 0}, bytes.data() + literal_begin, size);
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = run_length(bytes, at);
    if (length >= worth_a_run) {
      flush_literal(at);
      append(packed, {static_cast<std::uint32_t>(length), 1}, bytes.data() + at, 1);
      literal_begin = at + length;
    }
    at += length;
  }
  flush_literal(bytes.size());
  return packed;
}

void unpack(std::span<const std::byte> packed, std::span<std::byte> into) {
  std::size_t written = 0;
  for (std::size_t at = 0; at < packed.size();) {
    PartHeader header;
    std::memcpy(&header, packed.data() + at, sizeof header);
    at += sizeof header;
    if (header.is_run != 0) {
      std::memset(into.data() + written, std::to_integer<int>(packed[at]), header.size);
      at += 1;
    } else {
      std::memcpy(into.data() + written, packed.data() + at, header.size);
      at += header.size;
    }
    written += header.size;
  }
}

}  // namespace heapyard
