#include "heapyard/view/answers.hpp"

#include "heapyard/lab/standard_layouts.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_quantities.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/values.hpp"

#include "shifted.hpp"
#include "trimmed.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace heapyard {
namespace {

/// As `std::from_chars` reads a number, which is a kilobyte of each lesson.
std::optional<std::uint64_t> number_in(std::string_view text, unsigned base = 10) {
  text = trimmed(text);
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  const std::size_t length =
      std::min(text.find_first_not_of(std::string_view("0123456789abcdefABCDEF", base == 16 ? 22 : 10)), text.size());
  if (length == 0) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text.substr(0, length)) {
    const auto digit = static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (__builtin_mul_overflow(value, base, &value) || __builtin_add_overflow(value, digit, &value))
      return std::nullopt;
  }
  const std::string_view rest = trimmed(text.substr(length));
  if (!rest.empty() && rest != "bytes" && rest != "byte" && rest != "B") return std::nullopt;
  return value;
}

/// What counts of words: also a unit in the reader's language is known by it.
std::string plain(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c != ' ' && c != '"') kept += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return kept;
}

/// `counts.live`: the part of a value behind the first dot, and so on.
std::optional<Value> part_named(const std::vector<Value>& values, std::string_view path) {
  const std::size_t dot = path.find('.');
  for (const Value& each : values) {
    if (each.name != path.substr(0, dot)) continue;
    return dot == std::string_view::npos ? each : part_named(each.parts, path.substr(dot + 1));
  }
  return std::nullopt;
}

/// Innermost frames first, as C++ looks names up.
std::optional<Value> variable_named(const LessonLab& lesson, std::string_view name) {
  const std::vector<FrameValues> frames = frame_values(lesson);
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    if (std::optional<Value> found = part_named(frame->variables, name)) return found;
  }
  return std::nullopt;
}

/// Where a variable leads to: itself, or the first of its members that is a pointer.
std::optional<Offset> target_of(const Value& value) {
  if (value.points) return value.target;
  for (const Value& part : value.parts) {
    if (part.points) return part.target;
  }
  return std::nullopt;
}

const OwnedBlock* block_of(const LessonLab& lesson, std::string_view name) {
  const std::optional<Value> variable = variable_named(lesson, name);
  const std::optional<Offset> target = variable ? target_of(*variable) : std::nullopt;
  if (!target) return nullptr;
  const OwnedBlock* block = lesson.lab().history().block_at(*target);
  return block != nullptr && block->state == BlockState::used ? block : nullptr;
}

class Evaluation {
 public:
  Evaluation(const LessonLab& lesson, const Shifted& asked) : lesson_(lesson), asked_(asked) {}

  Answer address(std::uint64_t value) const { return asked_.address(value, lesson_.lab().arena_bytes()); }
  Answer bytes(std::uint64_t value) const { return asked_.bytes(value); }
  Answer count(std::uint64_t value) const { return asked_.count(value); }

  std::optional<Answer> of_name(std::string_view what, std::string_view name) const {
    if (what == "size of") {
      for (const Type& type : lesson_.debug().types) {
        if (type.name == name && type.size > 0) return bytes(type.size);
      }
      return std::nullopt;
    }
    const std::optional<Value> variable = variable_named(lesson_, name);
    if (!variable) return std::nullopt;
    if (what == "value of") {
      const std::optional<std::uint64_t> number = number_in(variable->text);
      return number && asked_.by != 0 ? count(*number) : Answer{value_line(*variable), number};
    }
    if (what == "address of") return variable->points ? std::optional(address(variable->target)) : std::nullopt;
    if (what == "elements of") return count(variable->elements);
    if (what == "capacity of") return count(variable->capacity);
    const OwnedBlock* block = block_of(lesson_, name);
    if (block == nullptr) return std::nullopt;
    if (what == "strong of") return member_of(*block, "strong");
    if (what == "weak of") return member_of(*block, "weak");
    if (what == "end of") return address(block->payload_offset + block->payload_size);
    if (what == "block of") return bytes(block->size);
    if (what == "owners of") {
      const auto control = lesson_.memory(lesson_.address_of(block->payload_offset), SharedCounts::bytes);
      return control.empty() ? std::nullopt : std::optional(count(shared_counts(control).shared));
    }
    return std::nullopt;
  }

  std::optional<Answer> of_heap(std::string_view what) const {
    const std::optional<std::uint64_t> number = heap_quantity(lesson_.lab(), what);
    if (!number) return std::nullopt;
    return what.ends_with("free") || what.ends_with("bytes") ? bytes(*number) : count(*number);
  }

 private:
  /// A number that is a member of the object in a block.
  std::optional<Answer> member_of(const OwnedBlock& block, std::string_view name) const {
    for (const Value& part : object_value(lesson_, block).parts) {
      const std::optional<std::uint64_t> number = part.name == name ? number_in(part.text) : std::nullopt;
      if (number) return count(*number);
    }
    return std::nullopt;
  }

  const LessonLab& lesson_;
  const Shifted& asked_;
};

}  // namespace

Answer Shifted::address(std::uint64_t value, std::uint64_t arena_bytes) const {
  value += static_cast<std::uint64_t>(by);
  return {address_text(value, arena_bytes), value};
}

Answer Shifted::bytes(std::uint64_t value) const {
  value += static_cast<std::uint64_t>(by);
  return {bytes_text(value), value};
}

Answer Shifted::count(std::uint64_t value) const {
  value += static_cast<std::uint64_t>(by);
  return {fmt::format("{}", value), value};
}

std::optional<Shifted> shifted(std::string_view expression) {
  const std::size_t sign = expression.find_last_of("+-");
  if (sign == std::string_view::npos || sign == 0 || expression[sign - 1] != ' ') return Shifted{expression};
  const std::optional<std::uint64_t> amount = number_in(expression.substr(sign + 1));
  if (!amount) return std::nullopt;
  const auto by = static_cast<std::int64_t>(*amount);
  return Shifted{trimmed(expression.substr(0, sign)), expression[sign] == '-' ? -by : by};
}

std::optional<Answer> evaluate(const LessonLab& lesson, std::string_view expression) {
  const std::optional<Shifted> asked = shifted(expression);
  if (!asked) return std::nullopt;
  const Evaluation evaluation(lesson, *asked);
  const std::size_t of = asked->what.find(" of ");
  if (of == std::string_view::npos) return evaluation.of_heap(asked->what);
  return evaluation.of_name(asked->what.substr(0, of + 3), trimmed(asked->what.substr(of + 4)));
}

bool is_answer(const Answer& answer, std::string_view given) {
  if (answer.number) {
    const std::optional<std::uint64_t> number = number_in(given);
    if ((number && *number == *answer.number) || plain(answer.text) == plain(given)) return true;
    // Who reads addresses all the time may leave out their 0x.
    const bool address = answer.text.starts_with("0x");
    const std::optional<std::uint64_t> hexadecimal =
        address ? number_in(fmt::format("0x{}", trimmed(given))) : std::nullopt;
    return hexadecimal && *hexadecimal == *answer.number;
  }
  return plain(answer.text) == plain(given);
}

}  // namespace heapyard
