#include "lesson_text.hpp"

#include "heapyard/lessons/prose.hpp"

#include <nlohmann/json.hpp>

namespace heapyard::cli {
namespace {

using Json = nlohmann::json;

StoryLink link_of(const Json& json) {
  return {json["lines"].get<std::vector<std::uint32_t>>(), json["occurrence"].get<std::uint32_t>()};
}

std::vector<StoryBlock> blocks_of(const Json& json) {
  std::vector<StoryBlock> blocks;
  for (const Json& each : json) {
    StoryBlock& block = blocks.emplace_back();
    block.text = each["text"];
    block.items = each["items"].get<std::vector<std::string>>();
    for (const Json& step : each["steps"]) block.links.push_back(link_of(step));
  }
  return blocks;
}

Question question_of(const Json& json) {
  Question question{json["ask"], link_of(json["at"]), json["answer"], json["right"], {}};
  for (const Json& wrong : json["wrong"])
    question.wrong.push_back({wrong["answer"].is_null() ? "" : wrong["answer"].get<std::string>(), wrong["reply"]});
  return question;
}

Exercise exercise_of(const Json& json) {
  Exercise exercise{
      json["kind"], json["allocator"], json["arena"], blocks_of(json["task"]), json["start"], {}, json["solution"], {}};
  for (const Json& each : json["choices"]) exercise.choices.push_back({each["choice"], each["words"]});
  for (const Json& each : json["goals"]) exercise.goals.push_back({each["goal"], each["words"]});
  return exercise;
}

}  // namespace

LessonText lesson_text(std::string_view id) {
  const Json json = Json::parse(prose_of(id));
  LessonText text;
  text.title = json["title"];
  text.abstract = json["abstract"];
  text.goals = blocks_of(json["goals"]);
  text.story = blocks_of(json["story"]);
  text.wild = blocks_of(json["wild"]);
  text.reading = blocks_of(json["reading"]);
  text.teacher = blocks_of(json["teacher"]);
  for (const Json& question : json["questions"]) text.questions.push_back(question_of(question));
  text.exercise = exercise_of(json["exercise"]);
  if (!json["sizes"].is_null())
    for (const Json& each : json["sizes"]) text.sizes.push_back({each["name"], each["members"]});
  if (!json["measured"].is_null()) {
    for (const Json& each : json["measured"]["items"]) text.measured.push_back({each["id"], each["text"]});
    text.measured_notes = blocks_of(json["measured"]["notes"]);
  }
  return text;
}

std::uint32_t step_of(const LessonLab& lesson, const StoryLink& link) {
  return lesson.step_at_lines(link.lines, link.occurrence);
}

}  // namespace heapyard::cli
