#include "heapyard/record/abi.hpp"

namespace heapyard {
namespace {

/// What distinguishes the data models; everything else is the same on all platforms here.
struct DataModel {
  std::uint64_t long_bytes;
  std::uint64_t pointer_bytes;
  std::uint64_t wide_char_bytes;
  std::uint64_t eight_byte_alignment;  ///< of long long, double and the 64-bit integers inside a struct
  std::uint64_t long_double_bytes;
  std::uint64_t long_double_alignment;
};

constexpr Layout scalar_layout(std::uint64_t size, std::uint64_t alignment) {
  return *Layout::make(size, alignment);
}
constexpr Layout natural(std::uint64_t size) {
  return scalar_layout(size, size);
}

constexpr std::array<Layout, scalar_count> scalars_of(const DataModel& model) {
  const Layout eight = scalar_layout(8, model.eight_byte_alignment);
  return {
      natural(1),                                                           // boolean
      natural(1),                                                           // character
      natural(2),                                                           // short_integer
      natural(4),                                                           // integer
      natural(model.long_bytes),                                            // long_integer
      eight,                                                                // long_long_integer
      natural(1),                                                           // exact_8
      natural(2),                                                           // exact_16
      natural(4),                                                           // exact_32
      eight,                                                                // exact_64
      natural(4),                                                           // single_float
      eight,                                                                // double_float
      scalar_layout(model.long_double_bytes, model.long_double_alignment),  // long_double_float
      natural(model.pointer_bytes),                                         // pointer
      natural(model.pointer_bytes),                                         // word
      natural(model.wide_char_bytes),                                       // wide_char
  };
}

// User address spaces bound the objects of 64-bit programs; the greatest pointer difference those of 32-bit programs.
constexpr std::uint64_t bits_47 = std::uint64_t{1} << 47;
constexpr std::uint64_t bits_48 = std::uint64_t{1} << 48;
constexpr std::uint64_t below_bits_31 = (std::uint64_t{1} << 31) - 1;

constexpr Abi all_abis[] = {
    {"x86_64", "x86-64 Linux, macOS (LP64)", "System V ABI, AMD64 supplement, section 3.1.2", bits_47,
     scalars_of({.long_bytes = 8,
                 .pointer_bytes = 8,
                 .wide_char_bytes = 4,
                 .eight_byte_alignment = 8,
                 .long_double_bytes = 16,
                 .long_double_alignment = 16})},
    {"aarch64", "AArch64 Linux (LP64)", "Procedure Call Standard for the Arm 64-bit Architecture (AAPCS64), section 10",
     bits_48,
     scalars_of({.long_bytes = 8,
                 .pointer_bytes = 8,
                 .wide_char_bytes = 4,
                 .eight_byte_alignment = 8,
                 .long_double_bytes = 16,
                 .long_double_alignment = 16})},
    {"i386", "i386 Linux (ILP32)", "System V ABI, Intel386 supplement, section 2.1", below_bits_31,
     scalars_of({.long_bytes = 4,
                 .pointer_bytes = 4,
                 .wide_char_bytes = 4,
                 .eight_byte_alignment = 4,
                 .long_double_bytes = 12,
                 .long_double_alignment = 4})},
    {"msvc_x64", "x64 Windows, MSVC (LLP64)", "Microsoft x64 ABI conventions, \"Types and storage\"", bits_47,
     scalars_of({.long_bytes = 4,
                 .pointer_bytes = 8,
                 .wide_char_bytes = 2,
                 .eight_byte_alignment = 8,
                 .long_double_bytes = 8,
                 .long_double_alignment = 8})},
    {"wasm32", "WebAssembly, wasm32 (ILP32)", "WebAssembly tool conventions, Basic C ABI, \"Data representation\"",
     below_bits_31,
     scalars_of({.long_bytes = 4,
                 .pointer_bytes = 4,
                 .wide_char_bytes = 4,
                 .eight_byte_alignment = 8,
                 .long_double_bytes = 16,
                 .long_double_alignment = 16})},
};

}  // namespace

std::span<const Abi> abis() {
  return all_abis;
}

const Abi* find_abi(std::string_view name) {
  for (const Abi& abi : all_abis) {
    if (abi.name == name) return &abi;
  }
  return nullptr;
}

}  // namespace heapyard
