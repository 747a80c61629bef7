#include "heapyard/script/workload.hpp"

#include "heapyard/base/random.hpp"
#include "heapyard/say/say.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace heapyard {
namespace {

/// Writes calls; a block is called by a letter and the number of its turn.
class Writer {
 public:
  Writer(std::string text, std::uint64_t seed, std::uint32_t operations)
      : random_(seed), text_(std::move(text)), left_(operations) {}

  Random& random() { return random_; }
  /// An index below `bound`.
  std::size_t any(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
  std::uint32_t left() const { return left_; }
  bool more() const { return left_ > 0; }

  std::string take(char letter, std::uint64_t size) {
    std::string name = fmt::format("{}{}", letter, ++turn_);
    take(name, size);
    return name;
  }
  void take(std::string_view name, std::uint64_t size) {
    fmt::format_to(std::back_inserter(text_), "{} = malloc {}\n", name, size);
    live_.emplace(name);
    spend();
  }
  void give(std::string_view name) {
    fmt::format_to(std::back_inserter(text_), "free {}\n", name);
    live_.erase(live_.find(name));
    spend();
  }

  /// From 16 to `most` bytes; small ones as often as large ones twice their size. Requires a power of two.
  std::uint64_t size_up_to(std::uint64_t most) {
    const std::uint64_t least = std::uint64_t{16} << random_.below(std::bit_width(most / 16) - 1);
    return random_.between(least, least * 2);
  }

  /// The text, with the release of all that is still live.
  std::string end() {
    while (!live_.empty()) give(std::string(*live_.begin()));
    return std::move(text_);
  }

 private:
  void spend() { left_ -= left_ > 0 ? 1 : 0; }

  Random random_;
  std::string text_;
  std::set<std::string, std::less<>> live_;
  std::uint32_t left_;
  std::uint32_t turn_ = 0;
};

using Live = std::vector<std::string>;

void give_at(Writer& writer, Live& live, std::size_t index) {
  writer.give(live[index]);
  live.erase(live.begin() + static_cast<std::ptrdiff_t>(index));
}
void give_any(Writer& writer, Live& live) {
  give_at(writer, live, writer.any(live.size()));
}
void give_oldest(Writer& writer, Live& live) {
  give_at(writer, live, 0);
}
void give_newest(Writer& writer, Live& live) {
  give_at(writer, live, live.size() - 1);
}
void give_all(Writer& writer, Live& live, void (*give)(Writer&, Live&)) {
  while (!live.empty()) give(writer, live);
}

void churn(Writer& writer) {
  Live live;
  while (writer.more()) {
    if (live.size() == 24) give_any(writer, live);
    live.push_back(writer.take('b', writer.size_up_to(2048)));
  }
  give_all(writer, live, give_any);
}

void ramp(Writer& writer) {
  Live live;
  const std::uint32_t half = writer.left() / 2;
  const std::uint64_t most = std::bit_floor(std::clamp<std::uint64_t>(49'152 / std::max(half, 1U), 32, 2048));
  for (std::uint64_t taken = 0; writer.left() > half && taken + most <= 32'768;) {
    const std::uint64_t size = writer.size_up_to(most);
    live.push_back(writer.take('b', size));
    taken += size;
  }
  give_all(writer, live, give_any);
}

void sawtooth(Writer& writer) {
  Live kept, live;
  while (writer.more()) {
    for (int i = 0; i < 36; ++i) live.push_back(writer.take('t', writer.size_up_to(1024)));
    if (kept.size() == 12) give_oldest(writer, kept);
    kept.push_back(std::exchange(live[writer.any(live.size())], {}));
    std::erase(live, std::string());
    give_all(writer, live, give_any);
  }
  give_all(writer, kept, give_oldest);
}

void lifo(Writer& writer) {
  Live live;
  while (writer.more()) {
    const std::uint64_t deeper = writer.random().between(1, 8);
    for (std::uint64_t i = 0; i < deeper && live.size() < 40; ++i)
      live.push_back(writer.take('f', writer.size_up_to(1024)));
    const std::uint64_t back = writer.random().between(1, std::min<std::uint64_t>(live.size(), 8));
    for (std::uint64_t i = 0; i < back; ++i) give_newest(writer, live);
  }
  give_all(writer, live, give_newest);
}

void fifo(Writer& writer) {
  Live live;
  while (writer.more()) {
    live.push_back(writer.take('m', writer.size_up_to(2048)));
    if (live.size() > 24) give_oldest(writer, live);
  }
  give_all(writer, live, give_oldest);
}

void bimodal(Writer& writer) {
  Live large, small;
  while (writer.more()) {
    if (writer.random().chance(4)) {
      if (large.size() == 4) give_oldest(writer, large);
      large.push_back(writer.take('L', writer.random().between(3000, 5000)));
    }
    if (small.size() == 40) give_any(writer, small);
    small.push_back(writer.take('s', writer.random().between(16, 64)));
  }
  give_all(writer, small, give_any);
  give_all(writer, large, give_oldest);
}

/// Two holes, a larger one below a smaller one, and little besides: the larger is released last, so that it comes first
/// in every order of a list.
void two_holes(Writer& writer, std::uint64_t below, std::uint64_t above, std::uint64_t rest) {
  writer.take("below", below);
  writer.take("wall1", 64);
  writer.take("above", above);
  writer.take("wall2", 64);
  writer.take("rest", rest);
  writer.give("above");
  writer.give("below");
}

/// After D. Knuth, The Art of Computer Programming, vol. 1, section 2.5: which of first and best fit fails hangs on the
/// requests.
void against_first_fit(Writer& writer) {
  two_holes(writer, 26'000, 24'000, 11'000);
  writer.take("a", 22'000);
  writer.take("b", 21'000);
  writer.take("c", 4'800);
}
void against_best_fit(Writer& writer) {
  two_holes(writer, 26'000, 24'000, 11'000);
  writer.take("a", 20'000);
  writer.take("b", 22'000);
  writer.take("c", 4'800);
}

void against_worst_fit(Writer& writer) {
  writer.take("small", 2'000);
  writer.take("wall1", 64);
  writer.take("large", 30'000);
  writer.take("wall2", 64);
  writer.take("rest", 25'000);
  writer.give("large");
  writer.give("small");
  writer.take("a", 2'000);
  writer.take("b", 29'500);
}

void against_next_fit(Writer& writer) {
  writer.take("small", 4'000);
  writer.take("wall1", 64);
  writer.take("large", 30'000);
  writer.take("wall2", 64);
  writer.take("rest", 23'000);
  writer.give("large");
  writer.give("small");
  for (int i = 0; i < 3; ++i) writer.take('b', 1'000);
  writer.take("c", 29'500);
}

void against_newest_first(Writer& writer) {
  writer.take("small", 2'000);
  writer.take("wall1", 64);
  writer.take("large", 30'000);
  writer.take("wall2", 64);
  writer.take("rest", 25'000);
  writer.give("small");
  writer.give("large");
  writer.take("a", 2'000);
  writer.take("b", 29'500);
}

void against_address_order(Writer& writer) {
  writer.take("large", 30'000);
  writer.take("wall1", 64);
  writer.take("small", 2'000);
  writer.take("wall2", 64);
  writer.take("rest", 25'000);
  writer.give("large");
  writer.give("small");
  writer.take("a", 2'000);
  writer.take("b", 29'500);
}

void against_no_coalescing(Writer& writer) {
  Live live;
  for (int i = 0; i < 80; ++i) live.push_back(writer.take('b', 600));
  give_all(writer, live, give_oldest);
  writer.take("large", 40'000);
}

void against_bump(Writer& writer) {
  writer.take("stays", 64);
  for (int i = 0; i < 40; ++i) {
    const std::string under = writer.take('u', 1'800);
    const std::string over = writer.take('o', 64);
    writer.give(under);
    writer.give(over);
  }
}

void against_buddy(Writer& writer) {
  for (int i = 0; i < 6; ++i) writer.take('b', 8'200);
}

void against_slab(Writer& writer) {
  Live live;
  for (int i = 0; i < 176; ++i) live.push_back(writer.take('o', 240));
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (i % 4 != 0) writer.give(live[i]);
  }
  for (int i = 0; i < 60; ++i) writer.take('n', 500);
}

void against_tlsf(Writer& writer) {
  writer.take("hole", 10'000);
  writer.take("wall", 64);
  writer.take("rest", 45'000);
  writer.give("hole");
  writer.take("again", 10'000);
}

void checkerboard(Writer& writer) {
  Live live;
  for (int i = 0; i < 60; ++i) live.push_back(writer.take('b', 1'000));
  for (std::size_t i = 0; i < live.size(); i += 2) writer.give(live[i]);
  writer.take("large", 8'000);
}

struct Kind : Workload {
  void (*write)(Writer&);
};

constexpr auto kinds_in(Language translated) {
  return std::to_array<Kind>({
      {{"churn", translated("Churn"),
        translated("A steady number of blocks of mixed sizes, one released at random for each one taken: holes of all "
                   "sizes come and go, and an allocator lives from how well it reuses them.")},
       churn},
      {{"ramp", translated("Ramp"),
        translated("All blocks are taken first, and then released in any order: what is free grows together again only "
                   "where neighbours are merged.")},
       ramp},
      {{"sawtooth", translated("Sawtooth"),
        translated("Phases that take much and release nearly all of it, as compilers and servers do: what stays from "
                   "each phase decides whether the next one finds room below it.")},
       sawtooth},
      {{"lifo", translated("Last in, first out"),
        translated("The newest block is always released first, as in nested calls: all that a stack can do, and the "
                   "case where it is unbeatable.")},
       lifo},
      {{"fifo", translated("First in, first out"),
        translated("The oldest block is always released first, as in a queue of messages: a stack gets nothing back, "
                   "and a free list wanders around its arena.")},
       fifo},
      {{"bimodal", translated("Bimodal"),
        translated("Very many small blocks that live briefly, and a few large ones that stay: small ones that settle "
                   "between keep large ones from finding room.")},
       bimodal},
      {{"checkerboard", translated("Checkerboard"),
        translated("The arena is filled, every other block released, and a larger one asked for: half of it is free, "
                   "and no allocator that cannot move blocks can use it."),
        false},
       checkerboard},
      {{"against-first-fit", translated("Against first fit"),
        translated("Two holes and three requests in an order in which the first hole that is large enough is the wrong "
                   "one: first fit fails where best fit has room."),
        false, "free-list"},
       against_first_fit},
      {{"against-best-fit", translated("Against best fit"),
        translated("Two holes and three requests: the tightest hole leaves two rests that are both too small, where "
                   "first fit leaves one that is large enough."),
        false, "free-list:best-fit"},
       against_best_fit},
      {{"against-worst-fit", translated("Against worst fit"),
        translated("A small request that a small hole would serve exactly, and then one for the largest hole: worst "
                   "fit has cut that one already."),
        false, "free-list:worst-fit"},
       against_worst_fit},
      {{"against-next-fit", translated("Against next fit"),
        translated("Three small requests that one small hole would serve: next fit goes on behind where it was, takes "
                   "one of them from the large hole, and then has none for a large one."),
        false, "free-list:next-fit"},
       against_next_fit},
      {{"against-newest-first", translated("Against newest first"),
        translated("The large hole is released last and so stands first in a list kept newest first: a small request "
                   "cuts it, though a small hole would have served."),
        false, "free-list"},
       against_newest_first},
      {{"against-address-order", translated("Against address order"),
        translated("The large hole lies at the lowest address and so stands first in a list kept by address: a small "
                   "request cuts it, though a small hole would have served."),
        false, "free-list:address-ordered"},
       against_address_order},
      {{"against-no-coalescing", translated("Against no coalescing"),
        translated("Many small blocks, all released, and then one large request: all bytes are free, but in pieces "
                   "that nobody merged."),
        false, "free-list:no-coalescing"},
       against_no_coalescing},
      {{"against-bump", translated("Against bump"),
        translated("Of each pair the lower block is released first: a bump allocator gets nothing of it back until all "
                   "is reset."),
        false, "bump"},
       against_bump},
      {{"against-buddy", translated("Against buddy"),
        translated("Requests of a little more than a power of two: a buddy allocator rounds each up to the next one "
                   "and wastes nearly half of its arena."),
        false, "buddy"},
       against_buddy},
      {{"against-slab", translated("Against slab"),
        translated("Many objects of one size, of which one in each page stays: the pages cannot go to another size "
                   "class, though they are nearly empty."),
        false, "slab"},
       against_slab},
      {{"against-tlsf", translated("Against TLSF"),
        translated("A block is released and the very same size asked for again: TLSF looks only in lists whose every "
                   "block is surely large enough, and passes by the one that would fit."),
        false, "tlsf"},
       against_tlsf},
  });
}
constexpr auto kinds = kinds_in(in_english);

constexpr auto listed = [] {
  std::array<Workload, std::size(kinds)> list;
  std::copy(std::begin(kinds), std::end(kinds), list.begin());
  return list;
}();

}  // namespace

std::span<const Workload> workloads() {
  return listed;
}

std::vector<Workload> workloads_in_the_readers_language() {
  const auto said = kinds_in(in_the_readers_language);
  return {said.begin(), said.end()};
}

const Workload* find_workload(std::string_view name) {
  const auto found =
      std::find_if(listed.begin(), listed.end(), [name](const Workload& each) { return each.name == name; });
  return found == listed.end() ? nullptr : &*found;
}

std::string write_workload(const Workload& workload, std::uint64_t seed, std::uint32_t operations) {
  const auto kind =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& each) { return each.name == workload.name; });
  operations = std::clamp(operations, 1U, Workload::most_operations);
  std::string head = fmt::format("# {}", workload.title);
  if (workload.varies) head += fmt::format(", seed {}, {} calls", seed, operations);
  // Comments of lines that fit beside a picture.
  std::string_view rest = workload.sentence;
  while (!rest.empty()) {
    constexpr std::size_t most = 60;
    const std::size_t space = rest.size() <= most ? rest.size() : rest.rfind(' ', most);
    head += fmt::format("\n# {}", rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  Writer writer(head + "\n\n", seed, operations);
  kind->write(writer);
  return writer.end();
}

}  // namespace heapyard
