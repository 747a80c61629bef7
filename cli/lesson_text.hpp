#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard::cli {

/// A sentence of the story that leads to a step.
struct StoryLink {
  std::vector<std::uint32_t> lines;  ///< any of them
  std::uint32_t occurrence = 1;
};

struct StoryBlock {
  std::string text;
  std::vector<std::string> items;  ///< of a list
  std::vector<StoryLink> links;
};

struct WrongAnswer {
  std::string expression;  ///< empty: every other answer
  std::string reply;
};

struct Question {
  std::string ask;
  StoryLink at;
  std::string answer;  ///< an expression, see heapyard/view/answers.hpp
  std::string right;
  std::vector<WrongAnswer> wrong;
};

/// A goal of the exercise: for `judge` of heapyard/view/goals.hpp, and in words.
struct Goal {
  std::string goal, words;
};

struct Choice {
  std::string choice, words;
};

struct Exercise {
  std::string kind;  ///< `heap`, `struct` or `program`
  std::string allocator;
  std::uint64_t arena_bytes = 0;
  std::vector<StoryBlock> task;
  std::string start;            ///< what the reader begins with; empty for a program
  std::vector<Choice> choices;  ///< of a program
  std::string solution;
  std::vector<Goal> goals;
};

/// A type of the lesson's table of sizes, and the struct that stands for it.
struct SizedType {
  std::string name, members;
};

/// What the lesson speaks of is measured: an id of heapyard/measure, and what it is.
struct MeasuredText {
  std::string id, words;
};

/// What a lesson says, from its `lesson.md`.
struct LessonText {
  std::string title, abstract;
  std::vector<StoryBlock> goals, story, wild, reading, teacher;
  std::vector<Question> questions;
  Exercise exercise;
  std::vector<SizedType> sizes;
  std::vector<MeasuredText> measured;
  std::vector<StoryBlock> measured_notes;
};
LessonText lesson_text(std::string_view id);

/// The step that a link leads to; 0 when the run never comes there.
std::uint32_t step_of(const LessonLab& lesson, const StoryLink& link);

}  // namespace heapyard::cli
