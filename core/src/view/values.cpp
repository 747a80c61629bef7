#include "heapyard/view/values.hpp"

#include "heapyard/base/decimal.hpp"
#include "heapyard/lab/standard_layouts.hpp"
#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace heapyard {
namespace {

using Bytes = std::span<const std::byte>;

void see_released(Value& value) {
  value.seen = say("released");
  value.released = true;
}

/// Builds one value; it holds what all its parts need.
class Reader {
 public:
  explicit Reader(const LessonLab& lesson) : lesson_(lesson) {}

  Value read(std::uint32_t number, std::uint64_t address, std::string name) const {
    const Type& type = lesson_.debug().types[number];
    Value value;
    value.name = std::move(name);
    value.type = type.name;
    value.address = address;
    value.size = type.size;
    const Bytes bytes = lesson_.memory(address, type.size);
    if (bytes.empty() || is_fresh(type, address, bytes) || !is_known(type, address)) {
      value.text = "?";
    } else {
      tell(type, bytes, value);
    }
    return value;
  }

  /// Whether nothing was written there since it was allocated: a scalar that still has the allocator's fill.
  bool is_fresh(const Type& type, std::uint64_t address, Bytes bytes) const {
    Offset offset = 0;
    if (type.kind == TypeKind::record || type.kind == TypeKind::array || !lesson_.in_arena(address, offset))
      return false;
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte == byte_of(Fill::fresh); });
  }

  /// Whether a value was written, as far as its constructor has come: all of a scalar, any part of a class.
  bool is_known(const Type& type, std::uint64_t address) const {
    const bool whole = type.kind < TypeKind::array;
    return lesson_.known(address, type.size) >= (whole ? type.size : std::min(type.size, 1U));
  }

  /// `count` values of a type, one behind the other.
  void elements(std::uint32_t number, std::uint64_t address, std::uint64_t count, Value& value) const {
    const std::uint32_t size = lesson_.debug().types[number].size;
    const auto told = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, most_parts));
    for (std::uint32_t i = 0; i < told; ++i)
      value.parts.push_back(read(number, address + std::uint64_t{i} * size, fmt::format("[{}]", i)));
    value.left_out = static_cast<std::uint32_t>(count - told);
  }

  /// Text up to its NUL, in quotes.
  std::string text_at(std::uint64_t address, std::uint64_t most) const {
    std::string text = "\"";
    for (std::uint64_t i = 0; i < most; ++i) {
      const Bytes byte = lesson_.memory(address + i, 1);
      if (byte.empty() || byte[0] == std::byte{0}) return text + '"';
      text += character(std::to_integer<unsigned char>(byte[0]));
      if (i == 31) return text + "…\"";
    }
    return text + '"';
  }

  /// All characters of an array, up to the last that is neither zero nor as it was allocated; `?` when there is none.
  std::string characters(std::uint64_t address, std::uint32_t count) const {
    constexpr std::size_t most = 48;
    const Bytes bytes = lesson_.memory(address, count);
    std::size_t end = bytes.size();
    while (end > 0 && (bytes[end - 1] == byte_of(Fill::fresh) || bytes[end - 1] == std::byte{0})) --end;
    const bool untouched = std::find(bytes.begin(), bytes.end(), std::byte{0}) == bytes.end();
    if (end == 0 && untouched) return "?";
    std::string text = "\"";
    for (std::size_t i = 0; i < std::min(end, most); ++i) text += character(std::to_integer<unsigned char>(bytes[i]));
    return text + (end > most ? "…\"" : "\"");
  }

 private:
  void tell(const Type& type, Bytes bytes, Value& value) const {
    switch (type.kind) {
      case TypeKind::boolean: value.text = bytes[0] == std::byte{0} ? "false" : "true"; return;
      case TypeKind::byte: value.text = fmt::format("0x{:02x}", std::to_integer<int>(bytes[0])); return;
      case TypeKind::character:
        value.text = fmt::format("'{}'", character(std::to_integer<unsigned char>(bytes[0])));
        return;
      case TypeKind::signed_integer: value.text = fmt::format("{}", integer(bytes, true)); return;
      case TypeKind::unsigned_integer:
        value.text = fmt::format("{}", static_cast<std::uint64_t>(integer(bytes, false)));
        return;
      case TypeKind::floating: value.text = floating(bytes); return;
      case TypeKind::enumeration: value.text = enumerator(type, integer(bytes, true)); return;
      case TypeKind::pointer: return point(word_at(bytes, 0), type.target, value);
      case TypeKind::unique_ptr: return point(word_at(bytes, 0), type.target, value);
      case TypeKind::shared_ptr:
      case TypeKind::weak_ptr: return share(type, bytes, value);
      case TypeKind::array: return elements(type.target, value.address, type.count, value);
      case TypeKind::vector: return list(type, bytes, value);
      case TypeKind::span: {
        point(word_at(bytes, 0), type.target, value);
        value.elements = value.capacity = word_at(bytes, sizeof(void*));
        value.text = say("{} from {} on", value.elements, value.text);
        return;
      }
      case TypeKind::string: {
        const Extent extent = string_extent(bytes, value.address);
        point(extent.address, 0, value);
        value.elements = extent.size;
        value.capacity = extent.capacity;
        value.text =
            say("{}, size {}, capacity {}", text_at(extent.address, extent.size), extent.size, extent.capacity);
        return;
      }
      case TypeKind::string_view: {
        const Extent extent = view_extent(bytes);
        point(extent.address, 0, value);
        value.elements = value.capacity = extent.size;
        if (value.seen.empty()) value.text += ", " + text_at(extent.address, extent.size);
        value.text = say("{}, size {}", value.text, extent.size);
        return;
      }
      case TypeKind::optional: {
        const std::uint32_t size = lesson_.debug().types[type.target].size;
        const bool holds = size < bytes.size() && bytes[size] != std::byte{0};
        if (holds) value.parts.push_back(read(type.target, value.address, "value"));
        value.text = holds ? std::string{} : say("nothing");
        return;
      }
      case TypeKind::atomic: {
        const Value inner = read(type.target, value.address, "");
        value.text = inner.text;
        value.parts = inner.parts;
        return;
      }
      case TypeKind::record: {
        const auto members = lesson_.debug().members_of(type);
        if (members.empty()) value.text = no_members();
        for (const TypeMember& member : members)
          value.parts.push_back(
              read(member.type, value.address + static_cast<std::uint64_t>(member.offset), std::string(member.name)));
        pad(value);
        return;
      }
      case TypeKind::either: {
        if (type.members_count == 0) return;
        const TypeMember& member = lesson_.likely_member(type, bytes);
        value.parts.push_back(read(member.type, value.address, std::string(member.name)));
        return;
      }
      case TypeKind::nothing: value.text = bytes_text(type.size); return;
    }
  }

  /// What lies between a record's members, and behind the last.
  static void pad(Value& record) {
    for (std::size_t i = 0; i < record.parts.size(); ++i) {
      Value& part = record.parts[i];
      const std::uint64_t next =
          i + 1 < record.parts.size() ? record.parts[i + 1].address : record.address + record.size;
      if (next > part.address + part.size) part.padding = static_cast<std::uint32_t>(next - part.address) - part.size;
    }
  }

  void point(std::uint64_t pointer, std::uint32_t target, Value& value) const {
    value.points = lesson_.in_arena(pointer, value.target);
    if (pointer == 0) {
      value.text = "null";
    } else if (value.points) {
      value.text = address_text(value.target, lesson_.lab().arena_bytes());
    } else {
      const std::string variable = variable_at(pointer);
      value.text = variable.empty() ? say("outside of heap and stack") : "&" + variable;
    }
    const Type& type = lesson_.debug().types[target];
    const OwnedBlock* block = value.points ? lesson_.lab().history().block_at(value.target) : nullptr;
    if (block == nullptr) return;
    const bool inside = block->state == BlockState::used && value.target >= block->payload_offset &&
                        value.target < block->payload_offset + block->payload_size;
    if (!inside) {
      see_outside(value);
    } else if (type.kind == TypeKind::character && value.target >= block->payload_offset) {
      const Value first = read(target, pointer, {});
      if (first.text != "?") value.seen = text_at(pointer, block->payload_offset + block->payload_size - value.target);
    }
  }

  /// What an address in the arena is that lies in no allocation that lives.
  void see_outside(Value& value) const {
    const Trace& trace = lesson_.lab().history().trace();
    const Offset target = value.target;
    for (AllocationId id = 1; id <= trace.allocations.size(); ++id) {
      const Allocation& allocation = trace.allocation(id);
      if (allocation.allocated_step > lesson_.now()) break;
      const bool released = !allocation.live() && allocation.freed_step <= lesson_.now();
      // One past its end is no better, but there somebody else may begin.
      if (released && target >= allocation.payload && target - allocation.payload < allocation.size)
        return see_released(value);
      if (target != allocation.payload + allocation.size) continue;
      if (!released) {
        value.seen = say("one past the end of {}", lesson_.name(id));
        value.released = false;
      } else if (value.seen.empty()) {
        see_released(value);
      }
    }
  }

  void share(const Type& type, Bytes bytes, Value& value) const {
    point(word_at(bytes, 0), type.target, value);
    const Bytes control = lesson_.memory(word_at(bytes, sizeof(void*)), SharedCounts::bytes);
    if (control.empty()) return;
    const SharedCounts counts = shared_counts(control);
    value.seen = say("shared by {}, watched by {}", counts.shared, counts.weak);
    value.released = false;
  }

  void list(const Type& type, Bytes bytes, Value& value) const {
    const std::uint64_t begin = word_at(bytes, 0), end = word_at(bytes, sizeof(void*));
    const std::uint64_t limit = word_at(bytes, 2 * sizeof(void*));
    const std::uint64_t size = std::max<std::uint64_t>(lesson_.debug().types[type.target].size, 1);
    point(begin, 0, value);
    value.elements = (end - begin) / size;
    value.capacity = (limit - begin) / size;
    value.text = say("{}, size {}, capacity {}", value.text, value.elements, value.capacity);
  }

  /// The variable that an address on the stack is of.
  std::string variable_at(std::uint64_t address) const {
    const DebugInfo& debug = lesson_.debug();
    for (const StackFrame& frame : lesson_.stack().frames) {
      for (const StackVariable& each : frame.variables) {
        const Variable& variable = debug.variables[each.variable];
        if (address < each.address || address - each.address >= debug.types[variable.type].size) continue;
        return std::string(variable.name) + inside(variable.type, address - each.address);
      }
    }
    return {};
  }

  /// The part of a value that begins at an offset: `.y`, `[2]`.
  std::string inside(std::uint32_t number, std::uint64_t offset) const {
    const Type& type = lesson_.debug().types[number];
    if (type.kind == TypeKind::array && type.count > 0) {
      const std::uint32_t size = type.size / type.count;
      return fmt::format("[{}]{}", offset / size, inside(type.target, offset % size));
    }
    if (offset == 0) return {};
    for (const TypeMember& member : lesson_.debug().members_of(type)) {
      const auto begin = static_cast<std::uint64_t>(member.offset);
      if (type.kind == TypeKind::record && offset >= begin && offset - begin < lesson_.debug().types[member.type].size)
        return fmt::format(".{}{}", member.name, inside(member.type, offset - begin));
    }
    return fmt::format(" + {}", offset);
  }

  static std::int64_t integer(Bytes bytes, bool is_signed) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
    const std::size_t unused = 64 - 8 * std::min<std::size_t>(bytes.size(), 8);
    const auto shifted = static_cast<std::int64_t>(value << unused);
    return is_signed ? shifted >> unused : static_cast<std::int64_t>(value);
  }

  static std::string floating(Bytes bytes) {
    double value = 0;
    if (bytes.size() == sizeof(float)) {
      float narrow;
      std::memcpy(&narrow, bytes.data(), sizeof narrow);
      value = static_cast<double>(narrow);
    } else if (bytes.size() == sizeof value) {
      std::memcpy(&value, bytes.data(), sizeof value);
    } else {
      return bytes_text(bytes.size());
    }
    return decimal(value);
  }

  std::string enumerator(const Type& type, std::int64_t value) const {
    for (const TypeMember& each : lesson_.debug().members_of(type)) {
      if (each.offset == value) return std::string(each.name);
    }
    return fmt::format("{}", value);
  }

  static std::string character(unsigned char value) {
    if (value == '\'' || value == '"' || value == '\\') return {'\\', static_cast<char>(value)};
    if (value >= 0x20 && value < 0x7f) return {static_cast<char>(value)};
    if (value == 0) return "\\0";
    if (value == '\n') return "\\n";
    return fmt::format("\\x{:02x}", value);
  }

  const LessonLab& lesson_;
};

}  // namespace

