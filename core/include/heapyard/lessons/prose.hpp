#pragma once

#include <string_view>

namespace heapyard {

/// What `lesson.md` and the programs in C and in Rust say, as JSON (scripts/lessons/prose.mjs); empty for a lesson that
/// there is not. Native programs link it; the page fetches the same text.
std::string_view prose_of(std::string_view lesson_id);

}  // namespace heapyard
