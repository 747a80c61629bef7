#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace heapyard {

/// What a tracking allocator has counted.
struct TrackingCounts {
  std::uint64_t allocations = 0;
  std::uint64_t deallocations = 0;
  std::uint64_t reallocations = 0;
  std::uint64_t refusals = 0;  ///< calls that were not carried out, whatever the reason
  std::uint64_t live_blocks = 0;
  std::uint64_t live_bytes = 0;  ///< asked for, not given back
  std::uint64_t high_water_mark = 0;
  std::uint64_t requested_bytes = 0;  ///< of all allocations and reallocations that were granted

  friend constexpr bool operator==(const TrackingCounts&, const TrackingCounts&) = default;
};

/// The watch of the allocator inside: its used block is told with the payload that the program has, `lead` bytes behind
/// the one inside.
template <class Watch>
class InnerWatch {
 public:
  InnerWatch() = default;
  explicit InnerWatch(Watch watch) : watch_(watch) {}

  void wrote(Offset offset, std::uint32_t size) const { watch_.wrote(offset, size); }
  void block(Block block) const {
    if (block.state == BlockState::used) {
      block.payload_offset += lead_;
      block.payload_size -= lead_;
    }
    watch_.block(block);
  }
  void note(const Note& note) const { watch_.note(note); }
  void damage(const Damage& damage) const { watch_.damage(damage); }
  /// How far behind the payload inside the next used block's payload lies.
  void expect(std::uint16_t lead) const { lead_ = lead; }

 private:
  Watch watch_;
  mutable std::uint16_t lead_ = 0;
};

/// The parts of an allocator's type, and the same allocator inside of another.
template <class A>
struct AllocatorType;
template <template <class, class> class A, class C, class W>
struct AllocatorType<A<C, W>> {
  using Checks = C;
  using Watch = W;
  using Inner = A<C, InnerWatch<W>>;
};
template <template <class, class, class> class A, class Lists, class C, class W>
struct AllocatorType<A<Lists, C, W>> {
  using Checks = C;
  using Watch = W;
  using Inner = A<Lists, C, InnerWatch<W>>;
};

template <class A>
struct ReleaseOrder {};
template <class A>
requires(A::releases_newest_only) struct ReleaseOrder<A> {
  static constexpr bool releases_newest_only = true;
};

/// Any allocator, and beside it the counts of what was asked of it: `Tracking<FreeList<>>` is an allocator as
/// `FreeList<>` is one, with its counts in the arena. (`Traced` is another thing: it tells a recorder each call.)
///
///     arena   | the arena of the allocator inside ………………………… | record |
///     record  | magic 4 | arena size 4 | eight counts 8 each | their sum 8 |
///     payload | header 8 | guard bytes | header 8 | the program's payload … |     as the allocator inside has it
///     header  | requested 4 | lead 2 | sum 2 |
///
/// 1. Allocate: ask for the header too. It lies before the program's payload, so that its size is known whatever the
///    allocator inside keeps; a payload of a large alignment has a copy of it where the one inside begins, `lead` bytes
///    before.
/// 2. Deallocate, reallocate: the header says how much it was.
/// 3. The record lies at the arena's end: the offsets, and what they are aligned to, are those of the allocator inside.
/// 4. A count and the sum change together, by as much: one that was overwritten never agrees with it again.
///
/// `live()` is what was not given back. Complexity: as the allocator inside; a refused release is judged in O(blocks).
template <class A>
class Tracking : public ReleaseOrder<A> {
  using Type = AllocatorType<A>;
  using Checks = typename Type::Checks;
  using Watch = typename Type::Watch;
  using Inner = typename Type::Inner;

 public:
  static constexpr std::uint32_t header_size = 8, record_size = 80;

