#pragma once

#include "heapyard/base/block.hpp"
#include "heapyard/trace/event.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// A block and the allocation that holds it (0 for none).
struct OwnedBlock : Block {
  AllocationId allocation = 0;

  friend constexpr bool operator==(const OwnedBlock&, const OwnedBlock&) = default;
};

/// Bytes that a step changed, as the exclusive or of before and after: applied once it is the step forward, applied
/// again the step back. Its differences follow those of the patch before it in the trace's patch bytes: `size()` of
/// them, or the one that a run repeats. Small, since a million steps have ten million of them.
class Patch {
 public:
  /// Requires a size below 2^31.
  constexpr Patch(Offset offset, std::uint32_t size, bool run)
      : offset_(offset), size_and_run_(size * 2 + (run ? 1 : 0)) {}

  constexpr Offset offset() const { return offset_; }
  constexpr std::uint32_t size() const { return size_and_run_ / 2; }
  constexpr bool is_run() const { return size_and_run_ % 2 != 0; }
  /// How many differences are kept for it.
  constexpr std::uint32_t kept() const { return is_run() ? 1 : size(); }

 private:
  Offset offset_;
  std::uint32_t size_and_run_;
};
static_assert(sizeof(Patch) == 8);

/// What one run of a program did: its events, what each changed, its allocations and its faults. Step n is the n-th
/// event; step 0 is the formatted arena.
struct Trace {
  std::vector<std::string> names;  ///< of the variables
  std::vector<Event> events;
  std::vector<Allocation> allocations;  ///< AllocationId n stands at n - 1
  std::vector<Fault> faults;            ///< in step order, leaks last

  std::uint32_t arena_size = 0;
  std::vector<std::byte> initial_bytes;    ///< empty when bytes are not kept
  std::vector<OwnedBlock> initial_blocks;  ///< in address order

  bool keeps_bytes = true;  ///< false once the byte budget was passed: geometry only
  std::vector<Patch> patches;
  std::vector<std::byte> patch_bytes;
  std::vector<OwnedBlock> blocks;  ///< what each step made of the bytes it retiled, in the order of reports

  /// Ends of each step's part of `patches`, `patch_bytes` and `blocks`.
  struct Ends {
    std::uint32_t patches = 0, patch_bytes = 0, blocks = 0;
  };
  std::vector<Ends> ends;

  std::uint32_t steps() const { return static_cast<std::uint32_t>(events.size()); }
  const Event& event(std::uint32_t step) const { return events[step - 1]; }
  const Allocation& allocation(AllocationId id) const { return allocations[id - 1]; }
  Allocation& allocation(AllocationId id) { return allocations[id - 1]; }
  std::string_view name_of_allocation(AllocationId id) const {
    return id == 0 ? std::string_view{} : std::string_view{names[allocation(id).name]};
  }
  std::uint32_t line_of_step(std::uint32_t step) const { return step == 0 ? 0 : event(step).line; }

  /// Requires 1 <= step <= steps().
  std::span<const Patch> patches_of(std::uint32_t step) const {
    const std::uint32_t begin = step == 1 ? 0 : ends[step - 2].patches;
    if (!keeps_bytes) return {};
    return {patches.data() + begin, ends[step - 1].patches - begin};
  }
  /// The differences of all patches of a step, one behind the other.
  const std::byte* patch_bytes_of(std::uint32_t step) const {
    return patch_bytes.data() + (step == 1 ? 0 : ends[step - 2].patch_bytes);
  }
  std::span<const OwnedBlock> blocks_of(std::uint32_t step) const {
    const std::uint32_t begin = step == 1 ? 0 : ends[step - 2].blocks;
    return {blocks.data() + begin, ends[step - 1].blocks - begin};
  }
};

}  // namespace heapyard
