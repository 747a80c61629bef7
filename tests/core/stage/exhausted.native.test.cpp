#include "heapyard/lab/lesson_lab.hpp"

#include "support/catch.hpp"

namespace heapyard {
extern const Lesson lesson_program_exhausted;
}

using namespace heapyard;

TEST_CASE("A program whose new fails ends there, and what it did is told", "[stage]") {
  LessonLab lesson(lesson_program_exhausted);
  lesson.seek(lesson.steps());
  const Event& last = lesson.lab().history().trace().event(lesson.steps());
  REQUIRE(last.kind == EventKind::op_new);
  REQUIRE(last.failed());
  REQUIRE(lesson.output() == "before\n");
  REQUIRE(lesson.lab().history().trace().faults.size() == 1);  // what it could not release any more
}
