#include "support/allocator_bytes.hpp"

#include "support/subjects.hpp"

namespace heapyard::test {
namespace {

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  bool more() const { return left_ > 0; }
  std::uint32_t byte() {
    if (left_ == 0) return 0;
    --left_;
    return *data_++;
  }
  std::uint32_t two() {
    const std::uint32_t low = byte();
    return low | byte() << 8;
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

/// Sizes of all magnitudes, and alignments up to beyond what an arena has.
Layout layout_of(Bytes& bytes) {
  const std::uint32_t form = bytes.byte(), number = form >= 0xf0 ? bytes.two() : bytes.byte();
  const std::uint64_t alignment = std::uint64_t{1} << (form & 0x0f);
  switch (form >> 4) {
    case 15: return *Layout::make(number << 4, alignment);
    case 14: return *Layout::make(std::uint64_t{number} << 54, alignment);
    case 13: return *Layout::make((std::uint64_t{1} << 32) - number, alignment);
    case 12: return *Layout::make(Layout::max_size - alignment + 1, alignment);
    default: return *Layout::make(number * (1 + (form >> 4) % 4), (form & 8) != 0 ? alignment : 1);
  }
}

Operation operation_of(Bytes& bytes, std::uint32_t code, const Exercise& exercise) {
  using Kind = Operation::Kind;
  switch (code % 16) {
    case 5:
    case 6:
    case 7: return {Kind::deallocate, exercise.live(bytes.byte()), {}};
    case 8:
    case 9: {
      const Offset payload = exercise.live(bytes.byte());
      return {Kind::reallocate, payload, layout_of(bytes)};
    }
    case 10: return {Kind::misuse, bytes.two(), layout_of(bytes)};
    case 11: return {Kind::mark, 0, {}};
    case 12: return {Kind::release_to, code >= 128 ? bytes.two() : exercise.marker(bytes.byte()), {}};
    case 13: return {code >= 128 ? Kind::reset : Kind::allocate, 0, layout_of(bytes)};
    default: return {Kind::allocate, 0, layout_of(bytes)};
  }
}

/// A byte, or a word that means something elsewhere: the offset of a payload or of its header.
std::string overwrite(Bytes& bytes, std::uint32_t code, Exercise& exercise, std::uint32_t arena_size) {
  const Offset at = bytes.two() % arena_size;
  if (code < 128) return exercise.overwrite(at, static_cast<std::byte>(bytes.byte()));
  const std::uint32_t number = bytes.byte(), word = exercise.live(number) - (number >= 128 ? 8 : 0);
  for (Offset i = 0; i < 4 && at + i < arena_size; ++i) {
    const auto value = static_cast<std::byte>(word >> (8 * i) & 0xff);
    if (std::string wrong = exercise.overwrite(at + i, value); !wrong.empty()) return wrong;
  }
  return "";
}

}  // namespace

std::string wrong_in_allocator_bytes(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Subject& subject = subjects()[bytes.byte() % subjects().size()];
  const std::uint32_t policy = bytes.byte(), arena_size = subject.smallest_arena + bytes.two() % 3000;
  const Setting setting{arena_size, policy};
  const std::unique_ptr<Exercise> exercise = subject.make(setting);
  if (exercise->error() != AllocError::none) return subject.words(setting) + ": the arena is too small";
  for (std::uint32_t i = 1; i <= most_calls && bytes.more(); ++i) {
    const std::uint32_t code = bytes.byte();
    if (code % 16 >= 14) {
      const std::string wrong = overwrite(bytes, code, *exercise, arena_size);
      if (!wrong.empty()) return subject.words(setting) + ", call " + std::to_string(i) + ": " + wrong;
      continue;
    }
    const Operation operation = operation_of(bytes, code, *exercise);
    using Kind = Operation::Kind;
    // Where nothing is live there is nothing to give back; to name what is not live is a misuse.
    const bool of_live = operation.kind == Kind::deallocate || operation.kind == Kind::reallocate;
    if (of_live && operation.payload == 0) continue;
    const std::string wrong = exercise->carry_out(operation);
    if (!wrong.empty())
      return subject.words(setting) + ", call " + std::to_string(i) + ", " + operation.words() + ": " + wrong;
  }
  const std::string wrong = exercise->finish();
  return wrong.empty() ? "" : subject.words(setting) + ", giving all back: " + wrong;
}

}  // namespace heapyard::test
