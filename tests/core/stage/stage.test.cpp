// Real programs on a stage: ordinary C++ that knows nothing of it.
#include "heapyard/stage/stage.hpp"

#include "heapyard/lab/lesson_lab.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/lesson_words.hpp"
#include "heapyard/view/values.hpp"

#include "support/catch.hpp"
#include "support/scene.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {
extern const Lesson lesson_program_containers, lesson_program_calls, lesson_program_faults, lesson_program_shorter,
    lesson_program_constructors;
}

using namespace heapyard;
using Catch::Matchers::EndsWith, Catch::Matchers::StartsWith;
using test::contains;

namespace {

/// The n-th arrival at the line that has `piece` in it; the lesson stands there.
void go_to(LessonLab& lesson, std::string_view piece, std::uint32_t occurrence = 1) {
  const std::string_view source = lesson.lesson().source;
  const std::size_t at = source.find(piece);
  REQUIRE(at != std::string_view::npos);
  const auto line =
      static_cast<std::uint32_t>(1 + std::count(source.begin(), source.begin() + static_cast<long>(at), '\n'));
  const std::uint32_t step = lesson.step_at_lines(std::vector<std::uint32_t>{line}, occurrence);
  CAPTURE(piece, line);
  REQUIRE(step != 0);
  lesson.seek(step);
}

Value variable(const LessonLab& lesson, std::string_view name) {
  const std::vector<FrameValues> frames = frame_values(lesson);
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    for (const Value& each : frame->variables) {
      if (each.name == name) return each;
    }
  }
  FAIL("there is no variable " << name);
  return {};
}

std::string line_of(const LessonLab& lesson, std::string_view name) {
  return value_line(variable(lesson, name));
}

std::vector<std::string> functions(const LessonLab& lesson) {
  std::vector<std::string> names;
  for (const FrameValues& frame : frame_values(lesson)) names.push_back(frame.function);
  return names;
}

std::vector<FaultKind> kinds(const LessonLab& lesson) {
  std::vector<FaultKind> kinds;
  for (const Fault& fault : lesson.lab().history().trace().faults) kinds.push_back(fault.kind);
  return kinds;
}

}  // namespace

TEST_CASE("Frames are pushed and popped as functions call one another", "[stage]") {
  LessonLab lesson(lesson_program_calls);
  go_to(lesson, "return 1;", 3);
  REQUIRE(functions(lesson) == std::vector<std::string>{"main", "factorial", "factorial", "factorial"});
  REQUIRE(line_of(lesson, "n") == "1");
  go_to(lesson, "Counter counter(10)");
  REQUIRE(functions(lesson).front() == "main");
  REQUIRE(line_of(lesson, "result") == "6");
  lesson.seek(lesson.steps());
  REQUIRE(functions(lesson).empty());
}

TEST_CASE("Methods, templates and lambdas have frames as every function has", "[stage]") {
  LessonLab lesson(lesson_program_calls);
  go_to(lesson, "count_ += amount");
  REQUIRE(functions(lesson) == std::vector<std::string>{"main", "add"});
  REQUIRE(line_of(lesson, "amount") == "5");
  REQUIRE(line_of(lesson, "this") == "&counter");
  REQUIRE(line_of(lesson, "counter") == "{count_ 15}");
  go_to(lesson, "return a < b");
  REQUIRE(functions(lesson).back() == "larger<double>");
  REQUIRE(line_of(lesson, "b") == "2.5");
  go_to(lesson, "return 2 * n");  // where the lambda is made; what follows is its call
  lesson.seek(lesson.now() + 1);
  REQUIRE(functions(lesson).back() == "operator()");
}

TEST_CASE("Variables are told by their types, and pointers into the stack by name", "[stage]") {
  LessonLab lesson(lesson_program_calls);
  go_to(lesson, "std::printf(");
  REQUIRE(line_of(lesson, "result") == "7");
  REQUIRE(line_of(lesson, "alias") == "&result");
  REQUIRE(line_of(lesson, "squares") == "{0, 9, 4}");
  REQUIRE(line_of(lesson, "second") == "&squares[1]");
  REQUIRE(line_of(lesson, "even") == "true");
  REQUIRE(line_of(lesson, "color") == "green");
  REQUIRE(line_of(lesson, "letter") == "'h'");
  REQUIRE(line_of(lesson, "byte") == "200");
  REQUIRE(lesson.printed() == "7 2.5 1 1 h 200\n");
  REQUIRE_THAT(lesson_sentence(lesson), contains("Prints \"7 2.5 1 1 h 200\\n\"."));
}

TEST_CASE("A variable that nothing was written to yet is told as unknown", "[stage]") {
  LessonLab lesson(lesson_program_containers);
  go_to(lesson, "std::unique_ptr<Point> make_point");
  REQUIRE(line_of(lesson, "outlives") == "?");
  go_to(lesson, "Point local");
  REQUIRE(line_of(lesson, "local") == "{x 1, y 2.5}");
}

