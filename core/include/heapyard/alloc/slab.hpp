#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/align.hpp"
#include "heapyard/base/structure.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heapyard {

/// Size classes, each with slabs of its own: runs of pages divided into objects of one size.
///
///     arena   | control 24 | heads 4 × classes | descriptors 24 × pages | live bits | zeros | page | page | … | rest |
///     descr.  | kind+class 4 | pages 4 | first free object 4 | live objects 4 | next 4 | previous 4 |
///     slab    | object | object | … | too small for one more |
///     object  | payload ………… | padding |      free: | next 4 | ……………… |
///
/// Classes are 16, 32, … 128 bytes and from there four for each power of two, up to eight pages; what is larger takes
/// whole pages. A page has 256 to 4096 bytes, a sixty-fourth of the arena where that lies between them. A slab has
/// about eight objects or more, and less than an eighth of it is too small for one.
///
/// 1. Allocate: round up to the class; take the first free object of the first slab in its list, which are those with
///    free objects. When there is none, make a slab of the first free run that has room; when there is none, give back
///    the slabs that are empty, and try again.
/// 2. Deallocate: the page's descriptor names the slab; put the object at the head of its list. An empty slab is given
///    back to the pages, coalesced with free runs beside it, unless it is the only one in its class's list.
/// 3. Reallocate: stays where the class stays; else allocate, copy and deallocate. What shrinks stays where there is no
///    room for it elsewhere.
/// 4. A checking slab allocator keeps one bit for each 16 bytes, set where an object is live.
///
/// No header; what the class leaves is internal fragmentation, at most a fifth above 128 bytes; free objects serve
/// their class alone. Only a checking one can tell live objects from free ones. Complexity: allocate and deallocate
/// O(1) besides making slabs, which is O(objects + free runs + slabs); check O(objects). Source: J. Bonwick, The Slab
/// Allocator: An Object-Caching Kernel Memory Allocator, 1994.
template <class Checks = Unchecked, class Watch = Unwatched>
class Slab {
 public:
  static constexpr std::uint32_t granule = 16;
  static constexpr std::uint32_t smallest_arena = 1024;

  /// What a request of `size` bytes takes, whole pages apart. Requires a size of at most 2^62.
  static constexpr std::uint64_t block_bytes(std::uint64_t size) {
    return size > largest_page * pages_per_class
               ? align_up(size, largest_page)
               : class_size(class_of(static_cast<std::uint32_t>(std::max<std::uint64_t>(size, 1))));
  }

  /// Attaches to an arena; the bytes are taken as they are.
  explicit Slab(Arena<Watch> arena) : arena_(arena.or_blank(arena.size() >= smallest_arena)), plan_(arena_.size()) {}

  /// Makes all pages one free run. Errors: `arena_too_small` below `smallest_arena`. O(arena) when it fills.
  AllocError format() {
    if (arena_.size() < smallest_arena || plan_.pages == 0) return AllocError::arena_too_small;
    arena_.fill(0, plan_.first, Fill::zero);
    if constexpr (Checks::fills) arena_.fill(plan_.first, arena_.size() - plan_.first, Fill::freed);
    arena_.store(Control::magic, magic_word);
    arena_.store(Control::arena_size, arena_.size());
    arena_.watch().block({0, plan_.first, 0, 0, BlockState::control});
    write_run(0, plan_.pages, Kind::free, 0);
    link(Control::runs, descriptor(0));
    arena_.watch().block({plan_.first, plan_.pages << plan_.shift, 0, 0, BlockState::free});
    if (end() < arena_.size()) arena_.watch().block({end(), arena_.size() - end(), 0, 0, BlockState::control});
    return AllocError::none;
  }

  /// Errors: `zero_size`, `alignment_too_large` above a page, `out_of_memory`, `damaged`.
  Result<Offset> allocate(Layout layout) {
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const std::uint32_t size = rounded(layout);
    if (size > largest_object()) return allocate_pages(requested);
    const std::uint32_t which = class_of(size);
    Offset slab = load(head_of(which));
    if (slab == 0) {
      if (const AllocError error = make_slab(which); error != AllocError::none) return error;
      slab = load(head_of(which));
    }
    if constexpr (Checks::validates) {
      if (const Damage damage = partial_damage(slab, which, 0)) return refuse_damaged(damage);
    }
    const Offset object = load(slab + Run::free);
    if constexpr (Checks::validates) {
      const Offset next = is_free_object(object, slab) ? load(object) : 0;
      if (!is_free_object(object, slab)) return refuse_damaged({DamagedPart::link, 0, slab + Run::free});
      if (next != 0 && (next == object || !is_free_object(next, slab)))
        return refuse_damaged({DamagedPart::link, object, object});
      if (const Damage damage = object_fill_damage(object, class_size(which))) arena_.watch().damage(damage);
    }
    arena_.watch().note({NoteKind::list_found, head_of(which), class_size(which)});
    arena_.watch().note({NoteKind::chosen, object, class_size(which)});
    const Offset next = load(object);
    arena_.store(slab + Run::free, next);
    arena_.store(slab + Run::live, load(slab + Run::live) + 1);
    if (next == 0) unlink(head_of(which), slab);
    write_used(object, class_size(which), requested);
    return object;
  }

