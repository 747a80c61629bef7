#include "heapyard/view/heap_rows.hpp"

#include "heapyard/view/heap_words.hpp"

#include <algorithm>

namespace heapyard {
namespace {

/// Fewer rows than these are all drawn.
constexpr std::uint64_t most_unfolded = 16;
/// Fewer rows than these are not worth a fold.
constexpr std::uint64_t worth_a_fold = 3;

/// Blocks that look alike, row for row: one block, or neighbours that are all free.
struct Run {
  Offset begin = 0;
  std::uint64_t end = 0;
  std::uint32_t blocks = 0;
  const OwnedBlock* first = nullptr;
};

template <class F>
void for_each_run(const History& history, F f) {
  Run run;
  for (const auto& [offset, block] : history.blocks()) {
    const bool joins = run.first != nullptr && run.first->state == BlockState::free && block.state == BlockState::free;
    if (!joins) {
      if (run.first != nullptr) f(run);
      run = {offset, 0, 0, &block};
    }
    run.end = std::uint64_t{offset} + block.size;
    ++run.blocks;
  }
  if (run.first != nullptr) f(run);
}

/// The rows of a run that are folded: whole rows, but for one that still shows how the run begins.
struct Fold {
  std::uint64_t begin = 0, end = 0;
};
Fold fold_of(const Run& run, std::uint64_t row_bytes) {
  const std::uint64_t begin = (std::uint64_t{run.begin} + row_bytes - 1) / row_bytes * row_bytes + row_bytes;
  const std::uint64_t end = run.end / row_bytes * row_bytes;
  if (end <= begin || end - begin < worth_a_fold * row_bytes) return {};
  return {begin, end};
}

std::uint64_t plain_rows(const History& history, std::uint64_t row_bytes) {
  return (std::uint64_t{history.trace().arena_size} + row_bytes - 1) / row_bytes;
}

std::uint64_t count_rows(const History& history, std::uint64_t row_bytes) {
  std::uint64_t rows = plain_rows(history, row_bytes);
  if (rows <= most_unfolded) return rows;
  for_each_run(history, [&](const Run& run) {
    const Fold fold = fold_of(run, row_bytes);
    if (fold.end != 0) rows -= (fold.end - fold.begin) / row_bytes - 1;
  });
  return rows;
}

class RowBuilder {
 public:
  RowBuilder(const History& history, std::uint32_t row_bytes)
      : history_(history), row_bytes_(row_bytes), arena_(history.trace().arena_size) {}

  std::vector<HeapRow> build() {
    if (plain_rows(history_, row_bytes_) > most_unfolded) {
      for_each_run(history_, [this](const Run& run) {
        const Fold fold = fold_of(run, row_bytes_);
        if (fold.end == 0 || fold.begin < at_) return;
        plain_rows_to(fold.begin);
        folded_row(run, fold);
      });
    }
    plain_rows_to(arena_);
    for (const auto& [offset, block] : history_.blocks()) place(block);
    return std::move(rows_);
  }

 private:
  void plain_rows_to(std::uint64_t end) {
    while (at_ < end) {
      HeapRow row;
      row.offset = static_cast<Offset>(at_);
      row.size = std::min<std::uint64_t>(row_bytes_, arena_ - at_);
      at_ += row.size;
      rows_.push_back(std::move(row));
    }
  }

  void folded_row(const Run& run, const Fold& fold) {
    HeapRow row;
    row.offset = static_cast<Offset>(fold.begin);
    row.size = fold.end - fold.begin;
    row.folded = row.size / row_bytes_;
    for (auto found = history_.blocks().find(run.first->offset);
         found != history_.blocks().end() && found->first < fold.end; ++found) {
      if (found->second.end() <= fold.begin) continue;
      if (row.blocks++ == 0) row.cells.push_back({&found->second, part_of(found->second), row.offset, 0});
    }
    at_ = fold.end;
    rows_.push_back(std::move(row));
  }

  /// What the inside of a block is.
  static HeapPart part_of(const OwnedBlock& block) {
    if (block.state == BlockState::used) return HeapPart::payload;
    return block.state == BlockState::free ? HeapPart::free : HeapPart::control;
  }

