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

std::string spaced(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// Why an allocation fails: `no room`.
std::string reason(AllocError error) {
  if (error == AllocError::out_of_memory) return "no room";
  return spaced(name_of(error));
}

/// The fault of a call that is refused.
std::string fault_of(const Lane& lane, std::uint32_t step) {
  return spaced(name_of(lane.lab.history().trace().event(step).fault));
}

std::string_view neighbour_name(const Lane& lane, Placement placement) {
  return lane.lab.history().trace().name_of_allocation(placement.neighbour());
}

/// What the lanes of a group came to, and the line of the neighbour where its name alone does not tell it from others.
std::string group_words(const Lane& lane, std::uint32_t step, bool with_line) {
  const Placement placement = lane.placements[step - 1];
  const Trace& trace = lane.lab.history().trace();
  if (placement.fails()) return fmt::format("Failed, {}", reason(placement.error()));
  if (placement.is_refused()) return fmt::format("Refused, {}", fault_of(lane, step));
  if (!placement.places()) return "Carried out";
  if (placement.neighbour() == 0) return "First of all";
  const std::uint32_t line = trace.line_of_step(trace.allocation(placement.neighbour()).allocated_step);
  return fmt::format("Behind {}{}", neighbour_name(lane, placement),
                     with_line ? fmt::format(" of line {}", line) : std::string());
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
  std::string words = result.allocations == 0 ? "was asked for nothing" : "served every allocation";
  if (!result.completed()) {
    words = fmt::format("failed at step {}, line {}: {}", result.failed_at, trace.line_of_step(result.failed_at),
                        reason(trace.event(result.failed_at).error));
    if (result.failures > 1) words += fmt::format("; and {} more", plural(result.failures - 1, "time"));
  }
  if (result.refusals > 0) words += fmt::format("; refused {} out of order", plural(result.refusals, "release"));
  if (result.faults > 0) words += fmt::format("; {}", plural(result.faults, "fault"));
  return words;
}

std::string placement_words(const Lane& lane, std::uint32_t step) {
  if (step == 0) return {};
  const Placement placement = lane.placements[step - 1];
  if (placement.fails())
    return placement.error() == AllocError::out_of_memory ? "finds no room" : "fails: " + reason(placement.error());
  if (placement.is_refused()) return fmt::format("refuses it: {}", fault_of(lane, step));
  if (!placement.places()) return {};
  return fmt::format(
      "puts it {}, at {}",
      placement.neighbour() == 0 ? std::string("first") : fmt::format("behind {}", neighbour_name(lane, placement)),
      address_text(lane.lab.history().trace().event(step).payload, lane.lab.arena_bytes()));
}

std::string block_words(const Lane& lane, Offset offset) {
  const OwnedBlock* const block = lane.lab.history().block_at(offset);
  if (block == nullptr) return {};
  std::string words = fmt::format("{}: {} at {}", block_name(lane.lab, *block), bytes_text(block->size),
                                  address_text(block->offset, lane.lab.arena_bytes()));
  if (block->state == BlockState::used) words += ", " + composition(*block);
  return words;
}

std::string divergence_sentence(const Race& race, Called called) {
  if (race.lanes().size() < 2) return {};
  const std::uint32_t step = race.first_divergence();
  if (step == 0) return "All of them lay their blocks in the same order, from the first step to the last.";
  struct Group {
    const Lane* lane;
    std::string names;
  };
  std::vector<Group> groups;
  for (const Lane& lane : race.lanes()) {
    const std::string_view name =
        called == Called::title ? allocator_title(lane.lab.allocator()) : std::string_view(lane.lab.allocator());
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& each) {
      return each.lane->placements[step - 1] == lane.placements[step - 1];
    });
    if (same == groups.end())
      groups.push_back({&lane, std::string(name)});
    else
      same->names += fmt::format("; {}", name);
  }
  const Lab& first = race.lanes().front().lab;
  std::string sentence = fmt::format("They part at step {}, line {}: {}.", step,
                                     first.history().trace().line_of_step(step), call_text(first, step));
  for (const Group& group : groups) {
    const std::string words = group_words(*group.lane, step, false);
    const bool ambiguous = std::count_if(groups.begin(), groups.end(), [&](const Group& each) {
                             return group_words(*each.lane, step, false) == words;
                           }) > 1;
    sentence += fmt::format(" {}: {}.", ambiguous ? group_words(*group.lane, step, true) : words, group.names);
  }
  return sentence;
}

std::string race_twin(const Race& race) {
  if (race.lanes().empty()) return {};
  std::string text;
  const auto out = std::back_inserter(text);
  const Lab& first = race.lanes().front().lab;
  const std::uint32_t now = first.history().now();
  fmt::format_to(out, "A race of {} over {}, in arenas of {}. {}\n", plural(race.lanes().size(), "allocator"),
                 plural(race.steps(), "step"), bytes_text(race.arena_bytes()),
                 divergence_sentence(race, Called::title));
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