  /// Refuses as `damage` an object whose slab's words were overwritten, and reports them.
  FaultKind deallocate(Offset payload) {
    if constexpr (Checks::validates) {
      if (const FaultKind fault = judge(payload); fault != FaultKind::none) return fault;
    }
    const std::uint32_t page = first_page_of(payload);
    const Offset run = descriptor(page);
    if (kind_of(run) == Kind::large) {
      if constexpr (Checks::validates) {
        if (!believe_neighbours(page)) return FaultKind::damage;
      }
      mark(payload, false);
      release_run(page);
      return FaultKind::none;
    }
    const std::uint32_t which = class_at(run);
    const Offset next = load(run + Run::free);
    const std::uint32_t live = load(run + Run::live) - 1;
    if constexpr (Checks::validates) {
      Damage damage;
      if (next != 0 && !is_free_object(next, run)) damage = {DamagedPart::link, 0, run + Run::free};
      if (!damage && !is_count_true(page, payload)) damage = {DamagedPart::control, start_of(page), run + Run::live};
      if (!damage && next != 0) damage = links_damage(head_of(which), run);
      if (!damage && next == 0 && load(head_of(which)) != 0) damage = partial_damage(load(head_of(which)), which, 0);
      if (damage) {
        arena_.watch().damage(damage);
        return FaultKind::damage;
      }
      if (live == 0 && !believe_neighbours(page)) return FaultKind::damage;
    }
    mark(payload, false);
    if constexpr (Checks::fills) arena_.fill(payload, class_size(which), Fill::freed);
    arena_.store(payload, next);
    arena_.store(run + Run::free, payload);
    arena_.store(run + Run::live, live);
    arena_.watch().note({NoteKind::linked_by_size, payload, class_size(which)});
    arena_.watch().block({payload, class_size(which), 0, 0, BlockState::free});
    if (next == 0) link(head_of(which), run);
    if (live == 0 && (load(run + Run::next) != 0 || load(run + Run::previous) != 0)) release_slab(page);
    return FaultKind::none;
  }

  /// Errors: `refused` when the payload is no live allocation, and those of `allocate`.
  Result<Offset> reallocate(Offset payload, Layout layout) {
    if (layout.size() == 0) return AllocError::zero_size;
    if constexpr (Checks::validates) {
      if (judge(payload) != FaultKind::none) return AllocError::refused;
    }
    if (const AllocError error = refuse(layout); error != AllocError::none) return error;
    const auto requested = static_cast<std::uint32_t>(layout.size());
    const std::uint32_t room = room_of(payload), wanted = rounded(layout);
    const std::uint32_t needed =
        wanted > largest_object() ? pages_for(requested) << plan_.shift : class_size(class_of(wanted));
    const bool can_stay = requested <= room && payload % layout.alignment() == 0;
    const auto stay = [&] {
      fill_guard(payload, room, requested);
      arena_.watch().block({payload, room, payload, requested, BlockState::used});
      return payload;
    };
    if (needed == room && can_stay) return stay();
    const Result<Offset> moved = allocate(layout);
    if (!moved && can_stay) return stay();
    if (!moved) return moved;
    const std::uint32_t kept = std::min(room, requested);
    arena_.copy(*moved, payload, kept);
    arena_.watch().note({NoteKind::moved, *moved, kept});
    deallocate(payload);
    return moved;
  }

  /// O(1). An offset inside free memory is called a double free.
  FaultKind judge(Offset payload) const {
    if (payload < plan_.first || payload >= end()) return FaultKind::foreign_pointer;
    const std::uint32_t page = first_page_of(payload);
    if (!is_run(page) || payload < start_of(page) || payload - start_of(page) >= bytes_of(page))
      return FaultKind::damage;
    if (kind_of(descriptor(page)) == Kind::free) return FaultKind::double_free;
    const std::uint32_t size = piece_of(page);
    const Offset object = start_of(page) + (payload - start_of(page)) / size * size;
    if (object + std::uint64_t{size} > start_of(page) + std::uint64_t{bytes_of(page)})
      return FaultKind::foreign_pointer;
    if (!is_live(object)) return FaultKind::double_free;
    return object == payload ? FaultKind::none : FaultKind::interior_pointer;
  }

  /// What an object of that slab, or those pages, have room for. Requires a live payload.
  SizeRange sizes_at(Offset payload) const requires(Checks::validates) { return {1, room_of(payload)}; }

