#include "heapyard/view/heap_faults.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_words.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace heapyard {
namespace {

/// Who is who in one fault.
struct Case {
  const Lab& lab;
  const Fault& fault;
  FaultLines lines;
  std::string name;  ///< of the pointer: a variable, or an address

  const Trace& trace() const { return lab.history().trace(); }
  /// What the call does with the pointer that it releases: the beginning of a sentence.
  std::string releases(std::string_view what) const {
    return trace().event(fault.step).kind == EventKind::realloc ? say("Line {} reallocates {}", lines.committed, what)
                                                                : say("Line {} releases {}", lines.committed, what);
  }
  /// How the call uses the memory: the beginning of a sentence.
  std::string accesses() const {
    const std::string bytes = bytes_text(fault.size);
    return trace().event(fault.step).kind == EventKind::write ? say("Line {} writes {}", lines.committed, bytes)
                                                              : say("Line {} reads {}", lines.committed, bytes);
  }
  std::string at(std::uint64_t address) const { return address_text(address, lab.arena_bytes()); }
  const Allocation* allocation() const {
    return fault.allocation == 0 ? nullptr : &trace().allocation(fault.allocation);
  }
};

/// ` Line 3 allocated it.`, nothing when that is unknown.
std::string allocated_by(const Case& c) {
  return c.lines.allocated == 0 ? std::string{} : say(" Line {} allocated it.", c.lines.allocated);
}

FaultWords double_free(const Case& c) {
  FaultWords words;
  words.title = say("Double free of {}", c.name);
  words.message = say("{}, but line {} released it already.", c.releases(c.name), c.lines.freed) + allocated_by(c);
  if (const AllocationId other = c.fault.tenant; other != 0) {
    words.silently = say(
        "An ordinary malloc would take it for a release of {}, which lives there now, and give its bytes to the next "
        "caller while {} still uses them.",
        c.trace().name_of_allocation(other), c.trace().name_of_allocation(other));
  } else {
    words.silently =
        say("An ordinary malloc may put the block into its free list a second time and hand the same bytes to two "
            "callers; some notice at once, and abort.");
  }
  return words;
}

FaultWords foreign_pointer(const Case& c) {
  FaultWords words;
  if (c.trace().event(c.fault.step).kind == EventKind::release) {
    words.title = say("Release of {}, which is no marker", c.at(c.fault.address));
    words.message =
        say("Line {} releases all above it, but no marker stands there, or none any more.", c.lines.committed);
    words.silently = say("A stack that does not look would take its top down past its beginning.");
    return words;
  }
  words.title = say("Release of {}, a foreign pointer", c.name);
  if (const AllocationId other = c.fault.tenant; other != 0) {
    const std::string_view tenant = c.trace().name_of_allocation(other);
    words.message =
        say("{}, which is no part of {}: {} lives there.", c.releases(c.at(c.fault.address)), c.name, tenant);
    words.silently = say("An ordinary malloc would take it for a release of {}.", tenant);
    return words;
  }
  const bool beyond = c.fault.address >= c.lab.arena_bytes();
  words.message = say("{}, an address that no allocation here begins at or contains.",
                      c.releases(beyond ? say("what lies beyond the arena") : c.at(c.fault.address)));
  words.silently = say(
      "An ordinary malloc would read whatever lies before that address as a header and link it into its free list.");
  return words;
}

FaultWords interior_pointer(const Case& c) {
  const Allocation* allocation = c.allocation();
  const std::uint32_t inside = allocation == nullptr ? 0 : c.fault.address - allocation->payload;
  return {say("Release of a pointer into {}", c.name),
          say("{}, which is {} into {}: only the address that malloc returned can be released.",
              c.releases(c.at(c.fault.address)), bytes_text(inside), c.name) +
              allocated_by(c),
          say("An ordinary malloc would take the bytes of {} before that address for a header.", c.name)};
}

FaultWords out_of_order(const Case& c) {
  return {say("Release of {} out of order", c.name),
          say("{}, but only the newest block can be given back here: its bytes stay taken.", c.releases(c.name)) +
              allocated_by(c),
          say("An allocator that does not look would lower its top below blocks that are in use.")};
}

FaultWords wrong_size(const Case& c) {
  const Allocation* allocation = c.allocation();
  return {
      say("Wrong size for {}", c.name),
      say("Line {} releases {} as {}, but it was asked for with {}.", c.lines.committed, c.name,
          bytes_text(c.fault.size), bytes_text(allocation == nullptr ? 0 : allocation->size)) +
          allocated_by(c),
      say("An allocator that trusts the size would file the block under the wrong size class and later give out too "
          "many or too few bytes.")};
}

FaultWords out_of_bounds(const Case& c) {
  const Event& event = c.trace().event(c.fault.step);
  FaultWords words;
  const Allocation* allocation = c.allocation();
  if (allocation == nullptr) {
    words.title = say("Access through null");
    words.message = say("{} through a null pointer: no allocation stands behind it.", c.accesses());
    words.silently =
        say("An ordinary program would stop with a segmentation fault, or worse, reach memory at a small offset.");
    return words;
  }
  const std::uint32_t size = allocation->size;
  const std::uint64_t beyond = event.offset >= size ? c.fault.size : c.fault.size - (size - event.offset);
  words.title = say("Out of bounds of {}", c.name);
  const std::string which = c.fault.size == 1        ? say("it lies past its end")
                            : beyond == c.fault.size ? say("they lie past its end")
                            : beyond == 1            ? say("1 of them lies past its end")
                                                     : say("{} of them lie past its end", beyond);
  words.message =
      say("{} at offset {} of {}, which has {}: {}.", c.accesses(), event.offset, c.name, bytes_text(size), which) +
      allocated_by(c);
  words.silently =
      event.kind == EventKind::write
          ? say("An ordinary malloc would not notice: whatever lies behind would be overwritten, the padding, the next "
                "block's header, its bytes, and the harm would show much later.")
          : say("An ordinary malloc would not notice: the program would go on with bytes of the padding, of a "
                "header or of somebody else.");
  return words;
}

FaultWords use_after_free(const Case& c) {
  const Event& event = c.trace().event(c.fault.step);
  const bool write = event.kind == EventKind::write;
  FaultWords words;
  words.title = say("Use of {} after free", c.name);
  words.message = say("{} of {}, but line {} released it.", c.accesses(), c.name, c.lines.freed) + allocated_by(c);
  if (const AllocationId other = c.fault.tenant; other != 0) {
    const std::string_view tenant = c.trace().name_of_allocation(other);
    words.silently =
        write ? say("An ordinary malloc would not notice: the bytes belong to {} now, which would be overwritten.",
                    tenant)
              : say("An ordinary malloc would not notice: the bytes belong to {} now, which would be read instead.",
                    tenant);
  } else {
    words.silently =
        write ? say("An ordinary malloc would not notice: the write would go over the free list's own links.")
              : say("An ordinary malloc would not notice: the read would see the free list's links or stale bytes.");
  }
  return words;
}

std::string part_text(DamagedPart part) {
  switch (part) {
    case DamagedPart::header: return say("a block's header");
    case DamagedPart::guard: return say("the guard bytes behind a payload");
    case DamagedPart::fill: return say("the fill bytes of a free block");
    case DamagedPart::control: return say("the allocator's control block");
    case DamagedPart::link:
    case DamagedPart::none: break;
  }
  return say("memory");
}

FaultWords damage(const Case& c) {
  const std::uint32_t since_line = c.trace().line_of_step(c.fault.since_step);
  const std::string since =
      c.fault.since_step == 0 ? say("the start") : say("line {} (step {})", since_line, c.fault.since_step);
  const std::string at = c.at(c.fault.damage.at);
  std::string what = say("A byte of {} was overwritten at {}", part_text(c.fault.damage.part), at);
  if (c.fault.damage.part == DamagedPart::guard && c.fault.allocation != 0)
    what = say("A guard byte behind {} was overwritten at {}", c.name, at);
  if (c.fault.damage.part == DamagedPart::link)
    what = say("The free list's link at {}, or the block it leads to, was overwritten", at);
  return {say("Damage at {}", at),
          say("{} some time between {} and line {} (step {}).", what, since, c.lines.committed, c.fault.step) +
              allocated_by(c),
          say("An ordinary malloc has no such bytes to compare, and would follow what it finds there.")};
}

FaultWords leak(const Case& c) {
  const std::string at = c.at(c.fault.address);
  return {say("Leak of {}", c.name),
          c.fault.size == 1
              ? say("1 byte at {} is still taken at the end; line {} allocated it.", at, c.lines.allocated)
              : say("{} bytes at {} are still taken at the end; line {} allocated them.", c.fault.size, at,
                    c.lines.allocated),
          say("An ordinary malloc would not notice: the bytes stay taken until the program ends.")};
}

}  // namespace

