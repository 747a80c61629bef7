#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heapyard {

struct StructText;

/// The answer to a question about a lesson, computed from its run.
struct Answer {
  std::string text;                     ///< as it is told: `0x030`, `24 bytes`, `false`
  std::optional<std::uint64_t> number;  ///< of an address, a size, a count
};

/// What an expression comes to at the step where the lesson stands; none when it speaks of what is not there.
///
///     address of NAME      the pointer that the variable holds
///     end of NAME          one past the payload that it points to
///     block of NAME        the size of the block that it points to
///     size of TYPE         of a type of the program, as it is written there
///     value of NAME        the variable's value, as text
///     elements of NAME, capacity of NAME   of a container
///     owners of NAME       how many `shared_ptr` share what it points to
///     strong of NAME, weak of NAME         the counts in the block of an `Rc` or `Arc`
///     total free, largest free, live blocks, live bytes, allocations
///
/// NAME is that of a variable, or of a member: `counts.live`. Each may be followed by `+ 8` or `- 8`.
std::optional<Answer> evaluate(const LessonLab& lesson, std::string_view expression);

/// The same of a script, at the step where it stands:
///
///     address of NAME, size of NAME   of the last allocation that the variable was given; size 0 when it lives no more
///     end of NAME, block of NAME      one past its payload, the size of its block; as long as it lives
///     the quantities of a heap that `check_heap_exercise` lists, those of a NAME apart
std::optional<Answer> evaluate(const Lab& lab, std::string_view expression);

/// The same of structs: the quantities that `check_struct_exercise` lists.
std::optional<Answer> evaluate(const StructText& structs, std::string_view expression);

/// Whether what a reader typed is that answer: a number, decimal or hexadecimal, with or without its unit; else the
/// same words.
bool is_answer(const Answer& answer, std::string_view given);

}  // namespace heapyard
