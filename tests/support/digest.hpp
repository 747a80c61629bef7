#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heapyard::test {

/// FNV-1a (Fowler, Noll, Vo): a short name for many bytes, the same on every machine.
class Digest {
 public:
  void add(const void* bytes, std::size_t size) {
    const auto* each = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < size; ++i) value_ = (value_ ^ each[i]) * 0x100000001b3;
  }
  void add(std::uint64_t number) { add(&number, sizeof number); }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    add(text.data(), text.size());
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace heapyard::test