  /// Damage to the guard bytes behind a live object's first `requested` bytes, or to its bit. O(padding).
  Damage damage_at(Offset payload, std::uint32_t requested) const {
    if (judge(payload) != FaultKind::none)
      return {DamagedPart::control, payload, payload < plan_.first || payload >= end() ? 0 : live_word(payload)};
    const std::uint32_t room = room_of(payload);
    if (requested > room) return {DamagedPart::control, payload, descriptor(first_page_of(payload))};
    if constexpr (Checks::fills) {
      const Offset guard = payload + requested, room_end = payload + room;
      if (const Offset found = arena_.first_unlike(guard, room_end - guard, Fill::guard); found != room_end)
        return {DamagedPart::guard, payload, found};
    }
    return {};
  }

  Damage check() const { return first_damage(*this); }

  template <class F>
  void for_each_damage(F f) const {
    if (load(Control::magic) != magic_word || load(Control::arena_size) != arena_.size()) {
      f(Damage{DamagedPart::control, 0, 0});
      return;
    }
    if (const Damage damage = margin_damage()) f(damage);
    std::vector<std::uint32_t> partial(plan_.classes);
    std::uint32_t free_runs = 0;
    bool after_free = false;
    for (std::uint32_t page = 0; page < plan_.pages; page += pages_of(page)) {
      const Offset run = descriptor(page);
      if (!is_run(page) || (after_free && kind_of(run) == Kind::free)) {
        f(Damage{DamagedPart::control, start_of(page), run});
        return;
      }
      if (const Damage damage = run_damage(page)) f(damage);
      after_free = kind_of(run) == Kind::free;
      free_runs += after_free ? 1 : 0;
      if (kind_of(run) == Kind::slab && load(run + Run::free) != 0) ++partial[class_at(run)];
    }
    if (const Damage damage = list_damage(Control::runs, Kind::free, 0, free_runs)) f(damage);
    for (std::uint32_t which = 0; which < plan_.classes; ++which) {
      if (const Damage damage = list_damage(head_of(which), Kind::slab, which, partial[which])) f(damage);
    }
  }

  /// Requested sizes are not in the arena: a used block's payload is told as the whole object.
  template <class F>
  void for_each_block(F f) const {
    if (arena_.size() == 0) return;
    f(Block{0, plan_.first, 0, 0, BlockState::control});
    for (std::uint32_t page = 0; page < plan_.pages && is_run(page); page += pages_of(page)) {
      const Offset start = start_of(page);
      if (kind_of(descriptor(page)) == Kind::free) {
        f(Block{start, bytes_of(page), 0, 0, BlockState::free});
        continue;
      }
      const std::uint32_t size = piece_of(page), capacity = bytes_of(page) / size;
      for (std::uint32_t i = 0; i < capacity; ++i) {
        const Offset object = start + i * size;
        const bool live = is_live(object);
        f(Block{object, size, live ? object : 0, live ? size : 0, live ? BlockState::used : BlockState::free});
      }
      if (const std::uint32_t rest = bytes_of(page) - capacity * size; rest > 0)
        f(Block{start + capacity * size, rest, 0, 0, BlockState::control});
    }
    if (end() < arena_.size()) f(Block{end(), arena_.size() - end(), 0, 0, BlockState::control});
  }

  /// The free objects of each class, slab by slab, and the slabs as regions.
  Structure structure() const {
    Structure structure;
    std::uint32_t objects_left = arena_.size() / granule, runs_left = plan_.pages;
    std::vector<Offset> runs;
    for (Offset run = load(Control::runs); runs_left > 0 && is_descriptor(run) && kind_of(run) == Kind::free;
         --runs_left) {
      runs.push_back(start_of(page_at(run)));
      run = load(run + Run::next);
    }
    structure.tell(PartKind::list, "free pages", std::move(runs));
    for (std::uint32_t which = 0; which < plan_.classes; ++which) {
      std::vector<Offset> objects;
      for (Offset slab = load(head_of(which)); runs_left > 0 && is_slab(slab, which); slab = load(slab + Run::next)) {
        --runs_left;
        for (Offset at = load(slab + Run::free); objects_left > 0 && is_free_object(at, slab); at = load(at)) {
          --objects_left;
          objects.push_back(at);
        }
      }
      structure.tell(PartKind::list, "free, " + std::to_string(class_size(which)) + " bytes", std::move(objects));
    }
    for (std::uint32_t page = 0; page < plan_.pages && is_run(page); page += pages_of(page)) {
      const Offset run = descriptor(page);
      std::string name = kind_of(run) == Kind::free ? "free pages" : "pages";
      if (kind_of(run) == Kind::slab) {
        name = "slab of " + std::to_string(piece_of(page)) + "-byte objects, " + std::to_string(load(run + Run::live)) +
               " of " + std::to_string(bytes_of(page) / piece_of(page)) + " live";
      }
      structure.tell(PartKind::region, std::move(name), {start_of(page), bytes_of(page)});
    }
    return structure;
  }

  const Arena<Watch>& arena() const { return arena_; }

