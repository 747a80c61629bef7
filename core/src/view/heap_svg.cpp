#include "heapyard/view/heap_svg.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/heap_faults.hpp"
#include "heapyard/view/heap_numbers.hpp"
#include "heapyard/view/heap_rows.hpp"
#include "heapyard/view/heap_twin.hpp"
#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/wrapped.hpp"

#include "heap_forms.hpp"
#include "link_routes.hpp"
#include "svg_style.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace heapyard {
namespace {

// CSS pixels, whole ones.
constexpr int margin = 24;
constexpr int gutter = 84;  // for the addresses
constexpr int map_width = 768;
constexpr int left = margin + gutter;
constexpr int right = left + map_width;
constexpr int width = right + 40 + margin;  // links run to the right of the rows
constexpr int bar = 28;
constexpr int folded_bar = 16;
constexpr int character = 8;
constexpr std::size_t words_in_line = 128;

constexpr std::uint32_t least_row_bytes = 64;
constexpr std::uint32_t most_row_bytes = 256;
constexpr std::size_t most_rows = 48;
constexpr std::size_t most_links = 48;
constexpr std::size_t most_faults = 12;
constexpr std::uint32_t most_blocks_in_twin = 512;

constexpr std::size_t density_columns = 64;
constexpr std::size_t density_rows = 40;
constexpr int density_bar = 12;

/// All of a block in one row.
struct Span {
  const OwnedBlock* block = nullptr;
  std::size_t row = 0;
  int x = 0, width = 0;
  bool from_above = false, goes_on = false;
};

class Drawing {
 public:
  Drawing(const Lab& lab, Moment moment)
      : lab_(lab), history_(lab.history()), moment_(moment), marks_(heap_marks(lab, moment)) {}

  std::string draw() {
    draw_head();
    row_bytes_ = choose_row_bytes(history_, least_row_bytes, most_row_bytes, most_rows);
    if (history_.blocks().empty()) {
      words("soft", say("There is no heap to draw."));
    } else if (row_bytes_ != 0) {
      draw_rows();
      draw_row_legend();
    } else {
      draw_density();
    }
    draw_numbers();
    draw_faults();
    const std::string title = history_.now() == 0
                                  ? say("The heap before the first of {} steps", history_.steps())
                                  : say("The heap after step {} of {}", history_.now(), history_.steps());
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n"
        "<title>{2}</title>\n<desc>{3}</desc>\n{4}{5}<rect class=\"paper\" width=\"{0}\" height=\"{1}\"/>\n{6}</svg>\n",
        width, y_ + margin, title, svg_escaped(heap_twin(lab_, moment_, most_blocks_in_twin)), svg_style(),
        heap_form_style(), body_);
  }

 private:
  void draw_head() {
    y_ = margin + 16;
    text("title ink", margin, y_,
         history_.now() == 0 ? say("Before the first call") : say("Step {} of {}", history_.now(), history_.steps()));
    text("words soft right", width - margin, y_,
         fmt::format("{} · {}", lab_.allocator(), bytes_text(lab_.arena_bytes())));
    y_ += 12;
    if (history_.now() != 0) {
      shape("now-fill", fmt::format("M{} {}h3v20h-3z", margin, y_));
      text("name ink", margin + 12, y_ + 15,
           say("line {}: {}", history_.trace().line_of_step(history_.now()), call_text(lab_, history_.now())));
      y_ += 28;
    }
    words("ink", step_sentence(lab_));
    y_ += 8;
  }

  int x_of(const HeapRow& row, std::uint64_t offset) const {
    return left + static_cast<int>((offset - row.offset) * map_width / row_bytes_);
  }

