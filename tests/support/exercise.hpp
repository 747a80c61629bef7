#pragma once

#include "heapyard/alloc/free_list.hpp"

#include "support/operations.hpp"
#include "support/oracle.hpp"
#include "support/watched_heap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace heapyard::test {

/// An allocator under test beside the oracle. Every answer is empty, or says what is broken.
class Exercise {
 public:
  Exercise() = default;
  Exercise(const Exercise&) = delete;
  Exercise& operator=(const Exercise&) = delete;
  virtual ~Exercise() = default;

  /// Why there is nothing to exercise: the arena is too small.
  virtual AllocError error() const = 0;
  /// The next call of a random program that asks for this.
  virtual Operation next(Random& random, const Requests& requests) const = 0;
  /// Any one of the live payloads, by number; 0 when there is none.
  virtual Offset live(std::size_t number) const = 0;
  /// The same of the markers that were not given back.
  virtual Offset marker(std::size_t number) const = 0;
  /// Carries out a call; then the allocator's `check()`, every live byte, and that the blocks tile the arena.
  virtual std::string carry_out(const Operation& operation) = 0;
  /// Gives back all that is live, and looks at what is left.
  virtual std::string finish() = 0;

  /// Overwrites a byte, as a wild program does. The first one that belongs to no payload has to be found. From then on
  /// calls are carried out on a heap that cannot be trusted: they must stay inside the arena, end, and answer.
  virtual std::string overwrite(Offset at, std::byte value) = 0;
};

/// Carries out a call on a heap of which bytes were overwritten: no call may hang or leave the arena, and what it gives
/// out lies inside. The payloads that were ever given out are in `given`.
template <class Heap>
std::string carry_out_on_damage(Heap& heap, const Operation& operation, std::vector<Offset>& given) {
  auto& allocator = heap.allocator;
  const std::uint32_t arena_size = heap.memory.size();
  using A = std::remove_reference_t<decltype(allocator)>;
  heap.reports.clear();
  Result<Offset> got = AllocError::zero_size;
  FaultKind fault = FaultKind::none;
  switch (operation.kind) {
    case Operation::Kind::allocate: got = allocator.allocate(operation.layout); break;
    case Operation::Kind::reallocate: got = allocator.reallocate(operation.payload, operation.layout); break;
    case Operation::Kind::deallocate: fault = allocator.deallocate(operation.payload); break;
    case Operation::Kind::misuse: fault = allocator.judge(operation.payload); break;
    case Operation::Kind::mark:
      if constexpr (abilities_of<A>().marks) static_cast<void>(allocator.mark());
      break;
    case Operation::Kind::release_to:
      if constexpr (abilities_of<A>().marks) fault = allocator.release_to(operation.payload);
      break;
    case Operation::Kind::reset:
      if constexpr (abilities_of<A>().resets) allocator.reset();
  }
  if (got) {
    if (*got == 0 || *got >= arena_size || operation.layout.size() > arena_size - *got)
      return "the payload at " + std::to_string(*got) + " leaves the arena";
    given.push_back(*got);
  }
  if (fault != FaultKind::none && name_of(fault) == "none") return "a fault without a name";
  static_cast<void>(allocator.judge(operation.payload));
  static_cast<void>(allocator.damage_at(operation.payload, static_cast<std::uint32_t>(operation.layout.size() % 128)));
  std::size_t damages = 0;
  allocator.for_each_damage([&damages](const Damage&) { ++damages; });
  // No list is walked for ever: a heap has no more blocks than this.
  const std::size_t most = arena_size / 4 + 16;
  if (heap.reports.notes.size() > most || heap.reports.damages.size() > most || damages > most)
    return "the call went on for more steps than there can be blocks";
  if (heap.blocks().size() > most || heap.free_list().size() > most) return "more blocks than there can be";
  return heap.reports.wrote_outside ? "a write left the arena" : "";
}

