#include "heapyard/view/goals.hpp"

#include "heapyard/say/say.hpp"

#include "trimmed.hpp"

#include <algorithm>
#include <charconv>

namespace heapyard {
namespace {

std::optional<std::uint64_t> number_in(std::string_view side) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(side.data(), side.data() + side.size(), number);
  if (error == std::errc{} && end == side.data() + side.size()) return number;
  return std::nullopt;
}

Quantity quantity_of(std::string_view side, const Quantities& quantities) {
  if (const auto number = number_in(side)) return {number, std::string(side)};
  return quantities(side);
}

}  // namespace

bool ExerciseResult::solved() const {
  return problems.empty() && !goals.empty() &&
         std::all_of(goals.begin(), goals.end(), [](const GoalResult& each) { return each.met; });
}

GoalResult judge(std::string_view goal, const Quantities& quantities) {
  const std::size_t equals = goal.find('=');
  if (equals == std::string_view::npos || equals == 0) return {false, say("\"{}\" compares nothing", goal)};
  const char before = goal[equals - 1];
  const bool ordered = before == '<' || before == '>';
  const std::string_view left = trimmed(goal.substr(0, ordered ? equals - 1 : equals));
  const std::string_view right = trimmed(goal.substr(equals + 1));
  const Quantity is = quantity_of(left, quantities), wanted = quantity_of(right, quantities);
  if (!is.value) return {false, is.found};
  if (!wanted.value) return {false, wanted.found};
  const bool met = before == '<'   ? *is.value <= *wanted.value
                   : before == '>' ? *is.value >= *wanted.value
                                   : *is.value == *wanted.value;
  if (met) return {true, is.found};
  if (!number_in(right)) return {false, say("{}, and {}", is.found, wanted.found)};
  if (before == '<') return {false, say("{}; wanted: at most {}", is.found, *wanted.value)};
  if (before == '>') return {false, say("{}; wanted: at least {}", is.found, *wanted.value)};
  return {false, say("{}; wanted: {}", is.found, *wanted.value)};
}

}  // namespace heapyard
