#include "heapyard/view/answers.hpp"

#include "heapyard/record/struct_text.hpp"

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

namespace {

std::string told(const Lab& lab, const char* expression) {
  const std::optional<Answer> answer = evaluate(lab, expression);
  return answer ? answer->text : "none";
}

}  // namespace

TEST_CASE("An answer about a script is computed at the step where it stands", "[answers]") {
  Lab lab = Lab::run("a = malloc 40\nb = malloc 24\nfree a\na = malloc 24\nx = malloc 9999\nfree b\nfree b\n",
                     "free-list", 512);
  lab.history().seek(2);
  REQUIRE(told(lab, "address of a") == "0x020");
  REQUIRE(told(lab, "size of a") == "40 bytes");
  REQUIRE(told(lab, "block of a") == "48 bytes");
  REQUIRE(told(lab, "end of a") == "0x048");
  REQUIRE(told(lab, "address of b") == "0x050");
  REQUIRE(told(lab, "address of b - 16") == "0x040");
  REQUIRE(told(lab, "live bytes") == "64 bytes");
  REQUIRE(told(lab, "live blocks + 1") == "3");
  REQUIRE(told(lab, "high-water mark") == "64 bytes");
  lab.history().seek(3);
  REQUIRE(told(lab, "address of a") == "0x020");
  REQUIRE(told(lab, "size of a") == "0 bytes");
  REQUIRE(told(lab, "block of a") == "none");
  lab.history().seek(4);
  REQUIRE(told(lab, "size of a") == "24 bytes");
  lab.history().seek(7);
  REQUIRE(told(lab, "failed allocations") == "1");
  REQUIRE(told(lab, "double_free faults") == "1");
}

TEST_CASE("What a script has not, or not yet, is no answer", "[answers]") {
  Lab lab = Lab::run("a = malloc 40\nb = malloc 24\nx = malloc 9999\n", "free-list", 512);
  lab.history().seek(1);
  for (const char* expression :
       {"address of b", "size of none", "colour of a", "largest hole", "", " of ", "live bytes - x"})
    REQUIRE(told(lab, expression) == "none");
  lab.history().seek(3);
  REQUIRE(told(lab, "address of x") == "none");
}

TEST_CASE("An answer about structs is what a goal of an exercise speaks of", "[answers]") {
  const StructText structs = parse_structs("struct R { char a; long b; };");
  const auto text = [&](const char* expression) {
    const std::optional<Answer> answer = evaluate(structs, expression);
    return answer ? answer->text : "none";
  };
  REQUIRE(text("size of R") == "16 bytes");
  REQUIRE(text("size of R on wasm32") == "8 bytes");
  REQUIRE(text("offset of R.b") == "8");
  REQUIRE(text("offset of R.b - 7") == "1");
  REQUIRE(text("padding of R") == "7 bytes");
  REQUIRE(text("members of R") == "2");
  for (const char* expression : {"size of Q", "size of R on vax", "R", "offset of R.c"})
    REQUIRE(text(expression) == "none");
}
