#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// What some bytes mean, in the words of their type.
struct Value {
  std::string name;  ///< of the variable or member, or an element's index; empty when it has none
  std::string type;
  std::string text;           ///< `7`, `null`, `0x020`, `size 2, capacity 4`; empty of a record, whose parts say all
  std::string seen;           ///< what is seen through a pointer: `"heap"`, `shared by 2, watched by 0`
  std::uint64_t address = 0;  ///< a real one, of the run
  std::uint32_t size = 0;     ///< bytes
  std::uint32_t padding = 0;  ///< bytes of padding behind this member of a record
  bool released = false;      ///< what it points to is: `seen` says so
  bool points = false;        ///< it holds a pointer to `target`, a place in the arena
  Offset target = 0;
  std::uint64_t elements = 0, capacity = 0;  ///< of a vector, a string, a span, a view
  std::vector<Value> parts;                  ///< members, elements; of long arrays the first ones
  std::uint32_t left_out = 0;                ///< how many parts are left out
};

/// The most parts of one value that are told.
inline constexpr std::uint32_t most_parts = 16;

/// The text of a record without members.
std::string no_members();

/// A frame of the stack: the function's name and its variables.
struct FrameValues {
  std::string function;
  std::uint32_t line = 0;
  std::vector<Value> variables;  ///< one that was not written yet has the text `?`
};
/// Outermost first.
std::vector<FrameValues> frame_values(const LessonLab& lesson);

/// What lies in a used block: `type` is `int[4]`, `Point`, or empty when nobody knows.
Value object_value(const LessonLab& lesson, const OwnedBlock& block);

/// Whether a record's padding is told. It is not the same on every machine.
enum class Padding : std::uint8_t { silent, told };

/// A value in one line: `{x 1, y 2.5}`, `{a 1, 3 padding, b 2}`, `size 2, capacity 4: 7, 8`.
std::string value_line(const Value& value, Padding padding = Padding::silent);

}  // namespace heapyard