  /// What a request of `size` bytes takes, padding for an alignment above 8 apart. Requires a size below 2^63.
  template <class... Parameters>
  static constexpr std::uint64_t block_bytes(std::uint64_t size, Parameters... parameters) {
    return A::block_bytes(size + header_size, parameters...);
  }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit Tracking(Arena<Watch> arena)
      : arena_(arena.or_blank(arena.size() > record_size)),
        record_(arena_.size() == 0 ? 0 : arena_.size() - record_size),
        inner_(Arena<InnerWatch<Watch>>(arena_.at(0), record_, InnerWatch<Watch>(arena.watch()))) {}

  /// Formats the allocator inside with the same parameters, and begins to count. A pool's blocks hold the header too.
  /// Errors: those of the allocator inside.
  template <class... Parameters>
  AllocError format(Parameters... parameters) {
    if (record_ == 0) return AllocError::arena_too_small;
    if (const AllocError error = inner_.format(parameters...); error != AllocError::none) return error;
    arena_.fill(record_, record_size, Fill::zero);
    arena_.store(record_, magic_word);
    arena_.store(record_ + 4, arena_.size());
    arena_.watch().block({record_, record_size, 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: those of the allocator inside.
  Result<Offset> allocate(Layout layout) {
    const Result<Offset> payload = grant(layout);
    if (!payload) return refuse(payload.error());
    count(Count::allocations, 1);
    count(Count::live_blocks, 1);
    count_bytes(layout, 0);
    return payload;
  }

  FaultKind deallocate(Offset payload) {
    const FaultKind misuse = Checks::validates ? judge(payload) : FaultKind::none;
    const Header header = misuse == FaultKind::none ? header_at(payload - header_size) : Header{};
    if (misuse == FaultKind::none) inspect_guard(payload, header);
    const FaultKind fault = misuse == FaultKind::none ? inner_.deallocate(payload - header.lead) : misuse;
    if (fault != FaultKind::none) {
      count(Count::refusals, 1);
      return fault;
    }
    count(Count::deallocations, 1);
    count(Count::live_blocks, -1);
    count(Count::live_bytes, -std::int64_t{header.requested});
    return FaultKind::none;
  }

  /// Errors: those of the allocator inside, `refused` when the payload is no live allocation. A block whose alignment
  /// is to become a larger one moves; where only the newest can be released that is `out_of_order`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (layout.size() == 0) return refuse(AllocError::zero_size);
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none && fault != FaultKind::out_of_order)
        return refuse(AllocError::refused);
    }
    const Header header = header_at(payload - header_size);
    const Result<Offset> result = resize(payload, header, layout);
    if (!result) return refuse(result.error());
    count(Count::reallocations, 1);
    count_bytes(layout, header.requested);
    return result;
  }

  /// Gives everything back, where the allocator inside can.
  void reset() requires requires(Inner& inner) { inner.reset(); }
  {
    if constexpr (Checks::fills) {
      for (const Block& block : live()) {
        const Header header = header_before(block.payload_offset);
        if (header.lead != 0) inspect_guard(block.payload_offset, header);
      }
    }
    inner_.reset();
    count(Count::deallocations, static_cast<std::int64_t>(load(Count::live_blocks)));
    count(Count::live_blocks, -static_cast<std::int64_t>(load(Count::live_blocks)));
    count(Count::live_bytes, -static_cast<std::int64_t>(load(Count::live_bytes)));
  }

  /// Those of an allocator with markers, which are no allocations. Of a block above the marker whose header was
  /// overwritten nobody knows what to count: where it checks, that is `damage`, and nothing is given back. O(blocks).
  Result<Offset> mark() requires requires(Inner& inner) { inner.mark(); }
  {
    const Result<Offset> marker = inner_.mark();
    return marker ? marker : refuse(marker.error());
  }
  FaultKind release_to(Offset marker) requires requires(Inner& inner) { inner.release_to(marker); }
  {
    std::int64_t blocks = 0, bytes = 0;
    Damage damage;
    inner_.for_each_block([&](const Block& block) {
      if (block.state != BlockState::used || block.offset < marker) return;
      const Header header = header_of(block);
      if (header.lead == 0) damage = {DamagedPart::header, block.offset, block.payload_offset};
      if (!damage) damage = lead_damage(block.payload_offset + header.lead, header);
      ++blocks;
      bytes += header.requested;
    });
    const bool refused = Checks::validates && damage;
    if (refused) arena_.watch().damage(damage);
    const FaultKind fault = refused ? FaultKind::damage : inner_.release_to(marker);
    if (fault != FaultKind::none) {
      count(Count::refusals, 1);
      return fault;
    }
    count(Count::deallocations, blocks);
    count(Count::live_blocks, -blocks);
    count(Count::live_bytes, -bytes);
    return FaultKind::none;
  }

