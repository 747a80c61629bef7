// 64-bit numbers, read and added up. The same loop reads all three layouts, so that the machine code is the same and
// where the numbers lie makes the only difference; each layout fits a first-level cache of 32 KB.
#include "consume.hpp"
#include "works.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

namespace heapyard::works {
namespace {

constexpr std::size_t cache_line = 64;

std::uint64_t number_at(const std::byte* place) {
  std::uint64_t number;
  std::memcpy(&number, place, sizeof number);
  return number;
}

/// Four sums at once: with one, each addition would wait for the one before, and hide what reading takes.
std::uint64_t sum(const std::byte* first, std::size_t stride) {
  std::uint64_t sums[4] = {};
  for (std::uint64_t read = 0; read < numbers; read += 4, first += 4 * stride) {
    sums[0] += number_at(first);
    sums[1] += number_at(first + stride);
    sums[2] += number_at(first + 2 * stride);
    sums[3] += number_at(first + 3 * stride);
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

class Reading : public Work {
 public:
  /// The first number lies at `first`, each further one `stride` bytes behind.
  Reading(std::size_t first, std::size_t stride) : first_(first), stride_(stride) {
    const std::size_t size = first + numbers * stride + sizeof(std::uint64_t);
    bytes_.reset(static_cast<std::byte*>(::operator new (size, std::align_val_t{cache_line})));
    std::memset(bytes_.get(), 1, size);
  }

  void run(std::uint64_t rounds) override {
    std::size_t stride = stride_;
    for (std::uint64_t i = 0; i < rounds; ++i) {
      renew(stride);  // not known when this is compiled: else each layout would get a loop of its own
      consume(sum(bytes_.get() + first_, stride));
    }
  }

 private:
  struct Release {
    void operator()(std::byte* bytes) const { ::operator delete (bytes, std::align_val_t{cache_line}); }
  };
  std::unique_ptr<std::byte, Release> bytes_;
  std::size_t first_, stride_;
};

}  // namespace

/// The second half of a record of 16 bytes.
std::unique_ptr<Work> aligned_numbers() {
  return std::make_unique<Reading>(8, 16);
}

/// The end of a packed record of 15 bytes. A line's border is crossed by every ninth of them or so.
std::unique_ptr<Work> packed_numbers() {
  return std::make_unique<Reading>(7, 15);
}

/// Half of each number lies in one line, half in the next.
std::unique_ptr<Work> straddling_numbers() {
  return std::make_unique<Reading>(cache_line - 4, cache_line);
}

}  // namespace heapyard::works
