#include "heapyard/lessons/lesson.hpp"

#include <algorithm>

namespace heapyard {

const Lesson* find_lesson(std::string_view id) {
  const std::span<const Lesson* const> all = lessons();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Lesson* lesson) { return lesson->id == id; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace heapyard