TEST_CASE("While a constructor runs, its object shows the members that were written", "[stage]") {
  LessonLab lesson(lesson_program_constructors);
  go_to(lesson, "explicit Grid");
  REQUIRE(line_of(lesson, "grid") == "{size_ 5, corner_ ?, cells_ ?}");
  go_to(lesson, "corner_.y = 7");
  REQUIRE(line_of(lesson, "grid") == "{size_ 5, corner_ {x ?, y 7}, cells_ ?}");
  REQUIRE(lesson_sentence(lesson) == "grid.corner_.y is 7.");
  go_to(lesson, "Point back");
  REQUIRE_THAT(line_of(lesson, "grid"), contains("cells_ 0x"));
}

TEST_CASE("What a function returns by value is told once it has returned", "[stage]") {
  LessonLab lesson(lesson_program_constructors);
  go_to(lesson, "point.y = x");
  REQUIRE(line_of(lesson, "point") == "{x 2, y 2}");
  REQUIRE(line_of(lesson, "back") == "?");
  go_to(lesson, "int* gone");
  REQUIRE(line_of(lesson, "back") == "{x 2, y 2}");
}

TEST_CASE("An allocation has no name of a variable that led to what lay there before", "[stage][fault]") {
  LessonLab lesson(lesson_program_constructors);
  lesson.seek(lesson.steps());
  REQUIRE(kinds(lesson) == std::vector<FaultKind>{FaultKind::leak});
  REQUIRE(fault_words(lesson.lab(), lesson.lab().history().trace().faults.front()).title == "Leak of left");
}

TEST_CASE("A vector's growth is an allocation and a release, each a step", "[stage]") {
  LessonLab lesson(lesson_program_containers);
  go_to(lesson, "numbers.push_back", 2);
  REQUIRE(lesson.lab().history().trace().event(lesson.now()).kind == EventKind::op_new);
  const Offset grown = variable(lesson, "numbers").target;
  REQUIRE(lesson.lab().history().statistics().live_blocks == 3);  // the point, the old buffer, the new one
  lesson.seek(lesson.now() + 1);
  REQUIRE(lesson.lab().history().trace().event(lesson.now()).kind == EventKind::op_delete);
  REQUIRE_THAT(line_of(lesson, "numbers"), contains("size 2, capacity 2"));
  const OwnedBlock* block = lesson.lab().history().block_at(grown);
  REQUIRE(block != nullptr);
  REQUIRE(value_line(object_value(lesson, *block)) == "{0, 1}");
  REQUIRE(object_value(lesson, *block).type == "int[2]");
}

TEST_CASE("A moved-from vector is empty, and its buffer has another name", "[stage]") {
  LessonLab lesson(lesson_program_containers);
  go_to(lesson, "std::vector<int> moved");
  REQUIRE(line_of(lesson, "numbers") == "null, size 0, capacity 0");
  const Value moved = variable(lesson, "moved");
  REQUIRE_THAT(moved.text, contains("size 3"));
  REQUIRE(lesson.name(lesson.lab().history().block_at(moved.target)->allocation) == "moved");
}

TEST_CASE("The counts of a shared_ptr show as they change", "[stage]") {
  LessonLab lesson(lesson_program_containers);
  go_to(lesson, "auto first = ");
  REQUIRE_THAT(line_of(lesson, "first"), contains("shared by 1, watched by 0"));
  go_to(lesson, "std::shared_ptr<Node> second");
  REQUIRE_THAT(line_of(lesson, "first"), contains("shared by 2, watched by 0"));
  REQUIRE_THAT(lesson_sentence(lesson), contains("first is shared by 2, watched by 0"));
  go_to(lesson, "other->previous = first");
  REQUIRE_THAT(line_of(lesson, "first"), contains("shared by 1, watched by 1"));
}

TEST_CASE("Strings and views are told by their characters, wherever these lie", "[stage]") {
  LessonLab lesson(lesson_program_containers);
  go_to(lesson, "std::optional<int> maybe");
  REQUIRE_THAT(line_of(lesson, "text"), contains("\"longer than what fits inside of …\", size 34"));
  REQUIRE(variable(lesson, "text").points);
  REQUIRE_THAT(line_of(lesson, "word"), StartsWith("0x") && EndsWith(", \"longer\", size 6"));
  REQUIRE_THAT(line_of(lesson, "inside"), contains("\"short\", size 5"));
  REQUIRE_FALSE(variable(lesson, "inside").points);
  REQUIRE(line_of(lesson, "maybe") == "nothing");
  go_to(lesson, "maybe = 7");
  REQUIRE(line_of(lesson, "maybe") == "{value 7}");
}