std::string no_members() {
  return say("no members");
}

std::vector<FrameValues> frame_values(const LessonLab& lesson) {
  const Reader reader(lesson);
  std::vector<FrameValues> frames;
  for (const StackFrame& frame : lesson.stack().frames) {
    FrameValues& told = frames.emplace_back();
    told.function = lesson.debug().functions[frame.function].name;
    told.line = frame.line;
    for (const StackVariable& each : frame.variables) {
      const Variable& variable = lesson.debug().variables[each.variable];
      Value value = reader.read(variable.type, each.address, std::string(variable.name));
      const OwnedBlock* block = value.points ? lesson.lab().history().block_at(value.target) : nullptr;
      if (each.written == 0 && each.known == 0) {
        value.text = "?";
        value.seen.clear();
        value.released = false;
        value.parts.clear();
        value.points = false;
      } else if (block != nullptr && block->allocation != 0 && lesson.is_stale(each, block->allocation)) {
        see_released(value);
        value.points = false;
      }
      told.variables.push_back(std::move(value));
    }
  }
  return frames;
}

Value object_value(const LessonLab& lesson, const OwnedBlock& block) {
  const Reader reader(lesson);
  const ObjectType& object = lesson.object(block.allocation);
  const Type& type = lesson.debug().types[object.type];
  const std::uint64_t address = lesson.address_of(block.payload_offset + object.offset);
  Value value;
  value.name = lesson.name(block.allocation);
  value.address = address;
  value.size = block.payload_size;
  if (object.type != 0 && object.count == 1) {
    value = reader.read(object.type, address, value.name);
  } else if (object.type != 0 && type.kind == TypeKind::character) {
    value.type = fmt::format("{}[{}]", type.name, object.count);
    value.text = reader.characters(address, object.count);
  } else if (object.type != 0) {
    value.type = fmt::format("{}[{}]", type.name, object.count);
    reader.elements(object.type, address, object.count, value);
  }
  if (object.shared_counts) {
    const auto control = lesson.memory(lesson.address_of(block.payload_offset), SharedCounts::bytes);
    if (control.empty()) return value;
    value.type = say("counts and {}", value.type);
    const SharedCounts counts = shared_counts(control);
    const std::string shared = say("shared by {}, watched by {}", counts.shared, counts.weak);
    value.text = value.text.empty() ? shared : fmt::format("{}, {}", shared, value.text);
  }
  return value;
}

std::string value_line(const Value& value, Padding padding) {
  std::string text = value.text;
  if (!value.seen.empty()) text += (text.empty() ? "" : ", ") + value.seen;
  if (value.parts.empty()) return text;
  std::string parts;
  for (const Value& part : value.parts) {
    if (!parts.empty()) parts += ", ";
    if (!part.name.empty() && part.name[0] != '[') parts += part.name + " ";
    parts += value_line(part, padding);
    if (padding == Padding::told && part.padding > 0) parts += say(", {} padding", part.padding);
  }
  if (value.left_out > 0) parts += say(", {} more", value.left_out);
  return text.empty() ? fmt::format("{{{}}}", parts) : fmt::format("{}: {{{}}}", text, parts);
}

}  // namespace heapyard
