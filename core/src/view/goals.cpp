#include "heapyard/view/goals.hpp"

#include "trimmed.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace heapyard {
namespace {

std::optional<std::uint64_t> value_of(std::string_view side, const Quantities& quantities) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(side.data(), side.data() + side.size(), number);
  if (error == std::errc{} && end == side.data() + side.size()) return number;
  return quantities(side);
}

}  // namespace

bool ExerciseResult::solved() const {
  return problems.empty() && !goals.empty() &&
         std::all_of(goals.begin(), goals.end(), [](const GoalResult& each) { return each.met; });
}

GoalResult judge(std::string_view goal, const Quantities& quantities) {
  const std::size_t equals = goal.find('=');
  if (equals == std::string_view::npos || equals == 0) return {false, fmt::format("\"{}\" compares nothing", goal)};
  const char before = goal[equals - 1];
  const bool ordered = before == '<' || before == '>';
  const std::string_view left = trimmed(goal.substr(0, ordered ? equals - 1 : equals));
  const std::string_view right = trimmed(goal.substr(equals + 1));
  const auto is = value_of(left, quantities), wanted = value_of(right, quantities);
  if (!is || !wanted) return {false, fmt::format("there is no {} yet", is ? right : left)};
  const bool met = before == '<' ? *is <= *wanted : before == '>' ? *is >= *wanted : *is == *wanted;
  return {met, fmt::format("{} is {}", left, *is)};
}

}  // namespace heapyard