  void draw_rows() {
    rows_ = heap_rows(history_, row_bytes_);
    collect_spans();
    std::vector<int> heights;
    for (const HeapRow& row : rows_) heights.push_back(row.folded != 0 ? folded_bar : bar);
    const std::vector<LinkToRoute> links = links_in_view();
    const LinkRoutes routes = route_links(heights, links, right + 8);
    for (const int row_y : routes.y) row_y_.push_back(y_ + row_y);

    for (std::size_t row = 0; row < rows_.size(); ++row) draw_row(row);
    draw_labels();
    draw_changed();
    for (const std::string& path : routes.paths) {
      body_ += fmt::format("<path class=\"link\" marker-end=\"url(#arrow)\" transform=\"translate(0 {})\" d=\"{}\"/>\n",
                           y_, path);
    }
    for (const Span* head : free_heads_) draw_free_head(*head);
    for (const Span& span : spans_) {
      if (span.block == marks_.now && !marks_.is_fault(*span.block)) outline("now", span);
      if (marks_.is_fault(*span.block)) outline("bad", span);
    }
    y_ += routes.height;
    if (links_left_out_ > 0) {
      words("soft", links_left_out_ == 1 ? say("1 more link of the free list is not drawn.")
                                         : say("{} more links of the free list are not drawn.", links_left_out_));
    }
  }