TEST_CASE("Two shared owners that own each other leak, and nothing else does", "[stage][fault]") {
  LessonLab lesson(lesson_program_containers);
  REQUIRE(kinds(lesson) == std::vector<FaultKind>{FaultKind::leak, FaultKind::leak});
}

TEST_CASE("Every mistake is a fault of the step that commits it", "[stage][fault]") {
  LessonLab lesson(lesson_program_faults);
  const auto fault_at = [&](std::string_view piece, std::uint32_t occurrence = 1) {
    go_to(lesson, piece, occurrence);
    return lesson.lab().history().trace().event(lesson.now()).fault;
  };
  REQUIRE(fault_at("int beyond") == FaultKind::out_of_bounds);
  REQUIRE(fault_at("int stale") == FaultKind::use_after_free);
  REQUIRE(fault_at("view[2]") == FaultKind::use_after_free);
  REQUIRE(fault_at("std::free(text);\n  int local") == FaultKind::double_free);
  REQUIRE(fault_at("std::free(text + 1)") == FaultKind::double_free);
  REQUIRE(fault_at("std::free(&local)") == FaultKind::foreign_pointer);
  REQUIRE(fault_at("int* lost") == FaultKind::none);
  REQUIRE(fault_at("std::memcpy") == FaultKind::out_of_bounds);
  REQUIRE(fault_at("std::strcpy(reinterpret_cast") == FaultKind::out_of_bounds);
  const std::vector<FaultKind> found = kinds(lesson);
  REQUIRE(std::count(found.begin(), found.end(), FaultKind::damage) >= 1);  // the letter that went too far
  REQUIRE(std::count(found.begin(), found.end(), FaultKind::leak) >= 1);
}

TEST_CASE("A lesson gives the same answers forward and back", "[stage]") {
  for (const Lesson* each : {&lesson_program_containers, &lesson_program_calls, &lesson_program_faults}) {
    LessonLab lesson(*each);
    const std::string forward = test::portable_steps(lesson);
    for (std::uint32_t step = lesson.steps(); step > 0; --step) {
      lesson.seek(step);
      REQUIRE(forward.find(test::portable_step(lesson)) != std::string::npos);
    }
    LessonLab again(*each);
    REQUIRE(test::portable_steps(again) == forward);
  }
}

TEST_CASE("A pointer to what was released stays one when something else comes to live there", "[stage]") {
  LessonLab lesson(*find_lesson("raw-pointers"));
  go_to(lesson, "Owner<int> owner");
  lesson.seek(lesson.now() + 2);
  const Value owner = variable(lesson, "owner").parts.at(0);
  REQUIRE(owner.points);
  const OwnedBlock* block = lesson.lab().history().block_at(owner.target);
  REQUIRE(object_value(lesson, *block).type == "int");
  REQUIRE(lesson.name(block->allocation) == "owner");
  REQUIRE(variable(lesson, "numbers").text == "0x020");  // the same address
  REQUIRE(variable(lesson, "numbers").seen == "released");
  REQUIRE_FALSE(variable(lesson, "numbers").points);
}

TEST_CASE("One past the end of what lives is told as such", "[stage]") {
  LessonLab lesson(*find_lesson("raw-pointers"));
  go_to(lesson, "short* end");
  REQUIRE(line_of(lesson, "end") == "0x028, one past the end of numbers");
}

TEST_CASE("A lesson without one of its lines takes a step less, and its heap shows it", "[stage]") {
  LessonLab whole(*find_lesson("malloc-free")), shorter(lesson_program_shorter);
  REQUIRE(shorter.steps() + 1 == whole.steps());
  whole.seek(8);
  shorter.seek(8);
  REQUIRE_THAT(test::portable_step(whole), contains("counts int[4] {0, 7, 0, 0}"));
  REQUIRE_THAT(test::portable_step(shorter), contains("counts int[4] {0, 0, 0, 0}"));
}

TEST_CASE("What a lesson allocates comes from its arena alone, and all else from the system", "[stage]") {
  const LessonLab lesson(lesson_program_containers);
  const auto* outside = new std::string("made while no program plays, and long enough for the heap");
  Offset offset = 0;
  REQUIRE_FALSE(lesson.in_arena(reinterpret_cast<std::uintptr_t>(outside->data()), offset));
  delete outside;
}

TEST_CASE("An arena that is too small for a program makes its malloc return null", "[stage]") {
  LessonLab lesson(*find_lesson("malloc-free"), LessonLab::smallest_arena);
  bool failed = false;
  for (std::uint32_t step = 1; step <= lesson.steps(); ++step)
    failed = failed || lesson.lab().history().trace().event(step).failed();
  REQUIRE(failed);
}
