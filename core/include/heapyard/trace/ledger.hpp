#pragma once

#include "heapyard/trace/last_writes.hpp"
#include "heapyard/trace/recorder.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace heapyard {

/// A pointer and its provenance: the allocation that it came from, 0 when it is a bare address. What two pointers with
/// one address may do differs: that is how a stale one is told from a live one.
struct Pointer {
  Offset address = 0;
  AllocationId allocation = 0;
};

/// Who allocated and released what, at which steps: the knowledge from which misuse is judged. It knows nothing of how
/// an allocator lays out its arena.
class Ledger {
 public:
  explicit Ledger(Recorder& recorder) : recorder_(recorder), last_writes_(recorder.trace()) {}

  /// The misuse that releasing this pointer would be. A bare address is looked up among the live allocations and then
  /// among the released ones; its provenance is filled in. `size` is what a sized release claims.
  FaultKind judge_release(Pointer& pointer, std::optional<std::uint64_t> size);

  /// The misuse that accessing `size` bytes from `offset` would be.
  FaultKind judge_access(const Pointer& pointer, std::uint64_t offset, std::uint64_t size) const;

  /// The misuse that accessing `size` bytes at a bare address would be. The pointer becomes that of the allocation that
  /// it is about: the one that holds the address, held it before, or ends nearest before it; null when there is none.
  FaultKind judge_address(Pointer& pointer, std::uint64_t size);

  /// Opens an account. The step is the one under way.
  AllocationId opened(Offset payload, std::uint64_t size, std::uint32_t name);
  void resized(AllocationId id, std::uint64_t size);
  void closed(AllocationId id);
  /// The allocations that live behind an address, in address order.
  std::vector<AllocationId> living_above(Offset address);

  /// Notes a fault of the step under way.
  void fault(FaultKind kind, const Pointer& pointer, std::uint64_t size = 0);
  /// Notes damage found at `step`: the one under way, or the last when all is over. What was noted before, and is still
  /// there because nobody has rewritten it since, is not noted again.
  void damage(const Damage& damage, AllocationId owner, std::uint32_t step);
  void leak(AllocationId id);
  /// Whether a header, a link or a control word is known to be overwritten. Who walks over the blocks then cannot tell
  /// other damage from its consequences.
  bool is_torn() const { return is_torn_; }

  Trace& trace() const { return recorder_.trace(); }
  std::uint32_t step() const { return recorder_.next_step(); }

 private:
  bool covers(const Allocation& allocation, Offset address) const {
    return address >= allocation.payload && address - allocation.payload < allocation.size;
  }

  /// The live allocation that begins nearest at or before `address`, 0 when none does. O(log live); the first call
  /// O(allocations).
  AllocationId living_before(Offset address);

  /// The live allocation whose bytes hold `address`, 0 when none does. As cheap.
  AllocationId living_at(Offset address);

  /// The last allocation that held `address` and was released, 0 when none did. O(allocations).
  AllocationId released_at(Offset address) const;

  std::uint32_t since_step(const Damage& damage, AllocationId owner);
  bool is_news(const Damage& damage, AllocationId owner, std::uint32_t step);

  Recorder& recorder_;
  std::optional<std::map<Offset, AllocationId>> live_;  ///< by payload; kept from the first question on
  LastWrites last_writes_;
  bool is_torn_ = false;
  std::map<Offset, std::uint32_t> damage_seen_;  ///< where, and the step in which it was seen last
};

}  // namespace heapyard