/// Reads a damaged arena as somebody who attaches to it, and sees its words for the first time.
template <template <class, class> class A>
void attach_to_damage(const ArenaMemory& memory, Offset payload) {
  const A<Checked, Unwatched> attached{Arena<>(memory)};
  static_cast<void>(attached.check());
  static_cast<void>(attached.damage_at(payload, 8));
  static_cast<void>(attached.judge(payload));
}

/// An exercise of `A<Checked>`, whose answers and places have to be those of `A<Judged>` and `A<Unchecked>` beside it.
template <template <class, class> class A, class... Parameters>
class ExerciseOf : public Exercise {
  static constexpr Abilities abilities = abilities_of<A<Checked, Reporting>>();

 public:
  /// `joins`: when all is given back, the blocks are those that there were at the beginning.
  ExerciseOf(std::uint32_t arena_size, bool joins, Parameters... parameters)
      : joins_(joins),
        heap_(arena_size, parameters...),
        judged_(arena_size, parameters...),
        unchecked_(arena_size, parameters...) {
    if (heap_.error != AllocError::none) return;
    empty_ = heap_.blocks();
    clear_reports();
  }

  AllocError error() const override { return heap_.error; }

  Operation next(Random& random, const Requests& requests) const override {
    Operation operation = next_operation(random, oracle_, requests, abilities, heap_.memory.size());
    if (operation.kind == Operation::Kind::release_to && !markers_.empty() && random.chance(90))
      operation.payload = markers_[random.below(markers_.size())];
    if (operation.kind == Operation::Kind::misuse && !released_.empty() && random.chance(70))
      operation.payload = released_[random.below(released_.size())];
    return operation;
  }

  Offset live(std::size_t number) const override {
    if (damaged_) return given_.empty() ? 0 : given_[number % given_.size()];
    const std::vector<Offset> all = oracle_.all();
    return all.empty() ? 0 : all[number % all.size()];
  }

  Offset marker(std::size_t number) const override { return markers_.empty() ? 0 : markers_[number % markers_.size()]; }

  std::string carry_out(const Operation& operation) override {
    if (damaged_) {
      attach_to_damage<A>(heap_.memory, operation.payload);
      return carry_out_on_damage(heap_, operation, given_);
    }
    std::string wrong = call(operation);
    if (wrong.empty()) wrong = wrong_now();
    if (wrong.empty() && ++operations_ % 64 == 0) wrong = wrong_lists();
    clear_reports();
    return wrong;
  }

  std::string finish() override {
    if (damaged_) return "";
    std::string wrong = abilities.resets ? reset() : "";
    for (std::size_t left = oracle_.count() + markers_.size(); left > 0 && wrong.empty(); --left) {
      if (!markers_.empty() && markers_.back() > oracle_.highest().value_or(0)) {
        wrong = release_to(markers_.back());
      } else if (abilities.stacks) {
        wrong = deallocate(*oracle_.highest());
      } else {
        wrong = deallocate(oracle_.all()[left / 2]);  // from the middle: neighbours are joined on both sides
      }
    }
    if (wrong.empty() && (oracle_.count() != 0 || !markers_.empty())) wrong = "a stack keeps its newest block";
    if (wrong.empty()) wrong = wrong_now();
    if (wrong.empty()) wrong = wrong_lists();
    if (wrong.empty() && joins_ && heap_.blocks() != empty_)
      wrong = "all is given back, and the blocks are not those that there were at the beginning";
    clear_reports();
    return wrong;
  }

