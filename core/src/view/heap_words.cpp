#include "heapyard/view/heap_words.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_faults.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace heapyard {
namespace {

std::string at(const Lab& lab, std::uint64_t address) {
  return address_text(address, lab.arena_bytes());
}

std::string line_of(const Lab& lab, std::uint32_t step) {
  return step == 0 ? std::string{} : say("line {}", lab.history().trace().line_of_step(step));
}

std::string name_or_address(const Lab& lab, AllocationId allocation, Offset address) {
  const std::string_view name = lab.history().trace().name_of_allocation(allocation);
  return name.empty() ? at(lab, address) : std::string(name);
}

/// Bytes as a reader writes them: printable ones in quotes, others as \xHH.
std::string quoted(std::span<const std::byte> bytes, std::size_t most = 32) {
  std::string text = "\"";
  for (const std::byte byte : bytes.first(std::min(bytes.size(), most))) {
    const int value = std::to_integer<int>(byte);
    if (value == '"' || value == '\\') {
      text += '\\';
      text += static_cast<char>(value);
    } else if (value >= 0x20 && value < 0x7f) {
      text += static_cast<char>(value);
    } else {
      text += fmt::format("\\x{:02x}", value);
    }
  }
  return text + (bytes.size() > most ? "…\"" : "\"");
}

std::span<const std::byte> text_of(const Lab& lab, const Call& call) {
  return std::span(lab.program().text).subspan(call.text_begin, static_cast<std::size_t>(call.size));
}

/// What the step left free beside `block`: `48 bytes`, `16 and 880 bytes`.
std::string left_free_beside(const Lab& lab, const OwnedBlock& block) {
  const History& history = lab.history();
  std::string left;
  for (const OwnedBlock& other : history.trace().blocks_of(history.now())) {
    if (other.state != BlockState::free || (other.offset != block.end() && other.end() != block.offset)) continue;
    left = left.empty() ? fmt::format("{}", other.size) : say("{} and {}", left, other.size);
  }
  return left.empty() ? left : say("{} bytes", left);
}

std::string allocation_sentence(const Lab& lab, const OwnedBlock& made) {
  const History& history = lab.history();
  const Event& event = history.trace().event(history.now());
  const std::string name = name_or_address(lab, event.allocation, event.payload);
  std::string sentence = say("{} points to {}; its block takes {} ({}).", name, at(lab, event.payload),
                             bytes_text(made.size), composition(made));
  if (event.kind == EventKind::calloc) sentence += say(" Its {} are zero.", bytes_text(made.payload_size));
  if (const std::string left = left_free_beside(lab, made); !left.empty())
    sentence += say(" The free block was split; {} of it stay free.", left);
  return sentence;
}

std::string realloc_sentence(const Lab& lab, const OwnedBlock& before, const OwnedBlock& after) {
  const History& history = lab.history();
  const Event& event = history.trace().event(history.now());
  const std::string name = name_or_address(lab, event.before, event.address);
  const std::string taker = name_or_address(lab, event.allocation, event.payload);
  const std::string also = taker == name ? std::string{} : say(" {} points to it now.", taker);
  if (before.offset != after.offset) {
    return say("No room to stay: {} moved from {} to {}, {} were copied, and the old block was released.", name,
               at(lab, before.payload_offset), at(lab, after.payload_offset),
               bytes_text(std::min(before.payload_size, after.payload_size))) +
           also;
  }
  const std::string where = at(lab, after.payload_offset);
  if (before.size == after.size)
    return say("{} stays at {}; its block already had room for {}.", name, where, bytes_text(after.payload_size)) +
           also;
  const std::string changed =
      after.size > before.size
          ? say("{} stays at {}; its block grew from {} to {} bytes, taking from the free bytes behind it.", name,
                where, before.size, after.size)
          : say("{} stays at {}; its block shrank from {} to {} bytes, giving the rest to the free bytes behind it.",
                name, where, before.size, after.size);
  return changed + also;
}

std::string release_sentence(const Lab& lab, const OwnedBlock& released) {
  const History& history = lab.history();
  const std::string name = name_or_address(lab, released.allocation, released.payload_offset);
  const OwnedBlock* joined = history.block_at(released.offset);
  if (joined == nullptr || joined->size == released.size)
    return say("{} is released: {} at {} are free again.", name, bytes_text(released.size), at(lab, released.offset));
  return say("{} is released; its {} coalesce with the free bytes beside them: one free block of {} at {}.", name,
             bytes_text(released.size), bytes_text(joined->size), at(lab, joined->offset));
}

std::string marker_sentence(const Lab& lab, const Event& event, std::string_view name) {
  if (event.address == 0) return say("The marker is null: nothing to release.");
  std::uint64_t count = 0, bytes = 0;
  for (const Allocation& allocation : lab.history().trace().allocations) {
    if (allocation.freed_step != lab.history().now()) continue;
    ++count;
    bytes += allocation.size;
  }
  if (count == 0) return say("{} is released; nothing lay above it.", name);
  return count == 1
             ? say("{} is released with all that lay above it: one allocation of {}.", name, bytes_text(bytes))
             : say("{} is released with all that lay above it: {} allocations of {}.", name, count, bytes_text(bytes));
}

std::string access_sentence(const Lab& lab, const Event& event, const Call& call) {
  const std::string name = name_or_address(lab, event.allocation, event.address);
  const Offset begin = event.address + static_cast<Offset>(event.offset);
  if (event.kind == EventKind::write)
    return say("Writes {} at {}, offset {} of {}: {}.", bytes_text(event.size), at(lab, begin), event.offset, name,
               quoted(text_of(lab, call)));
  const std::span<const std::byte> bytes = lab.history().bytes();
  if (bytes.empty())
    return say("Reads {} at {}, offset {} of {}.", bytes_text(event.size), at(lab, begin), event.offset, name);
  return say("Reads {} at {}, offset {} of {}: {}.", bytes_text(event.size), at(lab, begin), event.offset, name,
             quoted(bytes.subspan(begin, static_cast<std::size_t>(event.size))));
}

}  // namespace

