#include "heapyard/view/answers.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace heapyard;

namespace {

std::string told(const LessonLab& lesson, const char* expression) {
  const std::optional<Answer> answer = evaluate(lesson, expression);
  return answer ? answer->text : "none";
}

LessonLab at_step(std::uint32_t step, std::uint32_t arena = LessonLab::default_arena) {
  LessonLab lesson(*find_lesson("malloc-free"), arena);
  lesson.seek(step);
  return lesson;
}

}  // namespace

TEST_CASE("An answer is computed from the run, at the step where it stands", "[answers]") {
  const LessonLab lesson = at_step(6);
  REQUIRE(told(lesson, "address of name") == "0x020");
  REQUIRE(told(lesson, "address of name + 8") == "0x028");
  REQUIRE(told(lesson, "end of name") == "0x028");
  REQUIRE(told(lesson, "address of counts") == "0x030");
  REQUIRE(told(lesson, "block of counts") == "32 bytes");
  REQUIRE(told(lesson, "block of counts - 8") == "24 bytes");
  REQUIRE(told(lesson, "live blocks") == "2");
  REQUIRE(told(lesson, "live bytes") == "24 bytes");
  REQUIRE(told(lesson, "size of int") == "4 bytes");
}

TEST_CASE("The value of a variable is an answer, and what is added to a number counts", "[answers]") {
  LessonLab lesson(*find_lesson("raw-pointers"));
  lesson.seek(17);
  REQUIRE(told(lesson, "value of sum") == "100");
  REQUIRE(told(lesson, "value of sum - 23") == "77");
}

TEST_CASE("Another arena gives another answer", "[answers]") {
  REQUIRE(told(at_step(0), "total free") == "4064 bytes");
  REQUIRE(told(at_step(0, 2048), "total free") == "2016 bytes");
}

TEST_CASE("An expression that speaks of what is not there has no answer", "[answers]") {
  const LessonLab lesson = at_step(6);
  for (const char* expression : {"address of longer", "address of nobody", "size of Banana", "total", "", " of ", "of",
                                 "end of", "owners of name + x", "address of name + ", "- 8", "value of"})
    REQUIRE(told(lesson, expression) == "none");
}

TEST_CASE("A reader may type a number with or without its unit, in either base", "[answers]") {
  const Answer address{"0x030", 0x30};
  for (const char* given : {"0x30", "0x030", "0X30", "30", "030", "48", " 48 ", "48 bytes"})
    REQUIRE(is_answer(address, given));
  for (const char* given : {"0x31", "31", "", "48 apples", "forty-eight", "0x", "-48", "48.0"})
    REQUIRE_FALSE(is_answer(address, given));
  const Answer text{"\"heap\"", std::nullopt};
  REQUIRE(is_answer(text, "HEAP"));
  REQUIRE(is_answer(text, " \"heap\" "));
  REQUIRE_FALSE(is_answer(text, "heaps"));
}