  std::string overwrite(Offset at, std::byte value) override {
    const std::byte before = heap_.memory.data()[at];
    heap_.memory.data()[at] = value;
    if (value == before || (!damaged_ && oracle_.covers(at))) {
      heap_.memory.data()[at] = before;  // a payload's bytes are its owner's
      return "";
    }
    if (std::exchange(damaged_, true) || is_a_choice(at)) return "";
    given_ = oracle_.all();
    if (heap_.allocator.check()) return "";
    for (const Offset payload : given_) {
      if (heap_.allocator.damage_at(payload, oracle_.size_of(payload))) return "";
    }
    return "nobody finds that the byte at " + std::to_string(at) + " was overwritten: it was " +
           std::to_string(std::to_integer<int>(before)) + " and is " + std::to_string(std::to_integer<int>(value));
  }

 private:
  std::string call(const Operation& operation) {
    switch (operation.kind) {
      case Operation::Kind::allocate: return allocate(operation.layout);
      case Operation::Kind::deallocate: return deallocate(operation.payload);
      case Operation::Kind::reallocate: return reallocate(operation.payload, operation.layout);
      case Operation::Kind::misuse: return misuse(operation.payload, operation.layout);
      case Operation::Kind::mark: return mark();
      case Operation::Kind::release_to: return release_to(operation.payload);
      case Operation::Kind::reset: return reset();
    }
    return "";
  }

  /// Answers that must be one; an error must be one that can be the caller's.
  static std::string wrong_answer(Result<Offset> got, Result<Offset> judged, Result<Offset> unchecked, Layout layout) {
    const auto words = [](Result<Offset> answer) {
      return std::to_string(*answer) + " " + std::string(name_of(answer.error()));
    };
    for (const Result<Offset> same : {judged, unchecked}) {
      if (got.error() != same.error() || *got != *same)
        return "the checking allocator answers " + words(got) + ", the judging one " + words(judged) +
               ", the unchecked one " + words(unchecked);
    }
    const AllocError error = got.error();
    const bool granted = error == AllocError::none;
    if ((layout.size() == 0) != (error == AllocError::zero_size) || (granted && layout.alignment() > arena_alignment) ||
        error == AllocError::damaged || error == AllocError::refused ||
        (error == AllocError::out_of_order && !abilities.stacks))
      return "the answer is " + std::string(name_of(error));
    return "";
  }

  std::string allocate(Layout layout) {
    const Result<Offset> payload = heap_.allocator.allocate(layout);
    const Result<Offset> judged = judged_.allocator.allocate(layout), same = unchecked_.allocator.allocate(layout);
    if (std::string wrong = wrong_answer(payload, judged, same, layout); !wrong.empty()) return wrong;
    return payload ? oracle_.allocated(*payload, layout) : "";
  }

  std::string reallocate(Offset before, Layout layout) {
    const Result<Offset> payload = heap_.allocator.reallocate(before, layout);
    const Result<Offset> judged = judged_.allocator.reallocate(before, layout);
    const Result<Offset> same = unchecked_.allocator.reallocate(before, layout);
    if (std::string wrong = wrong_answer(payload, judged, same, layout); !wrong.empty()) return wrong;
    const bool shrinks = layout.size() != 0 && layout.size() <= oracle_.size_of(before) && layout.alignment() == 1;
    if (shrinks && payload.error() == AllocError::out_of_memory) return "there is no room to shrink";
    if (payload && *payload != before) remember(before);
    return payload ? oracle_.reallocated(before, *payload, layout) : "";
  }

  std::string deallocate(Offset payload) {
    const bool out_of_order = abilities.stacks && heap_.allocator.judge(payload) == FaultKind::out_of_order;
    const FaultKind expected = out_of_order ? FaultKind::out_of_order : FaultKind::none;
    if (const FaultKind judged = heap_.allocator.judge(payload); judged != expected)
      return "a live payload is judged " + std::string(name_of(judged));
    if (heap_.allocator.damage_at(payload, oracle_.size_of(payload))) return "damage_at finds damage to a live payload";
    const std::uint32_t size = oracle_.size_of(payload);
    if (!out_of_order && takes_wrong_sizes(payload)) return "a live payload is given back with a wrong size";
    if (std::string wrong = out_of_order ? "" : oracle_.released(payload); !wrong.empty()) return wrong;
    const FaultKind fault = deallocate_sized(heap_.allocator, payload, size);
    if (fault != expected) return "a live payload is refused as " + std::string(name_of(fault));
    if (!out_of_order) remember(payload);
    const FaultKind judged = deallocate_sized(judged_.allocator, payload, size);
    if (judged != expected) return "judged only, a live payload is answered " + std::string(name_of(judged));
    const FaultKind same = deallocate_sized(unchecked_.allocator, payload, size);
    return same == expected ? "" : "without checks a live payload is answered " + std::string(name_of(same));
  }

