#include "heapyard/view/race_words.hpp"

#include "heapyard/lab/machine.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace heapyard {
namespace {

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// What a step came to, without the address: lanes that say the same did the same. The verb of one lane, or of several.
std::string outcome_of(const Lane& lane, std::uint32_t step, bool several = false) {
  const Placement placement = lane.placements[step - 1];
  const Trace& trace = lane.lab.history().trace();
  const std::string_view s = several ? "" : "s";
  if (placement.fails()) {
    if (placement.error() == AllocError::out_of_memory) return fmt::format("find{} no room", s);
    std::string why(name_of(placement.error()));
    std::replace(why.begin(), why.end(), '_', ' ');
    return fmt::format("fail{}: {}", s, why);
  }
  if (placement.is_refused()) return fmt::format("refuse{} it", s);
  if (!placement.places()) return several ? "carry it out" : "carries it out";
  if (placement.neighbour() == 0) return fmt::format("put{} it first", s);
  return fmt::format("put{} it behind {}", s, trace.name_of_allocation(placement.neighbour()));
}

/// `a`, `a and b`, `a, b and c`.
std::string listed(const std::vector<std::string_view>& names) {
  std::string list(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    list += i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
}

}  // namespace

std::string_view allocator_title(std::string_view name) {
  const auto choices = machine_choices();
  const auto choice =
      std::find_if(choices.begin(), choices.end(), [name](const MachineChoice& each) { return each.name == name; });
  return choice == choices.end() ? name : choice->title;
}

std::string percent_text(double part) {
  if (part > 0 && part < 0.01) return "< 1 %";
  return fmt::format("{} %", static_cast<std::uint64_t>(part * 100 + 0.5));
}

std::string outcome_words(const Lane& lane) {
  const RaceResult& result = lane.result;
  const Trace& trace = lane.lab.history().trace();
  std::string words = "served every allocation";
  if (!result.completed()) {
    words = fmt::format("failed at step {}, line {}", result.failed_at, trace.line_of_step(result.failed_at));
    if (result.failures > 1) words += fmt::format(", and {} more", plural(result.failures - 1, "time"));
  }
  if (result.refusals > 0) words += fmt::format("; refused {} out of order", plural(result.refusals, "release"));
  return words;
}

std::string placement_words(const Lane& lane, std::uint32_t step) {
  if (step == 0 || lane.placements[step - 1] == Placement()) return {};
  std::string words = outcome_of(lane, step);
  if (lane.placements[step - 1].places()) {
    const Event& event = lane.lab.history().trace().event(step);
    words += ", at " + address_text(event.payload, lane.lab.arena_bytes());
  }
  return words;
}

std::string divergence_sentence(const Race& race) {
  if (race.lanes().size() < 2) return {};
  const std::uint32_t step = race.first_divergence();
  if (step == 0) return "All of them lay their blocks in the same order, from the first step to the last.";
  struct Group {
    const Lane* lane;
    std::vector<std::string_view> names;
  };
  std::vector<Group> groups;
  for (const Lane& lane : race.lanes()) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& each) {
      return each.lane->placements[step - 1] == lane.placements[step - 1];
    });
    Group& group = same == groups.end() ? groups.emplace_back(Group{&lane, {}}) : *same;
    group.names.push_back(lane.lab.allocator());
  }
  const Lab& first = race.lanes().front().lab;
  std::string sentence = fmt::format("They part at step {}, line {}: {}.", step,
                                     first.history().trace().line_of_step(step), call_text(first, step));
  for (const Group& group : groups)
    sentence += fmt::format(" {} {}.", listed(group.names), outcome_of(*group.lane, step, group.names.size() > 1));
  return sentence;
}

std::string race_twin(const Race& race) {
  if (race.lanes().empty()) return {};
  std::string text;
  const auto out = std::back_inserter(text);
  const Lab& first = race.lanes().front().lab;
  const std::uint32_t now = first.history().now();
  fmt::format_to(out, "A race of {} over {}, in arenas of {}. {}\n", plural(race.lanes().size(), "allocator"),
                 plural(race.steps(), "step"), bytes_text(race.arena_bytes()), divergence_sentence(race));
  for (const Lane& lane : race.lanes()) {
    const RaceResult& result = lane.result;
    fmt::format_to(
        out,
        "\n{} {}. At most {} live, at step {}; {} of the arena touched, utilisation {}; there, {} of internal "
        "fragmentation, {} external.",
        allocator_title(lane.lab.allocator()), outcome_words(lane), bytes_text(result.high_water_mark),
        result.high_water_step, bytes_text(result.touched), percent_text(result.utilisation()),
        bytes_text(result.internal_fragmentation), percent_text(result.external_fragmentation));
    if (lane.diverges_at != 0) fmt::format_to(out, " Parts from the first at step {}.", lane.diverges_at);
  }
  fmt::format_to(out, "\n\nStep {} of {}", now, race.steps());
  if (now > 0) fmt::format_to(out, ", line {}: {}", first.history().trace().line_of_step(now), call_text(first, now));
  text += '\n';
  for (const Lane& lane : race.lanes()) {
    const Statistics statistics = lane.lab.history().statistics();
    const std::string placement = placement_words(lane, now);
    fmt::format_to(out, "{}: {}{} live in {}, largest free {} of {}.\n", allocator_title(lane.lab.allocator()),
                   placement.empty() ? "" : placement + "; ", bytes_text(statistics.live_bytes),
                   plural(statistics.live_blocks, "block"), bytes_text(statistics.largest_free),
                   bytes_text(statistics.total_free));
  }
  return text;
}

}  // namespace heapyard
