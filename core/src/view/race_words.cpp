#include "heapyard/view/race_words.hpp"

#include "heapyard/lab/machine.hpp"
#include "heapyard/say/say.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace heapyard {
namespace {

/// Why an allocation fails: `no room`.
std::string reason(AllocError error) {
  switch (error) {
    case AllocError::none: break;
    case AllocError::zero_size: return say("zero size");
    case AllocError::size_overflow: return say("size overflow");
    case AllocError::bad_alignment: return say("bad alignment");
    case AllocError::alignment_too_large: return say("alignment too large");
    case AllocError::exceeds_block_size: return say("exceeds block size");
    case AllocError::out_of_memory: return say("no room");
    case AllocError::arena_too_small: return say("arena too small");
    case AllocError::arena_too_large: return say("arena too large");
    case AllocError::refused: return say("refused");
    case AllocError::out_of_order: return say("out of order");
    case AllocError::no_markers: return say("no markers");
    case AllocError::damaged: return say("damaged");
  }
  return say("none");
}

/// The fault of a call that is refused.
std::string fault_of(const Lane& lane, std::uint32_t step) {
  return fault_kind_text(lane.lab.history().trace().event(step).fault);
}

std::string_view neighbour_name(const Lane& lane, Placement placement) {
  return lane.lab.history().trace().name_of_allocation(placement.neighbour());
}

/// What the lanes of a group came to, and the line of the neighbour where its name alone does not tell it from others.
std::string group_words(const Lane& lane, std::uint32_t step, bool with_line) {
  const Placement placement = lane.placements[step - 1];
  const Trace& trace = lane.lab.history().trace();
  if (placement.fails()) return say("Failed, {}", reason(placement.error()));
  if (placement.is_refused()) return say("Refused, {}", fault_of(lane, step));
  if (!placement.places()) return say("Carried out");
  if (placement.neighbour() == 0) return say("First of all");
  const std::string_view neighbour = neighbour_name(lane, placement);
  if (!with_line) return say("Behind {}", neighbour);
  return say("Behind {} of line {}", neighbour,
             trace.line_of_step(trace.allocation(placement.neighbour()).allocated_step));
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
  std::string words = result.allocations == 0 ? say("was asked for nothing") : say("served every allocation");
  if (!result.completed()) {
    words = say("failed at step {}, line {}: {}", result.failed_at, trace.line_of_step(result.failed_at),
                reason(trace.event(result.failed_at).error));
    if (result.failures == 2) words += say("; and 1 time more");
    if (result.failures > 2) words += say("; and {} times more", result.failures - 1);
  }
  if (result.refusals == 1) words += say("; refused 1 release out of order");
  if (result.refusals > 1) words += say("; refused {} releases out of order", result.refusals);
  if (result.faults == 1) words += say("; 1 fault");
  if (result.faults > 1) words += say("; {} faults", result.faults);
  return words;
}

std::string placement_words(const Lane& lane, std::uint32_t step) {
  if (step == 0) return {};
  const Placement placement = lane.placements[step - 1];
  if (placement.fails())
    return placement.error() == AllocError::out_of_memory ? say("finds no room")
                                                          : say("fails: {}", reason(placement.error()));
  if (placement.is_refused()) return say("refuses it: {}", fault_of(lane, step));
  if (!placement.places()) return {};
  const std::string where = address_text(lane.lab.history().trace().event(step).payload, lane.lab.arena_bytes());
  return placement.neighbour() == 0 ? say("puts it first, at {}", where)
                                    : say("puts it behind {}, at {}", neighbour_name(lane, placement), where);
}

std::string block_words(const Lane& lane, Offset offset) {
  const OwnedBlock* const block = lane.lab.history().block_at(offset);
  if (block == nullptr) return {};
  std::string words = say("{}: {} at {}", block_name(lane.lab, *block), bytes_text(block->size),
                          address_text(block->offset, lane.lab.arena_bytes()));
  if (block->state == BlockState::used) words += ", " + composition(*block);
  return words;
}

std::string divergence_sentence(const Race& race, Called called) {
  if (race.lanes().size() < 2) return {};
  const std::uint32_t step = race.first_divergence();
  if (step == 0) return say("All of them lay their blocks in the same order, from the first step to the last.");
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
  std::string sentence = say("They part at step {}, line {}: {}.", step, first.history().trace().line_of_step(step),
                             call_text(first, step));
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
  const Lab& first = race.lanes().front().lab;
  const std::uint32_t now = first.history().now();
  const std::size_t lanes = race.lanes().size();
  std::string text = say("{} over {}, in arenas of {}. {}",
                         lanes == 1 ? say("A race of 1 allocator") : say("A race of {} allocators", lanes),
                         race.steps() == 1 ? say("1 step") : say("{} steps", race.steps()),
                         bytes_text(race.arena_bytes()), divergence_sentence(race, Called::title)) +
                     '\n';
  for (const Lane& lane : race.lanes()) {
    const RaceResult& result = lane.result;
    text += '\n';
    text +=
        say("{} {}. At most {} live, at step {}; {} of the arena touched, utilisation {}; there, {} of internal "
            "fragmentation, {} external.",
            allocator_title(lane.lab.allocator()), outcome_words(lane), bytes_text(result.high_water_mark),
            result.high_water_step, bytes_text(result.touched), percent_text(result.utilisation()),
            bytes_text(result.internal_fragmentation), percent_text(result.external_fragmentation));
    if (lane.diverges_at != 0) text += say(" Parts from the first at step {}.", lane.diverges_at);
  }
  text += "\n\n";
  text += now == 0 ? say("Step {} of {}", now, race.steps())
                   : say("Step {} of {}, line {}: {}", now, race.steps(), first.history().trace().line_of_step(now),
                         call_text(first, now));
  text += '\n';
  for (const Lane& lane : race.lanes()) {
    const Statistics statistics = lane.lab.history().statistics();
    const std::string placement = placement_words(lane, now);
    const std::string blocks = statistics.live_blocks == 1 ? say("1 block") : say("{} blocks", statistics.live_blocks);
    const std::string standing = say("{} live in {}, largest free {} of {}.", bytes_text(statistics.live_bytes), blocks,
                                     bytes_text(statistics.largest_free), bytes_text(statistics.total_free));
    text += fmt::format("{}: {}{}\n", allocator_title(lane.lab.allocator()),
                        placement.empty() ? placement : placement + "; ", standing);
  }
  return text;
}

}  // namespace heapyard