  FaultKind judge(Offset payload) const {
    if (const Header header = header_before(payload); header.lead != 0) {
      // The bytes before any offset may look like a header: one that has its copy is one, as long as all is well.
      const FaultKind fault = inner_.judge(payload - header.lead);
      if ((fault == FaultKind::none || fault == FaultKind::out_of_order) && !lead_damage(payload, header)) return fault;
    }
    const FaultKind fault = inner_.judge(payload);
    if (fault == FaultKind::foreign_pointer || fault == FaultKind::double_free) return fault;
    // Inside of a used block: in the middle of the program's payload, or at it, and its header is gone.
    FaultKind found = fault == FaultKind::interior_pointer ? fault : FaultKind::damage;  // a marker's is no used one
    inner_.for_each_block([&](const Block& block) {
      if (block.state != BlockState::used || payload < block.offset || payload >= block.end()) return;
      const Header header = header_of(block);
      const bool inside = header.lead != 0 && block.payload_offset + header.lead != payload;
      found = inside ? FaultKind::interior_pointer : FaultKind::damage;
    });
    return found;
  }

  /// Exactly what was asked for. Requires a live payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) {
    const Header header = header_at(payload - header_size);
    return {header.requested, header.requested};
  }

  /// Damage to a live block's header, to the bytes before it, or to what the allocator inside keeps of it.
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    const Header header = header_before(payload);
    if (header.lead == 0 || header.requested != requested) {
      const Offset at = payload < header_size || payload > record_ ? record_ : payload - header_size;
      return {DamagedPart::header, at, at};
    }
    if (const Damage damage = lead_damage(payload, header)) return damage;
    return inner_.damage_at(payload - header.lead, header.lead + requested);
  }

  Damage check() const { return first_damage(*this); }

  template <class F>
  void for_each_damage(F f) const {
    if (arena_.load(record_) != magic_word || arena_.load(record_ + 4) != arena_.size())
      f(Damage{DamagedPart::control, record_, record_});
    else if (sum_of_counts() != load(sum_at))
      f(Damage{DamagedPart::control, record_, record_ + sum_at});
    bool whole = true;
    inner_.for_each_damage([&](const Damage& damage) {
      whole = false;
      f(damage);
    });
    if constexpr (!Checks::validates) return;  // it could not tell live blocks from others
    std::uint64_t blocks = 0, bytes = 0;
    inner_.for_each_block([&](const Block& block) {
      if (block.state != BlockState::used) return;
      const Header header = header_of(block);
      const Offset payload = block.payload_offset + header.lead;
      Damage damage;
      if (header.lead == 0)
        damage = {DamagedPart::header, block.offset, block.payload_offset};
      else
        damage = lead_damage(payload, header);
      if (damage) f(damage);
      whole = whole && !damage;
      ++blocks;
      bytes += header.requested;
    });
    if (whole && (blocks != load(Count::live_blocks) || bytes != load(Count::live_bytes)))
      f(Damage{DamagedPart::control, record_, record_ + Count::live_blocks});
  }

  /// Headers count as such: a used block's payload is the program's.
  template <class F>
  void for_each_block(F f) const {
    if (record_ == 0) return;
    inner_.for_each_block([&](const Block& block) { f(told(block)); });
    f(Block{record_, record_size, 0, 0, BlockState::control});
  }

  /// The blocks that were not given back, in address order; none where the allocator inside cannot tell. O(blocks).
  std::vector<Block> live() const {
    std::vector<Block> blocks;
    for_each_block([&blocks](const Block& block) {
      if (block.state == BlockState::used) blocks.push_back(block);
    });
    return blocks;
  }

  TrackingCounts counts() const {
    return {load(Count::allocations), load(Count::deallocations),  load(Count::reallocations),
            load(Count::refusals),    load(Count::live_blocks),    load(Count::live_bytes),
            load(Count::high_water),  load(Count::requested_bytes)};
  }

  /// The counts, then the structure of the allocator inside. A count beyond 32 bits is told as the greatest of them.
  Structure structure() const {
    Structure structure;
    for (const auto& [name, at] : names) {
      const std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
      structure.tell(PartKind::count, name, {static_cast<std::uint32_t>(std::min(load(at), most))});
    }
    for (StructurePart& part : inner_.structure().parts) structure.parts.push_back(std::move(part));
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

 private:
  static constexpr std::uint32_t magic_word = 0x4b545948;  // "HYTK"
  struct Count {
    static constexpr Offset allocations = 8, deallocations = 16, reallocations = 24, refusals = 32, live_blocks = 40,
                            live_bytes = 48, high_water = 56, requested_bytes = 64;
  };
  static constexpr Offset sum_at = 72;
  static constexpr std::pair<const char*, Offset> names[] = {
      {"allocations", Count::allocations},     {"deallocations", Count::deallocations},
      {"reallocations", Count::reallocations}, {"refusals", Count::refusals},
      {"live blocks", Count::live_blocks},     {"live bytes", Count::live_bytes},
      {"high-water mark", Count::high_water},  {"requested bytes", Count::requested_bytes}};

  struct Header {
    std::uint32_t requested = 0;
    std::uint16_t lead = 0;  ///< 0 when there is none to be believed
  };

  std::uint64_t load(Offset count) const { return arena_.template load<std::uint64_t>(record_ + count); }
  void add(Offset count, std::uint64_t change) {
    arena_.template store<std::uint64_t>(record_ + count, load(count) + change);
  }
  void count(Offset count, std::int64_t change) {
    if (record_ == 0) return;
    add(count, static_cast<std::uint64_t>(change));
    add(sum_at, static_cast<std::uint64_t>(change));
  }
  std::uint64_t sum_of_counts() const {
    std::uint64_t sum = 0;
    for (Offset count = Count::allocations; count < sum_at; count += 8) sum += load(count);
    return sum;
  }
  /// Requires a layout that was granted, where before were `before` bytes.
  void count_bytes(Layout layout, std::uint32_t before) {
    const auto size = static_cast<std::int64_t>(layout.size());
    count(Count::requested_bytes, size);
    count(Count::live_bytes, size - before);
    if (load(Count::live_bytes) > load(Count::high_water))
      count(Count::high_water, static_cast<std::int64_t>(load(Count::live_bytes) - load(Count::high_water)));
  }
  AllocError refuse(AllocError error) {
    count(Count::refusals, 1);
    return error;
  }

  static constexpr std::uint16_t sum_of(Offset payload, Header header) {
    const std::uint32_t mixed = payload ^ header.requested;
    return static_cast<std::uint16_t>(mixed ^ mixed >> 16 ^ header.lead);
  }
  Header header_at(Offset at) const { return {arena_.load(at), arena_.template load<std::uint16_t>(at + 4)}; }
  void write_header_at(Offset at, Offset payload, Header header) {
    arena_.store(at, header.requested);
    arena_.template store<std::uint16_t>(at + 4, header.lead);
    arena_.template store<std::uint16_t>(at + 6, sum_of(payload, header));
  }
  bool is_believed(Offset at, Offset payload, Header header) const {
    return std::has_single_bit(header.lead) && header.lead >= header_size && header.lead <= arena_alignment &&
           payload >= header.lead && payload <= record_ && header.requested <= record_ - payload &&
           arena_.template load<std::uint16_t>(at + 6) == sum_of(payload, header);
  }
  /// The header before the program's payload.
  Header header_before(Offset payload) const {
    if (payload < header_size || payload > record_) return {};
    const Header header = header_at(payload - header_size);
    return is_believed(payload - header_size, payload, header) ? header : Header{};
  }
  /// The header where the payload of a used block begins, as the allocator inside tells it.
  Header header_of(const Block& block) const {
    const Offset at = block.payload_offset;
    if (block.payload_size <= header_size || at > record_ || record_ - at < header_size) return {};
    const Header header = header_at(at);
    if (!is_believed(at, at + header.lead, header) || at + header.lead + header.requested > block.end()) return {};
    return header;
  }
  /// Damage to what lies before a payload, whose own header is `header`.
  Damage lead_damage(Offset payload, Header header) const {
    const Offset first = payload - header.lead, second = payload - header_size;
    for (Offset i = 0; i < header_size; ++i) {
      if (*arena_.at(first + i) != *arena_.at(second + i)) return {DamagedPart::header, first, first + i};
    }
    if constexpr (Checks::fills) {
      const Offset begin = std::min(first + header_size, second);
      if (const Offset found = arena_.first_unlike(begin, second - begin, Fill::guard); found != second)
        return {DamagedPart::guard, first, found};
    }
    return {};
  }
  /// Tells damage to the guard bytes behind a live payload while it can still be seen. An allocator that itself knows
  /// what was asked for tells it; others learn that from the header.
  void inspect_guard(Offset payload, Header header) const {
    if constexpr (Checks::fills) {
      const Offset first = payload - header.lead;
      const SizeRange sizes = inner_.sizes_at(first);
      if (sizes.least == sizes.most) return;
      if (const Damage damage = inner_.damage_at(first, header.lead + header.requested)) arena_.watch().damage(damage);
    }
  }
  Block told(Block block) const {
    if (block.state != BlockState::used) return block;
    if (const Header header = header_of(block); header.lead != 0) {
      block.payload_offset += header.lead;
      block.payload_size = header.requested;
    }
    return block;
  }

  Result<Offset> grant(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() > arena_alignment) return AllocError::alignment_too_large;
    const auto lead = static_cast<std::uint16_t>(std::max<std::uint64_t>(layout.alignment(), header_size));
    const Result<Layout> whole = Layout::make(layout.size() + lead, layout.alignment());
    inner_.arena().watch().expect(lead);
    const Result<Offset> first = whole ? inner_.allocate(*whole) : Result<Offset>(whole.error());
    return first ? hand_out(*first, {static_cast<std::uint32_t>(layout.size()), lead}) : first;
  }
  /// Puts the headers before a payload.
  Offset hand_out(Offset first, Header header) {
    const Offset payload = first + header.lead, second = payload - header_size;
    write_header_at(second, payload, header);
    if (first != second) {
      write_header_at(first, payload, header);
      if constexpr (Checks::fills) arena_.fill(first + header_size, second - first - header_size, Fill::guard);
    }
    return payload;
  }
  Result<Offset> resize(Offset payload, Header header, Layout layout) {
    if (layout.alignment() <= header.lead) {
      const Result<Layout> whole = Layout::make(layout.size() + header.lead, layout.alignment());
      inner_.arena().watch().expect(header.lead);
      inspect_guard(payload, header);
      const Result<Offset> first =
          whole ? inner_.reallocate(payload - header.lead, *whole) : Result<Offset>(whole.error());
      return first ? hand_out(*first, {static_cast<std::uint32_t>(layout.size()), header.lead}) : first;
    }
    if constexpr (requires { A::releases_newest_only; }) return AllocError::out_of_order;
    const Result<Offset> moved = grant(layout);
    if (!moved) return moved;
    const std::uint32_t kept = std::min(header.requested, static_cast<std::uint32_t>(layout.size()));
    arena_.copy(*moved, payload, kept);
    arena_.watch().note({NoteKind::moved, *moved, kept});
    inspect_guard(payload, header);
    inner_.deallocate(payload - header.lead);
    return moved;
  }

  Arena<Watch> arena_;
  Offset record_;  ///< 0 when the arena has no room for it
  Inner inner_;
};

}  // namespace heapyard