  /// The smallest class that holds `size` bytes. Requires a size that is not 0.
  static constexpr std::uint32_t class_of(std::uint32_t size) {
    if (size <= linear_to) return (size - 1) / granule;
    const auto power = static_cast<std::uint32_t>(std::bit_width(size - 1)) - 1;
    return linear_classes + 4 * (power - 7) + ((size - 1) >> (power - 2) & 3);
  }
  static constexpr std::uint32_t class_size(std::uint32_t which) {
    if (which < linear_classes) return granule * (which + 1);
    return (5 + (which - linear_classes) % 4) << (5 + (which - linear_classes) / 4);
  }

 private:
  struct Control {
    static constexpr Offset magic = 0, arena_size = 4, runs = 8, zeros = 12, heads = 24;
  };
  struct Run {
    static constexpr Offset kind = 0, pages = 4, free = 8, live = 12, next = 16, previous = 20, size = 24;
  };
  enum class Kind : std::uint8_t { inside, free, slab, large };  // `inside` a run: then `pages` is its first page
  static constexpr std::uint32_t magic_word = 0x45465948;        // "HYFE"
  static constexpr std::uint32_t linear_to = 128, linear_classes = linear_to / granule;
  static constexpr std::uint32_t largest_page = 4096, smallest_page = 256, pages_per_class = 8, class_shift = 8;

  /// Where things lie, which follows from the arena's size.
  struct Plan {
    explicit Plan(std::uint32_t arena_size) {
      const std::uint32_t page = std::clamp(std::bit_floor(arena_size / 64), smallest_page, largest_page);
      shift = static_cast<std::uint32_t>(std::countr_zero(page));
      classes = class_of(page * pages_per_class) + 1;
      descriptors = Control::heads + 4 * classes;
      bits_bytes = (arena_size / granule + 31) / 32 * 4;
      // The more pages, the more descriptors before them.
      pages = arena_size >> shift;
      for (;; --pages) {
        bits = descriptors + Run::size * pages;
        const std::uint64_t first_at = align_up(std::uint64_t{bits} + bits_bytes, page);
        first = static_cast<Offset>(std::min<std::uint64_t>(first_at, arena_size));
        if (pages == 0 || first_at + (std::uint64_t{pages} << shift) <= arena_size) break;
      }
    }
    std::uint32_t shift = 0, classes = 0, pages = 0, bits_bytes = 0;
    Offset descriptors = 0, bits = 0, first = 0;
  };

  std::uint32_t load(Offset at) const { return arena_.load(at); }
  Offset end() const { return plan_.first + (plan_.pages << plan_.shift); }
  Offset head_of(std::uint32_t which) const { return Control::heads + 4 * which; }
  std::uint32_t largest_object() const { return pages_per_class << plan_.shift; }
  std::uint32_t pages_for(std::uint32_t size) const {
    return static_cast<std::uint32_t>(align_up(size, std::uint64_t{1} << plan_.shift) >> plan_.shift);
  }
  /// The pages of a slab: about eight objects, in a large arena, and little that is too small for one.
  std::uint32_t slab_pages(std::uint32_t which) const {
    const std::uint32_t size = class_size(which);
    std::uint32_t pages =
        std::clamp(pages_for(8 * size), std::uint32_t{1}, std::max(plan_.pages / 32, pages_for(size)));
    while ((pages << plan_.shift) % size > (pages << plan_.shift) / 8) ++pages;
    return pages;
  }

  // Reading descriptors. `page` is the index of one, a run goes by that of its first.
  Offset descriptor(std::uint32_t page) const { return plan_.descriptors + Run::size * page; }
  std::uint32_t page_at(Offset descriptor) const { return (descriptor - plan_.descriptors) / Run::size; }
  bool is_descriptor(Offset at) const {
    return at >= plan_.descriptors && at < plan_.bits && (at - plan_.descriptors) % Run::size == 0 &&
           is_run(page_at(at));
  }
  Kind kind_of(Offset run) const { return static_cast<Kind>(load(run + Run::kind) & 0xff); }
  std::uint32_t class_at(Offset run) const { return load(run + Run::kind) >> class_shift; }
  std::uint32_t pages_of(std::uint32_t page) const { return load(descriptor(page) + Run::pages); }
  std::uint32_t bytes_of(std::uint32_t page) const { return pages_of(page) << plan_.shift; }
  Offset start_of(std::uint32_t page) const { return plan_.first + (page << plan_.shift); }
  std::uint32_t first_page_of(Offset payload) const {
    const std::uint32_t page = (payload - plan_.first) >> plan_.shift;
    return kind_of(descriptor(page)) == Kind::inside ? load(descriptor(page) + Run::pages) : page;
  }
  /// The size of what a run that is not free is divided into.
  std::uint32_t piece_of(std::uint32_t page) const {
    return kind_of(descriptor(page)) == Kind::slab ? class_size(class_at(descriptor(page))) : bytes_of(page);
  }
  std::uint32_t room_of(Offset payload) const { return piece_of(first_page_of(payload)); }
  /// Whether a run can begin there. Words may have been overwritten.
  bool is_run(std::uint32_t page) const {
    if (page >= plan_.pages) return false;
    const Offset run = descriptor(page);
    const std::uint32_t kind = load(run + Run::kind), pages = pages_of(page);
    if (pages == 0 || pages > plan_.pages - page) return false;
    if (kind_of(run) == Kind::slab) return class_at(run) < plan_.classes && pages == slab_pages(class_at(run));
    return kind == static_cast<std::uint32_t>(Kind::free) || kind == static_cast<std::uint32_t>(Kind::large);
  }
  bool is_slab(Offset run, std::uint32_t which) const {
    return is_descriptor(run) && kind_of(run) == Kind::slab && class_at(run) == which;
  }
  bool is_free_object(Offset object, Offset slab) const {
    const Offset start = start_of(page_at(slab));
    const std::uint32_t size = class_size(class_at(slab)), bytes = bytes_of(page_at(slab));
    return object >= start && object - start < bytes / size * size && (object - start) % size == 0 && !is_live(object);
  }
  Offset live_word(Offset object) const { return plan_.bits + object / granule / 32 * 4; }
  bool is_live(Offset object) const { return (load(live_word(object)) >> (object / granule % 32) & 1) != 0; }

