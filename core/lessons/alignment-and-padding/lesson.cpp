#include <cstddef>
#include <cstdint>
#include <cstdio>

struct AsItCame {
  std::uint8_t a;
  std::uint32_t b;
  std::uint16_t c;
  std::uint64_t d;
};

struct BySize {
  std::uint64_t d;
  std::uint32_t b;
  std::uint16_t c;
  std::uint8_t a;
};

struct [[gnu::packed]] Packed {
  std::uint8_t a;
  std::uint32_t b;
  std::uint16_t c;
  std::uint64_t d;
};

struct alignas(64) Counter {
  std::uint32_t hits;
};

struct alignas(64) Table {
  Packed rows[5];
};

int main() {
  auto* as_it_came = new AsItCame{1, 2, 3, 4};
  std::size_t offset_of_b = offsetof(AsItCame, b);
  std::size_t offset_of_d = offsetof(AsItCame, d);
  std::size_t padding = sizeof(AsItCame) - (1 + 4 + 2 + 8);

  auto* by_size = new BySize{4, 2, 3, 1};
  std::size_t saved = sizeof(AsItCame) - sizeof(BySize);
  auto* array = new BySize[2]{};
  array[1].d = 9;
  std::printf("b at %zu, d at %zu, %zu of padding, %zu saved\n", offset_of_b, offset_of_d, padding, saved);

  auto* packed = new Packed{1, 2, 3, 4};
  std::uint64_t d = packed->d;
  bool aligned = offsetof(Packed, d) % alignof(std::uint64_t) == 0;
  std::printf("%d bytes, d is %d, aligned: %d\n", static_cast<int>(sizeof *packed), static_cast<int>(d), aligned);

  auto* table = new Table{};
  std::size_t first = offsetof(Table, rows[4].b);
  std::size_t last = first + sizeof(std::uint32_t) - 1;
  bool straddles = first / 64 != last / 64;
  auto* counters = new Counter[2]{};
  counters[1].hits = 1;
  std::printf("straddles: %d, %zu bytes for two counters\n", straddles, 2 * sizeof(Counter));

  delete[] counters;
  delete table;
  delete packed;
  delete[] array;
  delete by_size;
  delete as_it_came;
  return 0;
}