  void collect_spans() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].folded != 0) continue;
      for (const HeapCell& cell : rows_[row].cells) {
        const int end = x_of(rows_[row], std::uint64_t{cell.offset} + cell.size);
        if (!spans_.empty() && spans_.back().block == cell.block && spans_.back().row == row) {
          spans_.back().width = end - spans_.back().x;
          spans_.back().goes_on = cell.goes_on;
          continue;
        }
        const int x = x_of(rows_[row], cell.offset);
        if (cell.block_begins) begins_.emplace(cell.block->offset, spans_.size());
        spans_.push_back({cell.block, row, x, end - x, cell.from_above, cell.goes_on});
      }
    }
  }

  const Span* span_of(Offset block) const {
    const auto found = begins_.find(block);
    return found == begins_.end() ? nullptr : &spans_[found->second];
  }

  std::vector<LinkToRoute> links_in_view() {
    const Structure structure = lab_.structure();
    for (const Offset head : structure.heads()) {
      if (const Span* span = span_of(head)) free_heads_.push_back(span);
    }
    std::vector<LinkToRoute> links;
    for (const Link& link : structure.links()) {
      const Span* from = span_of(link.from);
      const Span* to = span_of(link.to);
      if (from == nullptr || to == nullptr || links.size() == most_links) {
        ++links_left_out_;
      } else {
        links.push_back({{from->row, from->x, from->width}, {to->row, to->x, to->width}});
      }
    }
    return links;
  }

  void draw_row(std::size_t index) {
    const HeapRow& row = rows_[index];
    const int y = row_y_[index];
    if (row.folded != 0) {
      shape("edge torn", fmt::format("M{} {}H{}", left, y + folded_bar / 2, right));
      const std::string what = row.cells[0].part == HeapPart::free
                                   ? say("all free")
                                   : say("all of {}", block_name(lab_, *row.cells[0].block));
      text("soft halo paper-edge middle", (left + right) / 2, y + 12,
           say("{} rows more, {}: {}", row.folded, what, bytes_text(row.size)));
      return;
    }
    text("soft", margin, y + 18, address_text(row.offset, lab_.arena_bytes()));
    std::string rules;
    for (std::uint64_t at = row.offset; at <= row.end(); at += row_bytes_ / 8)
      rules += fmt::format("M{} {}v{}", x_of(row, at), y - 4, bar + 8);
    shape("hair", rules);
    for (const HeapCell& cell : row.cells) draw_cell(row, y, cell);
  }

  void draw_cell(const HeapRow& row, int y, const HeapCell& cell) {
    const int x = x_of(row, cell.offset), end = x_of(row, std::uint64_t{cell.offset} + cell.size);
    if (x == end) return;
    const bool opens = cell.from_above && cell.offset == row.offset;
    const bool goes_on = cell.goes_on && std::uint64_t{cell.offset} + cell.size == row.end();
    const std::string path = bar_path({x, end, y, bar}, opens, goes_on);
    body_ += fmt::format("<path class=\"{}\" data-offset=\"{}\" data-bytes=\"{}\" d=\"{}\"/>\n", class_of(cell),
                         cell.offset, cell.size, path);
  }

  static std::string class_of(const HeapCell& cell) {
    switch (cell.part) {
      case HeapPart::control: return "control edge";
      case HeapPart::header: return "head";
      case HeapPart::padding: return "padding";
      case HeapPart::free: return "free line";
      case HeapPart::payload: break;
    }
    return fmt::format("hue-{}", (cell.block->allocation + svg_hues - 1) % svg_hues);
  }

  /// The name of every block, once, in the first of its bars that has room for all of it, else in the widest.
  void draw_labels() {
    struct Place {
      int x = 0, width = 0;
      std::size_t row = 0;
    };
    std::map<Offset, Place> places;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].folded != 0) continue;
      for (const HeapCell& cell : rows_[row].cells) {
        if (cell.part != HeapPart::payload && cell.part != HeapPart::free) continue;
        const int x = x_of(rows_[row], cell.offset);
        const int end = x_of(rows_[row], std::uint64_t{cell.offset} + cell.size);
        Place& place = places[cell.block->offset];
        const int wanted = static_cast<int>(columns_of(label_of(*cell.block))) * character + 14;
        if (place.width < wanted && end - x > place.width) place = {x, end - x, row};
      }
    }
    for (const auto& [offset, place] : places) {
      const OwnedBlock& block = *history_.block_at(offset);
      const int room = (place.width - 12) / character;
      if (room < 1) continue;
      const std::string label = label_of(block);
      std::string shown = label;
      if (columns_of(label) > static_cast<std::size_t>(room)) {
        if (block.state == BlockState::free) continue;
        shown = clipped(block_name(lab_, block), static_cast<std::size_t>(room));
      }
      text(block.state == BlockState::free ? "soft halo paper-edge" : "name on-hue", place.x + 7,
           row_y_[place.row] + 18, shown);
    }
  }
  std::string label_of(const OwnedBlock& block) const {
    if (block.state == BlockState::free) return say("free {}", block.size);
    return fmt::format("{} · {}", block_name(lab_, block), block.payload_size);
  }

  /// Along the lower edge of the bars.
  void draw_changed() {
    for (const ByteRange& range : marks_.changed) {
      const std::uint64_t end = std::uint64_t{range.offset} + range.size;
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (rows_[row].folded != 0 || rows_[row].end() <= range.offset || rows_[row].offset >= end) continue;
        const int from = x_of(rows_[row], std::max<std::uint64_t>(range.offset, rows_[row].offset));
        const int to = x_of(rows_[row], std::min(end, rows_[row].end()));
        body_ +=
            fmt::format("<rect class=\"now-fill changed paper-edge\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"5\"/>\n",
                        from, row_y_[row] + bar - 5, std::max(2, to - from));
      }
    }
  }

  void draw_free_head(const Span& head) {
    const int x = head.x + 4, y = row_y_[head.row];
    body_ += fmt::format("<path class=\"link\" marker-end=\"url(#arrow)\" d=\"M{} {}v12\"/>\n", x, y - 13);
    text("soft halo paper-edge", x + 9, y - 4, say("free list"));
  }

  /// Around a bar, open where the block goes on.
  void outline(std::string_view kind, const Span& span) {
    const std::string path =
        outline_path({span.x, span.x + span.width, row_y_[span.row], bar}, span.from_above, span.goes_on);
    shape(fmt::format("outline {}", kind), path);
  }

  void draw_row_legend() {
    struct Form {
      const char* classes;
      std::string words;
      bool thin = false;
    };
    const Form forms[] = {{"head", say("header")},
                          {"hue-0", say("payload")},
                          {"padding", say("padding")},
                          {"free line", say("free")},
                          {"control edge", say("the allocator's own")},
                          {"outline now", say("this step")},
                          {"now-fill", say("changed bytes"), true},
                          {"outline bad", say("fault")}};
    int x = left;
    for (const Form& form : forms) {
      shape(form.classes, fmt::format("M{} {}h18v{}h-18z", x, form.thin ? y_ + 15 : y_ + 6, form.thin ? 5 : 14));
      text("words soft", x + 25, y_ + 18, form.words);
      x += 25 + static_cast<int>(columns_of(form.words)) * 7 + 18;
    }
    y_ += 34;
  }

  void draw_density() {
    const HeapDensity density = heap_density(lab_, marks_, density_columns * density_rows);
    const int cell = map_width / static_cast<int>(density_columns);
    words("soft", say("{} blocks are too many to draw one by one: each cell stands for {}, fuller where more "
                      "of them are in use; a red frame holds a leaked block or a fault.",
                      history_.blocks().size(), bytes_text(density.cell_bytes)));
    y_ += 8;
    for (std::size_t i = 0; i < density.cells.size(); ++i) {
      const DensityCell& each = density.cells[i];
      const int x = left + static_cast<int>(i % density_columns) * cell;
      const int y = y_ + static_cast<int>(i / density_columns) * (density_bar + 2);
      if (i % density_columns == 0)
        text("soft", margin, y + 10, address_text(i * density.cell_bytes, lab_.arena_bytes()));
      const int full = static_cast<int>((each.used * density_bar + density.cell_bytes - 1) / density.cell_bytes);
      shape("free line", fmt::format("M{} {}h{}v{}h-{}z", x, y, cell - 1, density_bar, cell - 1));
      if (full > 0) shape("hue-0", fmt::format("M{} {}h{}v-{}h-{}z", x, y + density_bar, cell - 1, full, cell - 1));
      if (each.now && !each.fault)
        shape("outline now", fmt::format("M{} {}h{}v{}h-{}z", x, y, cell - 1, density_bar, cell - 1));
      if (each.fault) shape("outline bad", fmt::format("M{} {}h{}v{}h-{}z", x, y, cell - 1, density_bar, cell - 1));
    }
    y_ += static_cast<int>((density.cells.size() + density_columns - 1) / density_columns) * (density_bar + 2) + 8;
    if (density.shown < lab_.arena_bytes())
      words("soft", say("Free from {} to the end: {}.", address_text(density.shown, lab_.arena_bytes()),
                        bytes_text(lab_.arena_bytes() - density.shown)));
  }

  void draw_numbers() {
    const std::vector<HeapNumber> numbers = heap_numbers(history_.statistics());
    const int step = (width - 2 * margin) / static_cast<int>(numbers.size());
    y_ += 10;
    int x = margin;
    for (const HeapNumber& number : numbers) {
      text("number ink", x, y_ + 20, number.value);
      text("words soft", x, y_ + 40, number.words);
      x += step;
    }
    y_ += 50;
  }

  void draw_faults() {
    const std::span<const Fault> faults = faults_so_far(lab_, moment_);
    const std::size_t shown = std::min(faults.size(), most_faults), left_out = faults.size() - shown;
    for (const Fault& fault : faults.first(shown)) {
      const FaultWords told = fault_words(lab_, fault);
      y_ += 10;
      text("title bad-ink", margin, y_ + 16, told.title);
      y_ += 26;
      words("ink", told.message);
      words("soft", told.silently);
    }
    if (left_out > 0) {
      y_ += 10;
      words("bad-ink", left_out == 1 ? say("And 1 more fault.") : say("And {} more faults.", left_out));
    }
  }

  void words(std::string_view classes, std::string_view said) {
    for (const std::string& line : wrapped(said, words_in_line)) {
      text(fmt::format("words {}", classes), margin, y_ + 14, line);
      y_ += 20;
    }
  }
  void shape(std::string_view classes, std::string_view path) {
    body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", classes, path);
  }
  void text(std::string_view classes, int x, int y, std::string_view words) {
    body_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", classes, x, y, svg_escaped(words));
  }

  const Lab& lab_;
  const History& history_;
  Moment moment_;
  HeapMarks marks_;
  std::uint32_t row_bytes_ = 0;
  std::vector<HeapRow> rows_;
  std::vector<int> row_y_;
  std::vector<Span> spans_;
  std::map<Offset, std::size_t> begins_;  ///< the first span of each block
  std::vector<const Span*> free_heads_;
  std::size_t links_left_out_ = 0;
  std::string body_;
  int y_ = 0;  // the lower edge of what is drawn so far
};

}  // namespace

std::string heap_svg(const Lab& lab, Moment moment) {
  return Drawing(lab, moment).draw();
}

}  // namespace heapyard