  AllocError refuse(Layout layout) const {
    if (layout.size() == 0) return AllocError::zero_size;
    if (layout.alignment() >> plan_.shift > 1) return AllocError::alignment_too_large;
    return layout.size() > end() - plan_.first ? AllocError::out_of_memory : AllocError::none;
  }
  /// A size whose class is as aligned as asked: beyond 16 bytes, only powers of two are.
  static std::uint32_t rounded(Layout layout) {
    const auto size = static_cast<std::uint32_t>(layout.size());
    if (layout.alignment() <= granule) return size;
    const std::uint64_t least = std::max(layout.size(), layout.alignment());
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::bit_ceil(least), 0xffffffff));
  }
  AllocError refuse_damaged(Damage damage) const {
    arena_.watch().damage(damage);
    return AllocError::damaged;
  }

  // Writing.
  void mark(Offset object, bool live) {
    if constexpr (Checks::validates) {
      const std::uint32_t bit = 1U << (object / granule % 32), word = load(live_word(object));
      arena_.store(live_word(object), live ? word | bit : word & ~bit);
    }
  }
  void fill_guard(Offset payload, std::uint32_t room, std::uint32_t requested) {
    if constexpr (Checks::fills) arena_.fill(payload + requested, room - requested, Fill::guard);
  }
  void write_used(Offset payload, std::uint32_t room, std::uint32_t requested) {
    mark(payload, true);
    if constexpr (Checks::fills) arena_.fill(payload, requested, Fill::fresh);
    fill_guard(payload, room, requested);
    arena_.watch().block({payload, room, payload, requested, BlockState::used});
  }
  void write_descriptor(std::uint32_t page, std::uint32_t kind, std::uint32_t pages) {
    const Offset at = descriptor(page);
    arena_.fill(at, Run::size, Fill::zero);
    arena_.store(at + Run::kind, kind);
    arena_.store(at + Run::pages, pages);
  }
  void write_first(std::uint32_t page, std::uint32_t pages, Kind kind, std::uint32_t which) {
    write_descriptor(page, static_cast<std::uint32_t>(kind) | which << class_shift, pages);
  }
  /// Makes the pages from one to another such as lie inside a run that begins at `first`.
  void write_inside(std::uint32_t from, std::uint32_t to, std::uint32_t first) {
    for (; from < to; ++from) write_descriptor(from, 0, first);
  }
  /// The same of pages that lay inside another run: one word tells the two apart, and there may be thousands.
  void move_inside(std::uint32_t from, std::uint32_t to, std::uint32_t first) {
    for (; from < to; ++from) arena_.store(descriptor(from) + Run::pages, first);
  }
  void write_run(std::uint32_t page, std::uint32_t pages, Kind kind, std::uint32_t which) {
    write_first(page, pages, kind, which);
    write_inside(page + 1, page + pages, page);
  }
  void link(Offset head, Offset run) {
    const Offset next = load(head);
    arena_.store(run + Run::next, next);
    arena_.store(run + Run::previous, 0);
    if (next != 0) arena_.store(next + Run::previous, run);
    arena_.store(head, run);
  }
  void unlink(Offset head, Offset run) {
    const Offset next = load(run + Run::next), previous = load(run + Run::previous);
    arena_.store(previous == 0 ? head : previous + Run::next, next);
    if (next != 0) arena_.store(next + Run::previous, previous);
    arena_.store(run + Run::next, 0);
    arena_.store(run + Run::previous, 0);
  }

  // Runs of pages.
  /// Takes so many pages from the first free run that has them: the index of the first.
  Result<std::uint32_t> take_run(std::uint32_t pages, Kind kind, std::uint32_t which) {
    Offset previous = 0;
    for (Offset run = load(Control::runs); run != 0; run = load(run + Run::next)) {
      if constexpr (Checks::validates) {
        if (!is_descriptor(run) || kind_of(run) != Kind::free || load(run + Run::previous) != previous)
          return refuse_damaged({DamagedPart::control, 0, previous == 0 ? Control::runs : previous + Run::next});
        if (const Damage damage = links_damage(Control::runs, run)) return refuse_damaged(damage);
        previous = run;
      }
      const std::uint32_t page = page_at(run), there = pages_of(page);
      if (there < pages) {
        arena_.watch().note({NoteKind::visited, start_of(page), bytes_of(page)});
        continue;
      }
      arena_.watch().note({NoteKind::chosen, start_of(page), bytes_of(page)});
      if constexpr (Checks::fills) {
        const Offset start = start_of(page), taken_end = start + (pages << plan_.shift);
        if (const Offset found = arena_.first_unlike(start, taken_end - start, Fill::freed); found != taken_end)
          arena_.watch().damage({DamagedPart::fill, start, found});
      }
      unlink(Control::runs, run);
      write_run(page, pages, kind, which);
      if (there > pages) {
        write_first(page + pages, there - pages, Kind::free, 0);
        move_inside(page + pages + 1, page + there, page + pages);
        link(Control::runs, descriptor(page + pages));
        const Block rest{start_of(page + pages), bytes_of(page + pages), 0, 0, BlockState::free};
        arena_.watch().note({NoteKind::split, rest.offset, rest.size});
        arena_.watch().block(rest);
      }
      return page;
    }
    return AllocError::out_of_memory;
  }
  Result<std::uint32_t> take_run_somehow(std::uint32_t pages, Kind kind, std::uint32_t which) {
    const Result<std::uint32_t> page = take_run(pages, kind, which);
    if (page || page.error() != AllocError::out_of_memory || !release_empty_slabs()) return page;
    return take_run(pages, kind, which);
  }
  Result<Offset> allocate_pages(std::uint32_t requested) {
    const Result<std::uint32_t> page = take_run_somehow(pages_for(requested), Kind::large, 0);
    if (!page) return page.error();
    write_used(start_of(*page), bytes_of(*page), requested);
    return start_of(*page);
  }
  AllocError make_slab(std::uint32_t which) {
    const Result<std::uint32_t> page = take_run_somehow(slab_pages(which), Kind::slab, which);
    if (!page) return page.error();
    const std::uint32_t size = class_size(which), capacity = bytes_of(*page) / size;
    const Offset start = start_of(*page);
    for (std::uint32_t i = 0; i < capacity; ++i) {
      const Offset object = start + i * size;
      arena_.store(object, i + 1 < capacity ? object + size : 0);
      arena_.watch().block({object, size, 0, 0, BlockState::free});
    }
    if (const std::uint32_t rest = bytes_of(*page) - capacity * size; rest > 0)
      arena_.watch().block({start + capacity * size, rest, 0, 0, BlockState::control});
    arena_.store(descriptor(*page) + Run::free, start);
    link(head_of(which), descriptor(*page));
    return AllocError::none;
  }
  /// Gives back a slab without live objects, which stands in its class's list.
  void release_slab(std::uint32_t page) {
    unlink(head_of(class_at(descriptor(page))), descriptor(page));
    release_run(page);
  }
  /// Whether there were any that could be given back.
  bool release_empty_slabs() {
    bool any = false;
    for (std::uint32_t which = 0; which < plan_.classes; ++which) {
      const Offset slab = empty_slab(which);
      if (slab == 0) continue;
      if constexpr (Checks::validates) {
        if (run_damage(page_at(slab)) || !believe_neighbours(page_at(slab))) continue;
      }
      release_slab(page_at(slab));
      any = true;
    }
    return any;
  }
  /// The empty slab of a class, which has one at the most; 0 for none. It was the only one of its list when it became
  /// empty; since then others, full until then, may have been put in front of it.
  Offset empty_slab(std::uint32_t which) const {
    [[maybe_unused]] Offset previous = 0;
    for (Offset slab = load(head_of(which)); slab != 0; slab = load(slab + Run::next)) {
      if constexpr (Checks::validates) {
        // A slab that names another as its previous ends the walk: so no list is walked in a circle.
        if (partial_damage(slab, which, previous)) return 0;
        previous = slab;
      }
      if (load(slab + Run::live) == 0) return slab;
    }
    return 0;
  }
  void release_run(std::uint32_t page) {
    std::uint32_t pages = pages_of(page);
    const std::uint32_t own = page, own_end = page + pages;
    if constexpr (Checks::fills) arena_.fill(start_of(page), bytes_of(page), Fill::freed);
    if (const std::uint32_t after = page + pages; after < plan_.pages && kind_of(descriptor(after)) == Kind::free) {
      unlink(Control::runs, descriptor(after));
      pages += pages_of(after);
      arena_.watch().note({NoteKind::coalesced, start_of(page), pages << plan_.shift});
    }
    if (page > 0 && kind_of(descriptor(run_before(page))) == Kind::free) {
      const std::uint32_t before = run_before(page);
      unlink(Control::runs, descriptor(before));
      pages += page - before;
      page = before;
      arena_.watch().note({NoteKind::coalesced, start_of(page), pages << plan_.shift});
    }
    const std::uint32_t run_end = page + pages, last_written = std::min(own_end + 1, run_end);
    write_first(page, pages, Kind::free, 0);
    write_inside(std::max(own, page + 1), last_written, page);
    move_inside(last_written, run_end, page);  // those before its own lie inside of it already
    link(Control::runs, descriptor(page));
    arena_.watch().note({NoteKind::linked, start_of(page), bytes_of(page)});
    arena_.watch().block({start_of(page), bytes_of(page), 0, 0, BlockState::free});
  }
  std::uint32_t run_before(std::uint32_t page) const { return first_page_of(start_of(page) - 1); }

  // Damage.
  bool believe_neighbours(std::uint32_t page) const {
    Damage damage;
    const std::uint32_t after = page + pages_of(page);
    if (after < plan_.pages) damage = free_run_damage(after);
    if (!damage && page > 0) {
      const std::uint32_t before = run_before(page);
      damage = before < page && is_run(before) && before + pages_of(before) == page
                   ? free_run_damage(before)
                   : Damage{DamagedPart::control, start_of(page), descriptor(page - 1)};
    }
    if (!damage && load(Control::runs) != 0 &&
        (!is_descriptor(load(Control::runs)) || kind_of(load(Control::runs)) != Kind::free))
      damage = {DamagedPart::control, 0, Control::runs};
    if (damage) arena_.watch().damage(damage);
    return !damage;
  }
  /// Of a run that may be a free one, what keeps it from being taken out of the list.
  Damage free_run_damage(std::uint32_t page) const {
    const Offset run = descriptor(page);
    if (!is_run(page)) return {DamagedPart::control, start_of(page), run};
    return kind_of(run) == Kind::free ? links_damage(Control::runs, run) : Damage{};
  }
  /// Where a run's links and those of its neighbours in the list disagree.
  Damage links_damage(Offset head, Offset run) const {
    const auto is_like = [&](Offset other) {
      return is_descriptor(other) && load(other + Run::kind) == load(run + Run::kind);
    };
    const Offset next = load(run + Run::next), previous = load(run + Run::previous);
    if (next != 0 && !(is_like(next) && load(next + Run::previous) == run))
      return {DamagedPart::control, start_of(page_at(run)), run + Run::next};
    if (previous == 0 ? load(head) != run : !(is_like(previous) && load(previous + Run::next) == run))
      return {DamagedPart::control, start_of(page_at(run)), run + Run::previous};
    return {};
  }
  /// What keeps the slab behind `previous`, 0 for the head, from being one with a free object in the list of its class.
  Damage partial_damage(Offset slab, std::uint32_t which, Offset previous) const {
    const Offset from = previous == 0 ? head_of(which) : previous + Run::next;
    if (!is_slab(slab, which) || load(slab + Run::free) == 0 || load(slab + Run::previous) != previous)
      return {DamagedPart::control, 0, from};
    return links_damage(head_of(which), slab);
  }
  Damage object_fill_damage(Offset object, std::uint32_t size) const {
    if constexpr (Checks::fills) {
      const Offset from = object + 4, object_end = object + size;
      if (const Offset found = arena_.first_unlike(from, object_end - from, Fill::freed); found != object_end)
        return {DamagedPart::fill, object, found};
    }
    return {};
  }
  /// Whether a slab's count of live objects can be believed when `payload`, one of them, is given back: as many as it
  /// has room for exactly where its list is empty, and no other one where the slab itself would be given back. O(1),
  /// and O(objects) then.
  bool is_count_true(std::uint32_t page, Offset payload) const {
    const Offset run = descriptor(page), start = start_of(page);
    const std::uint32_t live = load(run + Run::live), size = piece_of(page), capacity = bytes_of(page) / size;
    const bool full = load(run + Run::free) == 0;
    if (live == 0 || live > capacity || (live == capacity) != full) return false;
    const bool alone =
        full ? load(head_of(class_at(run))) == 0 : load(run + Run::next) == 0 && load(run + Run::previous) == 0;
    if (live > 1 || alone) return true;
    for (std::uint32_t i = 0; i < capacity; ++i) {
      if (const Offset object = start + i * size; object != payload && is_live(object)) return false;
    }
    return true;
  }
  /// Damage inside a run that `is_run`.
  Damage run_damage(std::uint32_t page) const {
    const Offset run = descriptor(page), start = start_of(page);
    for (std::uint32_t i = 1; i < pages_of(page); ++i) {
      const Offset at = descriptor(page + i);
      if (load(at + Run::kind) != 0 || load(at + Run::pages) != page) return {DamagedPart::control, start, at};
      if (const Offset found = arena_.first_unlike(at + 8, Run::size - 8, Fill::zero); found != at + Run::size)
        return {DamagedPart::control, start, found};
    }
    if (kind_of(run) == Kind::slab) return slab_damage(page);
    if (load(run + Run::free) != 0 || load(run + Run::live) != 0) return {DamagedPart::control, start, run + Run::free};
    const bool large = kind_of(run) == Kind::large;
    if (large && (load(run + Run::next) != 0 || load(run + Run::previous) != 0))
      return {DamagedPart::control, start, run + Run::next};
    if constexpr (Checks::validates) {
      for (Offset at = start; at < start + bytes_of(page); at += granule) {
        if (is_live(at) != (large && at == start)) return {DamagedPart::control, start, live_word(at)};
      }
    }
    if constexpr (Checks::fills) {
      const Offset run_end = start + bytes_of(page);
      if (large) return {};
      if (const Offset found = arena_.first_unlike(start, run_end - start, Fill::freed); found != run_end)
        return {DamagedPart::fill, start, found};
    }
    return {};
  }
  Damage slab_damage(std::uint32_t page) const {
    const Offset run = descriptor(page), start = start_of(page);
    const std::uint32_t size = piece_of(page), capacity = bytes_of(page) / size;
    std::uint32_t live = 0;
    for (Offset at = start; at < start + bytes_of(page); at += granule) {
      if (!is_live(at)) continue;
      if ((at - start) % size != 0 || at - start >= capacity * size)
        return {DamagedPart::control, start, live_word(at)};
      ++live;
    }
    if constexpr (Checks::validates) {
      if (load(run + Run::live) != live) return {DamagedPart::control, start, run + Run::live};
    }
    std::uint32_t listed = 0;
    std::vector<bool> seen(capacity);  // the link that leads to an object for the second time is the wrong one
    Offset link = run + Run::free;
    for (Offset object = load(link); object != 0; object = load(link)) {
      if (!is_free_object(object, run) || seen[(object - start) / size])
        return {DamagedPart::link, link < plan_.first ? start : link, link};
      seen[(object - start) / size] = true;
      ++listed;
      if (const Damage damage = object_fill_damage(object, size)) return damage;
      link = object;
    }
    if (listed != capacity - load(run + Run::live)) return {DamagedPart::control, start, run + Run::live};
    if (listed == 0 && (load(run + Run::next) != 0 || load(run + Run::previous) != 0))
      return {DamagedPart::control, start, run + Run::next};
    if constexpr (Checks::fills) {
      const Offset rest = start + capacity * size, run_end = start + bytes_of(page);
      if (const Offset found = arena_.first_unlike(rest, run_end - rest, Fill::freed); found != run_end)
        return {DamagedPart::control, rest, found};
    }
    return {};
  }
  Damage list_damage(Offset head, Kind kind, std::uint32_t which, std::uint32_t expected) const {
    std::uint32_t listed = 0;
    Offset previous = 0;
    for (Offset run = load(head); run != 0; run = load(run + Run::next)) {
      const Offset from = previous == 0 ? head : previous + Run::next;
      if (++listed > expected || !is_descriptor(run) ||
          load(run + Run::kind) != (static_cast<std::uint32_t>(kind) | which << class_shift) ||
          load(run + Run::previous) != previous || (kind == Kind::slab && load(run + Run::free) == 0))
        return {DamagedPart::control, 0, from};
      previous = run;
    }
    return listed == expected ? Damage{} : Damage{DamagedPart::control, 0, head};
  }
  /// What nobody writes: the words beside the heads, the bits of no page and the zeros behind them, the rest.
  Damage margin_damage() const {
    const auto unlike_zero = [this](Offset from, Offset to) {
      return arena_.first_unlike(from, to - from, Fill::zero) != to;
    };
    if (unlike_zero(Control::zeros, Control::heads)) return {DamagedPart::control, 0, Control::zeros};
    const Offset first_word = live_word(plan_.first);
    if (unlike_zero(plan_.bits, first_word)) return {DamagedPart::control, 0, plan_.bits};
    for (Offset at = plan_.first - plan_.first / granule % 32 * granule; at < plan_.first; at += granule) {
      if (is_live(at)) return {DamagedPart::control, 0, live_word(at)};
    }
    const Offset bits_end = plan_.bits + plan_.bits_bytes;
    for (std::uint64_t at = end(); at / granule / 32 * 4 < plan_.bits_bytes; at += granule) {
      if (is_live(static_cast<Offset>(at))) return {DamagedPart::control, 0, live_word(static_cast<Offset>(at))};
    }
    if (unlike_zero(bits_end, plan_.first)) return {DamagedPart::control, 0, bits_end};
    if constexpr (Checks::fills) {
      if (const Offset found = arena_.first_unlike(end(), arena_.size() - end(), Fill::freed); found != arena_.size())
        return {DamagedPart::control, end(), found};
    }
    return {};
  }

  Arena<Watch> arena_;
  Plan plan_;
};

}  // namespace heapyard