  bool takes_wrong_sizes([[maybe_unused]] Offset payload) {
    if constexpr (requires { heap_.allocator.sizes_at(payload); }) {
      const SizeRange sizes = heap_.allocator.sizes_at(payload);
      for (const std::uint64_t size :
           {std::uint64_t{0}, sizes.least - std::uint64_t{1}, sizes.most + std::uint64_t{1}}) {
        if (deallocate_sized(heap_.allocator, payload, size) != FaultKind::wrong_size) return true;
      }
    }
    return false;
  }

  /// The bytes at the arena's end where an allocator counts, also what it refuses.
  static constexpr std::ptrdiff_t counts_bytes = [] {
    if constexpr (requires { A<Checked, Unwatched>::record_size; }) return A<Checked, Unwatched>::record_size;
    return std::uint32_t{0};
  }();

  /// An offset that may be anything, given back and resized: what is not live is refused, and nothing changes.
  std::string misuse(Offset payload, Layout layout) {
    if (oracle_.is_live(payload)) return "";
    const std::vector<std::byte> before(heap_.bytes(), heap_.bytes() + heap_.memory.size());
    const FaultKind judged = heap_.allocator.judge(payload), fault = heap_.allocator.deallocate(payload);
    if (judged != fault || fault == FaultKind::none || fault == FaultKind::damage || fault == FaultKind::out_of_order)
      return "what was never given out is judged " + std::string(name_of(judged)) + " and answered " +
             std::string(name_of(fault));
    if (judged_.allocator.judge(payload) != judged || judged_.allocator.deallocate(payload) != fault)
      return "what is " + std::string(name_of(fault)) + " is, judged only, " +
             std::string(name_of(judged_.allocator.judge(payload)));
    const AllocError expected = layout.size() == 0 ? AllocError::zero_size : AllocError::refused;
    for (const AllocError error :
         {heap_.allocator.reallocate(payload, layout).error(), judged_.allocator.reallocate(payload, layout).error()}) {
      if (error != expected) return "to resize what is not live is answered " + std::string(name_of(error));
    }
    const bool same = std::equal(before.begin(), before.end() - counts_bytes, heap_.bytes());
    return same ? "" : "a misuse that was refused changed bytes";
  }

  std::string mark() {
    if constexpr (abilities.marks) {
      const Result<Offset> marker = heap_.allocator.mark();
      for (const Result<Offset> same : {judged_.allocator.mark(), unchecked_.allocator.mark()}) {
        if (marker.error() != same.error() || *marker != *same)
          return "an allocator that checks less puts its marker elsewhere";
      }
      if (!marker) return marker.error() == AllocError::out_of_memory ? "" : "a marker is refused";
      if (*marker <= oracle_.highest().value_or(0)) return "a marker lies below the newest block";
      markers_.push_back(*marker);
    }
    return "";
  }

