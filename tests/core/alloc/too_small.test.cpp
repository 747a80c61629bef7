// Arenas that are too small for an allocator, and such as were never formatted: whoever calls all the same gets an
// answer, and no byte outside is touched (each arena is an exact allocation, under AddressSanitizer).
#include "heapyard/base/random.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"
#include "support/operations.hpp"
#include "support/seed.hpp"

#include <type_traits>

using namespace heapyard;
using test::Tracked;
using test::WatchedHeap;

namespace {

/// Every call there is; of an allocator without checks, those that do not require a live payload. It may grant what is
/// inside the arena, or nothing.
template <template <class, class> class A, class Checks>
void call_everything(WatchedHeap<A, Checks>& heap, bool grants) {
  auto& allocator = heap.allocator;
  const std::uint32_t size = heap.memory.size();
  using Allocator = std::remove_reference_t<decltype(allocator)>;
  const auto is_wrong = [&](Result<Offset> answer, std::uint64_t requested) {
    return answer && (!grants || *answer == 0 || *answer > size || size - *answer < requested);
  };
  for (const std::uint64_t requested : {1U, 8U, 100U, 5000U, 0xffffffe0U}) {
    CAPTURE(requested);
    CHECK_FALSE(is_wrong(allocator.allocate(*Layout::make(requested, 8)), requested));
  }
  if constexpr (requires { allocator.allocate(); }) CHECK_FALSE(is_wrong(allocator.allocate(), 1));
  for (const Offset payload : {0U, 1U, 8U, 16U, 24U, 32U, 40U, 64U, 1024U, size - 1, size, size + 8, 0xfffffff8U}) {
    CAPTURE(payload);
    if (!grants) CHECK(allocator.judge(payload) != FaultKind::none);
    static_cast<void>(allocator.damage_at(payload, 8));
    if constexpr (Checks::validates) {
      const FaultKind fault = allocator.deallocate(payload);
      if (!grants) CHECK(fault != FaultKind::none);
      CHECK_FALSE(is_wrong(allocator.reallocate(payload, *Layout::make(8, 8)), 8));
    }
    if constexpr (test::abilities_of<Allocator>().marks) {
      if (!grants || Checks::validates) static_cast<void>(allocator.release_to(payload));
    }
  }
  if constexpr (test::abilities_of<Allocator>().marks) CHECK_FALSE(is_wrong(allocator.mark(), 0));
  static_cast<void>(allocator.check());
  static_cast<void>(allocator.structure());
  if (!grants) {
    for (const Block& block : heap.blocks()) CHECK((block.offset <= size && block.size <= size - block.offset));
  }
  if constexpr (test::abilities_of<Allocator>().resets) allocator.reset();
  CHECK_FALSE(heap.reports.wrote_outside);
}

template <template <class, class> class A, class... Parameters>
void refuse_below(std::uint32_t smallest, Parameters... parameters) {
  const auto refuse = [&](auto checks) {
    for (std::uint32_t size = 1; size < smallest; ++size) {
      CAPTURE(size, smallest);
      WatchedHeap<A, decltype(checks)> heap(size, parameters...);
      REQUIRE(heap.error == AllocError::arena_too_small);
      CHECK(heap.allocator.format(parameters...) == AllocError::arena_too_small);
      heap.reports.clear();
      call_everything(heap, false);
    }
  };
  refuse(Unchecked());
  refuse(Judged());
  refuse(Checked());
}

template <template <class, class> class A, class... Parameters>
void answer_unformatted(Random& random, std::uint32_t smallest, Parameters... parameters) {
  const auto answer = [&](auto checks) {
    for (int i = 0; i < 60; ++i) {
      WatchedHeap<A, decltype(checks)> heap(smallest + static_cast<std::uint32_t>(random.below(3000)), parameters...);
      const Offset from = random.chance(50) ? 0 : 64;  // with the words that formatting wrote, or without them
      const std::uint64_t kind = random.below(3);
      for (Offset at = from; at < heap.memory.size(); ++at)
        heap.poke(at, kind == 0 ? 0 : kind == 1 ? 0xff : static_cast<std::uint8_t>(random.next()));
      heap.allocator = std::remove_reference_t<decltype(heap.allocator)>(heap.allocator.arena());  // attached anew
      heap.reports.clear();
      call_everything(heap, true);
    }
  };
  answer(Judged());
  answer(Checked());
}

}  // namespace

TEST_CASE("An arena that is too small for an allocator is left alone, whatever is called", "[alloc][property]") {
  refuse_below<FreeList>(FreeList<>::smallest_arena);
  refuse_below<AnyFreeList>(AnyFreeList<>::smallest_arena, FreeListPolicy{Fit::next, ListOrder::address, false});
  refuse_below<Tlsf>(Tlsf<>::smallest_arena);
  refuse_below<Buddy>(Buddy<>::smallest_arena);
  refuse_below<Slab>(300);
  refuse_below<Stack>(Stack<>::smallest_arena);
  refuse_below<Bump>(Bump<>::smallest_arena);
  refuse_below<Pool>(96, 64U);
  refuse_below<Pool>(200, 0U);
  refuse_below<Tracked<FreeList>::By>(FreeList<>::smallest_arena + 80);
  refuse_below<Tracked<Tlsf>::By>(Tlsf<>::smallest_arena + 80);
  refuse_below<Tracked<Buddy>::By>(Buddy<>::smallest_arena + 80);
  refuse_below<Tracked<Slab>::By>(200);
  refuse_below<Tracked<Stack>::By>(Stack<>::smallest_arena + 80);
  refuse_below<Tracked<Bump>::By>(Bump<>::smallest_arena + 80);
  refuse_below<Tracked<Pool>::By>(96 + 80, 64U);
}

TEST_CASE("An arena that nobody formatted gets an answer to every call that is checked", "[alloc][property]") {
  const std::uint64_t seed = test::fresh_seed();
  CAPTURE(seed);
  Random random(seed);
  answer_unformatted<FreeList>(random, FreeList<>::smallest_arena);
  answer_unformatted<Tlsf>(random, 256);
  answer_unformatted<Buddy>(random, Buddy<>::smallest_arena);
  answer_unformatted<Slab>(random, Slab<>::smallest_arena);
  answer_unformatted<Stack>(random, Stack<>::smallest_arena);
  answer_unformatted<Bump>(random, Bump<>::smallest_arena);
  answer_unformatted<Pool>(random, 320, 40U);
  answer_unformatted<Tracked<FreeList>::By>(random, 160);
  answer_unformatted<Tracked<Stack>::By>(random, 160);
  answer_unformatted<Tracked<Slab>::By>(random, 2048);
}