std::string address_text(std::uint64_t address, std::uint64_t arena_bytes) {
  const std::uint64_t last = arena_bytes == 0 ? 0 : arena_bytes - 1;
  const int digits = std::max(3, (static_cast<int>(std::bit_width(last)) + 3) / 4);
  return fmt::format("0x{:0{}x}", address, digits);
}

std::string composition(const OwnedBlock& block) {
  const std::uint32_t header = block.payload_offset - block.offset;
  const std::uint32_t padding = block.size - header - block.payload_size;
  std::string parts;
  if (header > 0) parts += say("{} header + ", header);
  parts += say("{} payload", block.payload_size);
  if (padding > 0) parts += say(" + {} padding", padding);
  return parts;
}

std::string call_text(const Lab& lab, std::uint32_t step) {
  if (step == 0) return {};
  const Call& call = lab.program().calls[step - 1];
  const auto name = [&](std::uint32_t variable) -> std::string_view {
    return variable == 0 ? std::string_view("null") : lab.program().names[variable];
  };
  switch (call.kind) {
    case CallKind::malloc: return fmt::format("{} = malloc {}", name(call.target), call.size);
    case CallKind::calloc: return fmt::format("{} = calloc {} {}", name(call.target), call.count, call.size);
    case CallKind::aligned_alloc:
      return fmt::format("{} = aligned_alloc {} {}", name(call.target), call.alignment, call.size);
    case CallKind::realloc: return fmt::format("{} = realloc {} {}", name(call.target), name(call.source), call.size);
    case CallKind::write:
      return fmt::format("write {} {} {}", name(call.source), call.offset, quoted(text_of(lab, call)));
    case CallKind::read: return fmt::format("read {} {} {}", name(call.source), call.offset, call.size);
    case CallKind::mark: return fmt::format("{} = mark", name(call.target));
    case CallKind::release: return fmt::format("release {}", name(call.source));
    case CallKind::poke: return fmt::format("poke {} {}", at(lab, call.address), quoted(text_of(lab, call)));
    case CallKind::free: {
      std::string text = "free ";
      if (call.source == 0) {
        text += at(lab, call.address);
      } else {
        text += name(call.source);
        if (call.address != 0) text += fmt::format("+{}", call.address);
      }
      return call.sized ? fmt::format("{} {}", text, call.size) : text;
    }
  }
  return {};
}

const OwnedBlock* subject_of_step(const Lab& lab) {
  const History& history = lab.history();
  if (history.now() == 0) return nullptr;
  const Event& event = history.trace().event(history.now());
  // A marker is a header without a payload: what it leads to begins behind it.
  if (event.kind == EventKind::mark && event.payload != 0) return history.block_at(event.payload - 1);
  if (event.payload != 0) return history.block_at(event.payload);
  if (event.failed() || event.address == 0) return nullptr;
  return history.block_at(event.address);
}