  std::string release_to([[maybe_unused]] Offset marker) {
    if constexpr (abilities.marks) {
      const auto found = std::find(markers_.begin(), markers_.end(), marker);
      const FaultKind fault = heap_.allocator.release_to(marker);
      for (const FaultKind same : {judged_.allocator.release_to(marker), unchecked_.allocator.release_to(marker)}) {
        if (same != fault) return "with fewer checks a marker is answered " + std::string(name_of(same));
      }
      if (found == markers_.end())
        return fault == FaultKind::foreign_pointer ? ""
                                                   : "a marker that there is not is " + std::string(name_of(fault));
      if (fault != FaultKind::none) return "a marker is refused as " + std::string(name_of(fault));
      markers_.erase(found, markers_.end());
      while (oracle_.highest() > marker) forget(*oracle_.highest());
    }
    return "";
  }

  std::string reset() {
    if constexpr (abilities.resets) {
      if (std::string wrong = oracle_.all_kept(); !wrong.empty()) return wrong;
      heap_.allocator.reset();
      judged_.allocator.reset();
      unchecked_.allocator.reset();
      while (oracle_.count() != 0) forget(*oracle_.highest());
    }
    return "";
  }

  /// From now on a misuse may name it: what was given back last, by its place among so many.
  void remember(Offset payload) {
    if (released_.size() < 32) {
      released_.push_back(payload);
    } else {
      released_[operations_ % released_.size()] = payload;
    }
  }
  void forget(Offset payload) {
    static_cast<void>(oracle_.released(payload));
    remember(payload);
  }

  /// What must hold after every call.
  std::string wrong_now() const {
    if (const Damage damage = heap_.allocator.check())
      return "check() finds damage to the block at " + std::to_string(damage.block) + ", byte " +
             std::to_string(damage.at);
    if (judged_.allocator.check()) return "check() finds damage to what is judged only";
    if (unchecked_.allocator.check()) return "check() finds damage without checks";
    if (heap_.reports.wrote_outside || judged_.reports.wrote_outside || unchecked_.reports.wrote_outside)
      return "a write left the arena";
    if (!heap_.reports.damages.empty() || !judged_.reports.damages.empty()) return "the call reports damage";
    if (std::string wrong = oracle_.all_kept(); !wrong.empty()) return wrong;
    Offset end = 0;
    std::size_t used = 0;
    bool known = true;
    heap_.allocator.for_each_block([&](const Block& block) {
      known = known && block.offset == end && block.size > 0;
      if (block.state == BlockState::used) {
        ++used;
        known = known && oracle_.is_live(block.payload_offset);
      }
      end = block.end();
    });
    if (!known || end != heap_.memory.size()) return "the blocks do not tile the arena, or hold what is not live";
    return used == oracle_.count() ? "" : "the used blocks are not as many as what is live";
  }

  /// The free blocks are those of the lists. A bump allocator has none: it looks for nothing.
  std::string wrong_lists() const {
    if (abilities.resets) return "";
    std::vector<Offset> listed = heap_.free_list(), free;
    for (const Block& block : heap_.blocks()) {
      if (block.state == BlockState::free) free.push_back(block.offset);
    }
    std::sort(listed.begin(), listed.end());
    return listed == free ? "" : "the free blocks are not those that the lists hold";
  }

  /// A heap whose policy is chosen holds words that may say something else without being wrong: the policy, and where
  /// next fit goes on.
  bool is_a_choice(Offset at) const {
    const Offset rover = empty_.back().offset + 4;
    return (std::is_same_v<Parameters, FreeListPolicy> || ...) && (at < 4 || (at >= rover && at < rover + 4));
  }

  void clear_reports() {
    heap_.reports.clear();
    judged_.reports.clear();
    unchecked_.reports.clear();
  }

  bool joins_;
  bool damaged_ = false;
  WatchedHeap<A> heap_;
  WatchedHeap<A, Judged> judged_;
  WatchedHeap<A, Unchecked> unchecked_;
  Oracle oracle_{heap_.memory.data(), heap_.memory.size()};
  std::vector<Block> empty_;
  std::vector<Offset> markers_;
  std::vector<Offset> given_;
  std::vector<Offset> released_;
  std::uint64_t operations_ = 0;
};

}  // namespace heapyard::test