  void place(const OwnedBlock& block) {
    if (block.state != BlockState::used) return place(block, part_of(block), block.offset, block.end());
    const Offset payload_end = block.payload_offset + block.payload_size;
    place(block, HeapPart::header, block.offset, block.payload_offset);
    place(block, HeapPart::payload, block.payload_offset, payload_end);
    place(block, HeapPart::padding, payload_end, block.end());
  }

  void place(const OwnedBlock& block, HeapPart part, std::uint64_t begin, std::uint64_t end) {
    if (begin >= end) return;
    auto row = std::upper_bound(rows_.begin(), rows_.end(), begin,
                                [](std::uint64_t offset, const HeapRow& other) { return offset < other.offset; });
    for (--row; row != rows_.end() && row->offset < end; ++row) {
      if (row->folded != 0) continue;
      const std::uint64_t from = std::max<std::uint64_t>(begin, row->offset), to = std::min(end, row->end());
      HeapCell cell{&block, part, static_cast<Offset>(from), static_cast<std::uint32_t>(to - from)};
      cell.begins = from == begin;
      cell.block_begins = from == block.offset;
      cell.block_ends = to == block.end();
      cell.from_above = from == row->offset && !cell.block_begins;
      cell.goes_on = to == row->end() && !cell.block_ends;
      row->cells.push_back(cell);
    }
  }

  const History& history_;
  std::uint64_t row_bytes_;
  std::uint64_t arena_;
  std::uint64_t at_ = 0;
  std::vector<HeapRow> rows_;
};

}  // namespace

std::vector<HeapRow> heap_rows(const History& history, std::uint32_t row_bytes) {
  return RowBuilder(history, row_bytes).build();
}

std::uint32_t choose_row_bytes(const History& history, std::uint32_t least, std::uint32_t most, std::size_t max_rows) {
  for (std::uint64_t row_bytes = least; row_bytes <= most; row_bytes *= 2) {
    if (count_rows(history, row_bytes) <= max_rows) return static_cast<std::uint32_t>(row_bytes);
  }
  return 0;
}

bool HeapMarks::is_fault(const OwnedBlock& block) const {
  if (&block == fault) return true;
  return block.state == BlockState::used && std::binary_search(leaked.begin(), leaked.end(), block.allocation);
}

HeapMarks heap_marks(const Lab& lab, Moment moment) {
  const History& history = lab.history();
  HeapMarks marks;
  marks.now = subject_of_step(lab);
  marks.changed = history.changed();
  for (const Fault& fault : faults_of_step(lab, moment)) {
    if (fault.kind == FaultKind::leak) {
      marks.leaked.push_back(fault.allocation);
    } else if (marks.fault == nullptr) {
      marks.fault = history.block_at(fault.kind == FaultKind::damage ? fault.damage.block : fault.address);
    }
  }
  return marks;
}

HeapDensity heap_density(const Lab& lab, const HeapMarks& marks, std::size_t max_cells, std::uint64_t least) {
  const History& history = lab.history();
  HeapDensity density;
  std::uint64_t end = least;  // or of the last used block
  for (const auto& [offset, block] : history.blocks()) {
    if (block.state == BlockState::used) end = std::max<std::uint64_t>(end, block.end());
  }
  end = std::min<std::uint64_t>(std::max<std::uint64_t>(end, max_cells), history.trace().arena_size);
  while (density.cell_bytes * max_cells < end) density.cell_bytes *= 2;
  density.cells.resize(static_cast<std::size_t>((end + density.cell_bytes - 1) / density.cell_bytes));
  density.shown = std::min<std::uint64_t>(density.cells.size() * density.cell_bytes, history.trace().arena_size);

  for (const auto& [offset, block] : history.blocks()) {
    const bool now = &block == marks.now, fault = marks.is_fault(block);
    const bool is_free = block.state == BlockState::free;
    if (offset >= density.shown || (is_free && !now && !fault)) continue;
    // Of a free block its beginning alone: it may be most of the arena.
    const std::uint64_t block_end = std::min<std::uint64_t>(is_free ? offset + 1 : block.end(), density.shown);
    for (std::uint64_t at = offset; at < block_end;) {
      DensityCell& cell = density.cells[static_cast<std::size_t>(at / density.cell_bytes)];
      const std::uint64_t next = std::min((at / density.cell_bytes + 1) * density.cell_bytes, block_end);
      if (!is_free) cell.used += next - at;
      cell.now = cell.now || now;
      cell.fault = cell.fault || fault;
      at = next;
    }
  }
  return density;
}

}  // namespace heapyard
