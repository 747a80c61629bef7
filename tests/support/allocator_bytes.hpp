#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace heapyard::test {

/// Any bytes as a program for an allocator: which one, its policy and arena, and then calls, among them misuse and
/// bytes overwritten behind its back. Empty, or what is broken and at which call.
///
///     allocator 1 | policy 1 | arena size 2 | call 1, its numbers | …
///
/// A program that ends in the middle of a call reads zeros. Its longest run has `most_calls`.
std::string wrong_in_allocator_bytes(const std::uint8_t* data, std::size_t size);

inline constexpr std::uint32_t most_calls = 1000;

}  // namespace heapyard::test