Moment moment_of(const Lab& lab) {
  return lab.history().now() == lab.history().steps() ? Moment::end : Moment::step;
}

std::span<const Fault> faults_so_far(const Lab& lab, Moment moment) {
  const std::vector<Fault>& faults = lab.history().trace().faults;
  const auto end = std::partition_point(faults.begin(), faults.end(), [&](const Fault& fault) {
    return fault.step <= lab.history().now() && (fault.kind != FaultKind::leak || moment == Moment::end);
  });
  return std::span(faults).first(static_cast<std::size_t>(end - faults.begin()));
}

std::span<const Fault> faults_of_step(const Lab& lab, Moment moment) {
  const std::span<const Fault> faults = faults_so_far(lab, moment);
  const auto begin = std::partition_point(faults.begin(), faults.end(),
                                          [&](const Fault& fault) { return fault.step < lab.history().now(); });
  return faults.subspan(static_cast<std::size_t>(begin - faults.begin()));
}

FaultLines fault_lines(const Lab& lab, const Fault& fault) {
  const Trace& trace = lab.history().trace();
  FaultLines lines;
  if (fault.kind != FaultKind::leak) lines.committed = trace.line_of_step(fault.step);
  if (fault.allocation != 0) {
    const Allocation& allocation = trace.allocation(fault.allocation);
    lines.allocated = trace.line_of_step(allocation.allocated_step);
    if (allocation.freed_step != 0 && allocation.freed_step <= fault.step)
      lines.freed = trace.line_of_step(allocation.freed_step);
  }
  return lines;
}