std::string step_sentence(const Lab& lab) {
  const History& history = lab.history();
  if (history.now() == 0) {
    const Statistics statistics = history.statistics();
    return say("The empty heap: {} free.", bytes_text(statistics.total_free));
  }
  const Event& event = history.trace().event(history.now());
  const Call& call = lab.program().calls[history.now() - 1];
  if (event.fault == FaultKind::damage)
    return say(
        "Refused: the words around this block were overwritten, and are not followed; the heap stays as it was.");
  if (event.fault != FaultKind::none) return say("Refused: the heap stays as it was.");
  if (event.failed()) return failure_sentence(lab);

  const OwnedBlock* before = history.released_by(history.now());
  const OwnedBlock* after = history.made_by(history.now());
  if (before != nullptr && after != nullptr) return realloc_sentence(lab, *before, *after);
  if (after != nullptr) return allocation_sentence(lab, *after);
  if (before != nullptr) return release_sentence(lab, *before);
  switch (event.kind) {
    case EventKind::free: return say("The pointer is null: nothing to release.");
    case EventKind::mark:
      return say("{} marks the top, at {}: a release of it gives back all that comes above.",
                 lab.program().names[call.target], at(lab, event.payload));
    case EventKind::release: return marker_sentence(lab, event, lab.program().names[call.source]);
    case EventKind::poke:
      if (event.address >= lab.arena_bytes()) return say("A stray write beyond the arena: it changes nothing here.");
      return say("A stray write of {} at {}, which no one judges: {}.", bytes_text(event.size), at(lab, event.address),
                 quoted(text_of(lab, call)));
    default: return access_sentence(lab, event, call);
  }
}

std::string failure_sentence(const Lab& lab) {
  const History& history = lab.history();
  if (history.now() == 0 || !history.trace().event(history.now()).failed()) return {};
  const Event& event = history.trace().event(history.now());
  const std::uint64_t wanted = event.kind == EventKind::calloc ? event.size * event.count : event.size;
  switch (event.error) {
    case AllocError::zero_size: return say("0 bytes cannot be allocated here: the result is null.");
    case AllocError::size_overflow: return say("No address space holds so many bytes: the result is null.");
    case AllocError::bad_alignment:
      return say("An alignment must be a power of two, and {} is none: the result is null.", event.alignment);
    case AllocError::alignment_too_large:
      return say("Blocks here cannot be aligned to {}: the result is null.", bytes_text(event.alignment));
    case AllocError::exceeds_block_size:
      return say("{} do not fit into a block of this pool: the result is null.", bytes_text(wanted));
    case AllocError::out_of_order: return say("Only the newest block can change its size here: the result is null.");
    case AllocError::no_markers: return say("Only a stack has markers: the result is null.");
    case AllocError::damaged:
      return say("The allocator's own words were overwritten, and it does not follow them: the result is null.");
    default: break;
  }
  const Statistics statistics = history.statistics();
  if (statistics.total_free == 0) return say("No block is free for {}: the result is null.", bytes_text(wanted));
  const std::string free = bytes_text(statistics.total_free);
  if (statistics.total_free == statistics.largest_free)
    return say("No free block has room for {}: the largest is a block of {}. The result is null.", bytes_text(wanted),
               statistics.largest_free);
  if (statistics.total_free < wanted)
    return say(
        "No free block has room for {}: the largest is a block of {}, though {} are free in all. The result is "
        "null.",
        bytes_text(wanted), statistics.largest_free, free);
  return say(
      "No free block has room for {}: the largest is a block of {}, though {} are free in all (external "
      "fragmentation). The result is null.",
      bytes_text(wanted), statistics.largest_free, free);
}

std::string_view name_of(NoteKind kind) {
  switch (kind) {
    case NoteKind::visited: return "visited";
    case NoteKind::chosen: return "chosen";
    case NoteKind::split: return "split";
    case NoteKind::coalesced: return "coalesced";
    case NoteKind::grown: return "grown";
    case NoteKind::shrunk: return "shrunk";
    case NoteKind::moved: return "moved";
    case NoteKind::linked: return "linked";
    case NoteKind::considered: return "considered";
    case NoteKind::linked_in_order: return "linked_in_order";
    case NoteKind::linked_by_size: return "linked_by_size";
    case NoteKind::list_found: return "list_found";
  }
  return "";
}

