#pragma once

#include "heapyard/base/problem.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

struct StructText;

/// What became of one goal of an exercise.
struct GoalResult {
  bool met = false;
  std::string said;  ///< what was found, and when that is not met, what was wanted: `7 calls are made; wanted: 8`
};

/// What became of an attempt at an exercise. It is solved when it has no problems and every goal is met.
struct ExerciseResult {
  std::vector<Problem> problems;  ///< what is wrong with the text; then nothing ran, and no goal is met
  std::vector<GoalResult> goals;  ///< one for each that was asked

  bool solved() const;
};

/// What a quantity's name stands for in an attempt.
struct Quantity {
  std::optional<std::uint64_t> value;  ///< none when there is no such thing
  std::string found;                   ///< in words: `e (line 7) has 64 bytes`; without a value, why there is none
};
using Quantities = std::function<Quantity(std::string_view name)>;

/// Judges `QUANTITY = QUANTITY`, with `=`, `>=` or `<=` between them; a quantity is a number or a name that
/// `quantities` knows. A goal that is none, or that speaks of what is not there, is not met and says so.
GoalResult judge(std::string_view goal, const Quantities& quantities);

/// Runs a script on an allocator and judges the goals at its end:
///
///     size of NAME, address of NAME, alignment of NAME   of the last allocation that the variable was given; size 0
///                                                        when it lives no more
///     faults, leaks, double_free faults …                how many there were of all kinds, of that kind
///     calls, allocations, failed allocations, live blocks, live bytes, total free, largest free, high-water mark
///
/// Errors: a text that cannot be parsed, a machine or an arena that cannot be had, as problems.
ExerciseResult check_heap_exercise(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes,
                                   const std::vector<std::string>& goals);

/// Lays out the structs of a text and judges the goals, each `on ABI` (x86_64 when none is named):
///
///     size of NAME, alignment of NAME, padding of NAME, members of NAME
///     size of NAME.MEMBER, offset of NAME.MEMBER
ExerciseResult check_struct_exercise(std::string_view text, const std::vector<std::string>& goals);

/// One of those quantities, of structs that could be parsed.
Quantity struct_quantity(const StructText& structs, std::string_view name);

/// Plays a lesson's exercise program with `choice` as its argument and judges the goals at its end: the quantities of a
/// heap that have no NAME, and `printed`, the last number that it printed. Problem: the lesson has no such program.
ExerciseResult check_program_exercise(std::string_view lesson_id, std::string_view choice,
                                      const std::vector<std::string>& goals);

}  // namespace heapyard