std::string fault_kind_text(FaultKind kind) {
  switch (kind) {
    case FaultKind::none: break;
    case FaultKind::double_free: return say("double free");
    case FaultKind::foreign_pointer: return say("foreign pointer");
    case FaultKind::interior_pointer: return say("interior pointer");
    case FaultKind::wrong_size: return say("wrong size");
    case FaultKind::out_of_bounds: return say("out of bounds");
    case FaultKind::use_after_free: return say("use after free");
    case FaultKind::damage: return say("damage");
    case FaultKind::leak: return say("leak");
    case FaultKind::out_of_order: return say("out of order");
  }
  return say("none");
}

FaultWords fault_words(const Lab& lab, const Fault& fault) {
  Case c{lab, fault, fault_lines(lab, fault), {}};
  const std::string_view name = c.trace().name_of_allocation(fault.allocation);
  c.name = name.empty() ? c.at(fault.address) : std::string(name);
  switch (fault.kind) {
    case FaultKind::none: break;
    case FaultKind::double_free: return double_free(c);
    case FaultKind::foreign_pointer: return foreign_pointer(c);
    case FaultKind::interior_pointer: return interior_pointer(c);
    case FaultKind::wrong_size: return wrong_size(c);
    case FaultKind::out_of_bounds: return out_of_bounds(c);
    case FaultKind::use_after_free: return use_after_free(c);
    case FaultKind::damage: return damage(c);
    case FaultKind::leak: return leak(c);
    case FaultKind::out_of_order: return out_of_order(c);
  }
  return {};
}

}  // namespace heapyard
