#pragma once

#include "heapyard/stage/debug_info.hpp"

#include <span>
#include <string_view>

namespace heapyard {

/// A lesson: a program that was instrumented when Heapyard was built, and its source as it was compiled.
struct Lesson {
  std::string_view id;
  std::string_view source;
  DebugInfo debug;
  int (*program)() = nullptr;
};

/// All lessons, in the order in which they are taken.
std::span<const Lesson* const> lessons();

/// The lesson of that name; nullptr when there is none.
const Lesson* find_lesson(std::string_view id);

}  // namespace heapyard
