#include "heapyard/lab/lesson_lab.hpp"

#include "support/catch.hpp"

#include <string>

using namespace heapyard;

TEST_CASE("Every lesson runs to the end of its main on the smallest arena", "[lessons]") {
  for (const Lesson* lesson : lessons()) {
    CAPTURE(lesson->id);
    LessonLab small(*lesson, LessonLab::smallest_arena), usual(*lesson);
    small.seek(small.steps());
    usual.seek(usual.steps());
    REQUIRE(small.steps() == usual.steps());
    REQUIRE(small.output() == usual.output());
    REQUIRE(small.stack().frames.empty());
  }
}