std::string note_sentence(const Lab& lab, const Note& note) {
  const std::string where = at(lab, note.offset);
  switch (note.kind) {
    case NoteKind::visited:
      return say("Looked at the free block at {}: its {} do not suffice.", where, bytes_text(note.size));
    case NoteKind::chosen: return say("Took the free block at {}: its {} suffice.", where, bytes_text(note.size));
    case NoteKind::split: return say("Split off the {} from {} on.", bytes_text(note.size), where);
    case NoteKind::coalesced:
      return say("Coalesced with a free neighbour: {} from {} on.", bytes_text(note.size), where);
    case NoteKind::grown: return say("Grew in place to {}.", bytes_text(note.size));
    case NoteKind::shrunk: return say("Shrank in place to {}.", bytes_text(note.size));
    case NoteKind::moved: return say("Copied {} to {}.", bytes_text(note.size), where);
    case NoteKind::linked: return say("Put the free block at {} at the head of the free list.", where);
    case NoteKind::considered:
      return say("Looked at the free block at {}: its {} suffice, but another may fit better.", where,
                 bytes_text(note.size));
    case NoteKind::linked_in_order: return say("Put the free block at {} into the free list, in order.", where);
    case NoteKind::linked_by_size: return say("Put the free block at {} at the head of its size's list.", where);
    case NoteKind::list_found: return say("Went to the list from {} on.", bytes_text(note.size));
  }
  return {};
}

std::string episode_text(const Lab& lab, const Episode& episode, ByteRange range) {
  const Event& event = lab.history().trace().event(episode.step);
  const bool whole = episode.bytes.offset <= range.offset && std::uint64_t{episode.bytes.offset} + episode.bytes.size >=
                                                                 std::uint64_t{range.offset} + range.size;
  switch (episode.kind) {
    case EpisodeKind::allocated: return whole ? say("takes these bytes") : say("takes a part of these bytes");
    case EpisodeKind::resized: return say("resized in place to {}", bytes_text(event.size));
    case EpisodeKind::moved_in: return say("moves in from {}", at(lab, event.address));
    case EpisodeKind::moved_away: return say("moves away to {}", at(lab, event.payload));
    case EpisodeKind::freed: return whole ? say("releases these bytes") : say("releases a part of these bytes");
    case EpisodeKind::written: return say("{} written at {}", bytes_text(event.size), at(lab, episode.bytes.offset));
    case EpisodeKind::read: return say("{} read at {}", bytes_text(event.size), at(lab, episode.bytes.offset));
    case EpisodeKind::poked: return say("a stray write of {} at {}", bytes_text(event.size), at(lab, event.address));
    case EpisodeKind::refused: return say("refused: {}", fault_kind_text(event.fault));
  }
  return {};
}

std::string block_name(const Lab& lab, const OwnedBlock& block) {
  switch (block.state) {
    case BlockState::control: return say("control");
    case BlockState::free: return say("free");
    case BlockState::used: return name_or_address(lab, block.allocation, block.payload_offset);
  }
  return {};
}

std::vector<Fact> block_facts(const Lab& lab, const OwnedBlock& block) {
  std::vector<Fact> facts;
  if (block.state != BlockState::used) {
    facts.push_back(
        {block.state == BlockState::free ? say("free") : say("the allocator's own"), bytes_text(block.size)});
    return facts;
  }
  const std::uint32_t alignment = block.payload_offset & (~block.payload_offset + 1);
  facts.push_back({say("asked for"), bytes_text(block.payload_size)});
  facts.push_back({say("takes"), fmt::format("{} = {}", block.size, composition(block))});
  facts.push_back({say("points to"), at(lab, block.payload_offset)});
  facts.push_back({say("a multiple of"), fmt::format("{}", alignment)});
  facts.push_back({block.payload_offset > block.offset ? say("header and padding") : say("padding"),
                   bytes_text(block.size - block.payload_size)});
  if (block.allocation != 0) {
    const Allocation& allocation = lab.history().trace().allocation(block.allocation);
    facts.push_back({say("allocated by"), line_of(lab, allocation.allocated_step)});
    facts.push_back({say("released by"),
                     allocation.freed_step != 0 ? line_of(lab, allocation.freed_step) : say("no line: a leak")});
  }
  return facts;
}

}  // namespace heapyard
