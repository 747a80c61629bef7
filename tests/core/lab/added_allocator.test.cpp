// An allocator that nobody here knows: written as CONTRIBUTING says, it runs scripts, and every view shows it.
#include "heapyard/lab/lab.hpp"
#include "heapyard/lab/machine_of.hpp"
#include "heapyard/view/heap_svg.hpp"
#include "heapyard/view/heap_twin.hpp"

#include "support/catch.hpp"
#include "support/lab_check.hpp"

#include <memory>

using namespace heapyard;

namespace two_ends {

/// Small blocks from below, large ones from above, none of them ever given back.
template <class Checks = Unchecked, class Watch = Unwatched>
class TwoEnds {
 public:
  static constexpr bool releases_newest_only = true;

  static std::uint64_t block_bytes(std::uint64_t size) { return align_up(size, 16) + 16; }

  explicit TwoEnds(Arena<Watch> arena) : arena_(arena) {}

  AllocError format() {
    arena_.fill(0, arena_.size(), Fill::freed);
    arena_.store(0, 16);
    arena_.store(4, arena_.size() & ~15U);
    arena_.watch().block({0, 16, 0, 0, BlockState::control});
    report_free();
    return AllocError::none;
  }
  Result<Offset> allocate(Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.size() > high() - low() || block_bytes(layout.size()) > high() - low()) return AllocError::out_of_memory;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const auto size = static_cast<std::uint32_t>(block_bytes(requested));
    const Offset block = requested < 64 ? low() : high() - size;
    arena_.store(requested < 64 ? 0 : 4, requested < 64 ? low() + size : high() - size);
    arena_.store(block, size);
    arena_.store(block + 4, requested);
    arena_.watch().note({NoteKind::chosen, block, size});
    arena_.watch().block(describe(block));
    report_free();
    return block + 16;
  }
  Result<Offset> reallocate(Offset, Layout) { return AllocError::out_of_order; }
  FaultKind deallocate(Offset) { return FaultKind::out_of_order; }
  FaultKind judge(Offset) const { return FaultKind::out_of_order; }
  Damage damage_at(Offset, std::uint32_t) const { return {}; }
  Damage check() const { return {}; }
  template <class F>
  void for_each_damage(F) const {}
  template <class F>
  void for_each_block(F f) const {
    f(Block{0, 16, 0, 0, BlockState::control});
    for (Offset block = 16; block < low(); block += arena_.load(block)) f(describe(block));
    if (low() < high()) f(Block{low(), high() - low(), 0, 0, BlockState::free});
    for (Offset block = high(); block < (arena_.size() & ~15U); block += arena_.load(block)) f(describe(block));
  }
  Structure structure() const {
    Structure structure;
    structure.tell(PartKind::place, "small blocks end", {low()});
    structure.tell(PartKind::place, "large blocks begin", {high()});
    structure.tell(PartKind::region, "between the ends", {low(), high() - low()});
    return structure;
  }
  const Arena<Watch>& arena() const { return arena_; }

 private:
  Offset low() const { return arena_.load(0); }
  Offset high() const { return arena_.load(4); }
  Block describe(Offset block) const {
    return {block, arena_.load(block), block + 16, arena_.load(block + 4), BlockState::used};
  }
  void report_free() const {
    if (low() < high()) arena_.watch().block({low(), high() - low(), 0, 0, BlockState::free});
  }
  Arena<Watch> arena_;
};
static_assert(Allocator<TwoEnds<Checked>>);

}  // namespace two_ends

using two_ends::TwoEnds;

TEST_CASE("An allocator that is added is shown by every view as it is", "[lab][view]") {
  const std::string script = "a = malloc 10\nb = malloc 200\nfree a\nc = malloc 5000\nc = malloc 20\n";
  Lab lab = Lab::run(script, "two-ends", std::make_unique<MachineOf<TwoEnds>>(), 1024);
  CHECK(test::wrong_in_lab(lab, 1) == "");
  lab.history().seek(5);
  const std::string words = heap_twin(lab, Moment::end, 100);
  CHECK_THAT(words, test::contains("small blocks end: 0x060"));
  CHECK_THAT(words, test::contains("large blocks begin: 0x320"));
  CHECK_THAT(words, test::contains("between the ends: 0x060, 704 bytes"));
  CHECK_THAT(words, test::contains("0x320  224  used  b"));
  CHECK_THAT(words, test::contains("Release of a out of order"));
  CHECK_FALSE(test::contains("Leak of a").match(words));
  CHECK_THAT(heap_svg(lab, Moment::step), test::contains("data-offset=\"816\""));
  CHECK(lab.why().size() == 1);
  lab.history().seek(4);
  CHECK(lab.history().statistics().failed_allocations == 1);
}
