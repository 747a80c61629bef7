#include "interactive.hpp"

#include "heapyard/view/heap_words.hpp"
#include "heapyard/view/wrapped.hpp"

#include "heap_drawing.hpp"
#include "heap_map.hpp"
#include "raw_screen.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

using Lines = std::vector<std::string>;

constexpr std::uint32_t page_of_steps = 10;
constexpr std::size_t most_digits = 10;
constexpr std::size_t most_reserved = 3;  // lines for what a step did

constexpr const char* help[] = {
    "",
    "  right, l, n, space   a step forward",
    "  left, h, p           a step back",
    "  page down, page up   ten steps forward, back",
    "  home, end            the empty heap, the end",
    "  g 12 enter           to step 12",
    "  f, F                 the next step with a fault, the one before",
    "  w                    why it did that: the inner steps of the call, or the script again",
    "  q                    quit",
    "",
    "  Any key goes back.",
};

class Stepper {
 public:
  Stepper(Terminal& terminal, Lab& lab, const Input& input)
      : terminal_(terminal), lab_(lab), name_(input.name), script_(printable_lines(terminal, input.text)) {
    for (const Fault& fault : lab.history().trace().faults) fault_steps_.insert(fault.step);
    for (std::string& point : printable_lines(terminal, name_)) name_ = point;
  }

  void run() {
    RawScreen screen;
    bool goes_on = true;
    while (goes_on) {
      draw(screen.size());
      if (terminal_.lost()) return;
      const KeyPress press = screen.next_key();
      if (press.key == Key::suspend) {
        screen.suspend();
      } else if (press.key != Key::resized) {
        goes_on = handle(press);
      }
    }
  }

 private:
  History& history() { return lab_.history(); }

  /// False to quit.
  bool handle(const KeyPress& press) {
    if (press.key == Key::closed || press.key == Key::interrupt) return false;
    said_.clear();
    if (shows_help_) {
      shows_help_ = false;
      return true;
    }
    if (asks_for_step_) {
      type_step(press);
      return true;
    }
    const std::uint32_t now = history().now(), steps = history().steps();
    switch (press.key) {
      case Key::right:
      case Key::down: history().forward(); break;
      case Key::left:
      case Key::up: history().back(); break;
      case Key::home: history().seek(0); break;
      case Key::end: history().seek(steps); break;
      case Key::page_down: history().seek(now + std::min(page_of_steps, steps - now)); break;
      case Key::page_up: history().seek(now - std::min(page_of_steps, now)); break;
      case Key::character: return handle(press.character);
      default: break;
    }
    return true;
  }

  bool handle(char character) {
    switch (character) {
      case 'l':
      case 'n':
      case ' ': history().forward(); break;
      case 'h':
      case 'p': history().back(); break;
      case 'g':
        asks_for_step_ = true;
        typed_.clear();
        break;
      case 'f': to_fault(fault_steps_.upper_bound(history().now()), "No fault after this step."); break;
      case 'F': {
        auto found = fault_steps_.lower_bound(history().now());
        to_fault(found == fault_steps_.begin() ? fault_steps_.end() : std::prev(found), "No fault before this step.");
        break;
      }
      case 'w': shows_why_ = !shows_why_; break;
      case '?': shows_help_ = true; break;
      case 'q': return false;
      default: said_ = "? shows the keys.";
    }
    return true;
  }

  void to_fault(std::set<std::uint32_t>::const_iterator found, const char* otherwise) {
    if (found == fault_steps_.end()) {
      said_ = otherwise;
    } else {
      history().seek(*found);
    }
  }

  void type_step(const KeyPress& press) {
    if (press.key == Key::escape) {
      asks_for_step_ = false;
    } else if (press.key == Key::backspace) {
      if (!typed_.empty()) typed_.pop_back();
    } else if (press.key == Key::enter) {
      asks_for_step_ = false;
      if (typed_.empty()) return;
      const unsigned long long step = std::stoull(typed_);
      if (step > history().steps()) {
        said_ = fmt::format("There are only {} steps.", history().steps());
      } else {
        history().seek(static_cast<std::uint32_t>(step));
      }
    } else if (press.key == Key::character && press.character >= '0' && press.character <= '9') {
      if (typed_.size() < most_digits) typed_ += press.character;
    }
  }

  void draw(const ScreenSize& size) {
    Lines lines;
    if (shows_help_) {
      lines.push_back(terminal_.ink(Ink::strong, "Keys"));
      for (const char* line : help) lines.push_back(clipped(line, size.columns, cut()));
      lines.resize(size.rows);
    } else {
      lines = picture(size);
    }
    std::string screen = "\x1b[H";
    for (std::size_t i = 0; i < lines.size(); ++i) screen += lines[i] + "\x1b[K" + (i + 1 < lines.size() ? "\r\n" : "");
    terminal_.write(screen);
    terminal_.finish();
  }

  /// The size of the map does not depend on what is said above it, so that it stays as it is from step to step.
  Lines picture(const ScreenSize& size) {
    Lines lines = head(size);
    const Lines bottom = foot(size);
    Lines said = what_happened(size.columns);
    const std::size_t said_height = std::clamp<std::size_t>(size.rows / 8, 1, most_reserved);
    const std::size_t taken = lines.size() + said_height + 2 + bottom.size();

    HeapMapOptions options;
    options.width = size.columns;
    options.max_lines = size.rows > taken + 4 ? size.rows - taken - 1 : 3;
    options.steady = true;
    options.moment = moment_of(lab_);
    const Lines map = heap_map(terminal_, lab_, options);

    const std::size_t left = size.rows > taken + map.size() ? size.rows - taken - map.size() : 0;
    const bool cut_short = said.size() > said_height + left;
    said.resize(std::clamp(said.size(), said_height, said_height + left));
    if (cut_short && said.size() > 1) said.back() = terminal_.ink(Ink::faint, std::string("  ") + cut());
    lines.insert(lines.end(), said.begin(), said.end());
    lines.emplace_back();
    lines.insert(lines.end(), map.begin(), map.end());
    // What does not fit is cut off above the foot, which always shows.
    lines.resize(size.rows > bottom.size() ? size.rows - bottom.size() : 0);
    lines.insert(lines.end(), bottom.begin(), bottom.end());
    lines.resize(size.rows);
    return lines;
  }

  /// The most important first, since the end may be cut off.
  Lines what_happened(std::size_t columns) {
    Lines lines, told;
    const std::span<const Fault> faults = faults_of_step(lab_, moment_of(lab_));
    if (!faults.empty()) {
      told = told_fault(terminal_, lab_, faults.front(), columns);
      const std::string more = faults.size() == 1 ? "" : fmt::format("  and {} more", faults.size() - 1);
      lines.push_back(told.front() + terminal_.ink(Ink::fault, more));
      told.erase(told.begin());
    }
    for (const std::string& line : wrapped(step_sentence(lab_), std::max<std::size_t>(columns, 8)))
      lines.push_back(terminal_.ink(Ink::strong, line));
    lines.insert(lines.end(), told.begin(), told.end());
    return lines;
  }

  const char* cut() const { return terminal_.unicode() ? "…" : "~"; }

  Lines head(const ScreenSize& size) {
    const std::string step = fmt::format("step {} of {}", history().now(), history().steps());
    const std::string where = fmt::format("  {}, {}  ", lab_.allocator(), bytes_text(lab_.arena_bytes()));
    const std::size_t taken = step.size() + where.size();
    const std::string name = clipped(name_, size.columns > taken ? size.columns - taken : 0, cut());
    Lines lines = {terminal_.ink(Ink::strong, step) + terminal_.ink(Ink::faint, where + name), timeline(size.columns)};
    std::size_t height = size.rows >= 36 ? 7 : size.rows >= 28 ? 5 : 3;
    if (shows_why_ && size.rows >= 20) height += 3;
    Lines pane = shows_why_ ? why(size.columns, height) : script_around(size.columns, height);
    pane.resize(height);
    lines.insert(lines.end(), pane.begin(), pane.end());
    lines.emplace_back();
    return lines;
  }

  /// All steps from left to right: faults in red, now in orange.
  std::string timeline(std::size_t columns) {
    const std::uint64_t last = columns > 1 ? columns - 1 : 1;
    const std::uint64_t steps = std::max<std::uint64_t>(history().steps(), 1);
    const auto column = [&](std::uint64_t step) { return static_cast<std::size_t>(step * last / steps); };
    std::set<std::size_t> faults;
    for (const std::uint32_t step : fault_steps_) faults.insert(column(step));
    const std::size_t now = column(history().now());
    std::string line, run;
    const auto flush = [&] {
      line += terminal_.ink(Ink::faint, run);
      run.clear();
    };
    for (std::size_t at = 0; at < columns; ++at) {
      if (at != now && faults.count(at) == 0) {
        run += terminal_.unicode() ? "─" : "-";
        continue;
      }
      flush();
      line += at == now ? terminal_.ink(Ink::now, terminal_.unicode() ? "●" : "O")
                        : terminal_.ink(Ink::fault, terminal_.unicode() ? "✗" : "!");
    }
    flush();
    return line;
  }

  Lines script_around(std::size_t columns, std::size_t height) {
    const std::size_t current = history().trace().line_of_step(history().now());  // from 1, 0 before the first
    const std::size_t before = height / 2;
    std::size_t first = current > before ? current - before : 1;
    if (first + height > script_.size() + 1) first = script_.size() + 1 > height ? script_.size() + 1 - height : 1;
    Lines lines;
    for (std::size_t number = first; number < first + height && number <= script_.size(); ++number) {
      const bool now = number == current;
      const std::string mark = !now ? " " : terminal_.unicode() ? "▶" : ">";
      const std::string words = clipped(script_[number - 1], columns > 9 ? columns - 9 : 0, cut());
      lines.push_back(terminal_.ink(now ? Ink::now : Ink::faint, fmt::format("{}{:>6}", mark, number)) + "  " +
                      (now ? terminal_.ink(Ink::strong, words) : words));
    }
    return lines;
  }

  /// The inner steps, the last ones in full: those before them mostly are blocks that did not suffice.
  Lines why(std::size_t columns, std::size_t height) {
    Lines lines = {terminal_.ink(Ink::strong, "Why?")};
    const std::vector<Note> notes = lab_.why();
    if (notes.empty()) {
      lines.push_back(history().bytes().empty() && history().steps() > 0
                          ? "  The run is too long to keep its bytes, from which the inner steps are found."
                          : "  No inner steps: the call changed nothing in the allocator.");
      return lines;
    }
    const std::size_t room = height - 1;
    std::size_t from = 0;
    if (notes.size() > room) {
      from = notes.size() - (room - 1);
      lines.push_back(fmt::format("  {} inner steps before these.", from));
    }
    for (std::size_t i = from; i < notes.size(); ++i)
      lines.push_back("  " + clipped(note_sentence(lab_, notes[i]), columns > 2 ? columns - 2 : 0, cut()));
    return lines;
  }

  Lines foot(const ScreenSize& size) {
    Lines lines;
    if (size.rows >= 16) {
      for (const std::string& line : number_lines(terminal_, lab_, size.columns)) lines.push_back(line);
    }
    if (asks_for_step_) {
      lines.push_back(fmt::format("Go to step (0 to {}): {}_", history().steps(), typed_));
    } else if (!said_.empty()) {
      lines.push_back(said_);
    } else {
      lines.push_back(terminal_.ink(
          Ink::faint, clipped(terminal_.unicode() ? "← → step   g go to   f fault   w why   ? keys   q quit"
                                                  : "arrows step   g go to   f fault   w why   ? keys   q quit",
                              size.columns, cut())));
    }
    return lines;
  }

  Terminal& terminal_;
  Lab& lab_;
  std::string name_;
  Lines script_;
  std::set<std::uint32_t> fault_steps_;
  bool shows_help_ = false;
  bool shows_why_ = false;
  bool asks_for_step_ = false;
  std::string typed_;
  std::string said_;
};

}  // namespace

bool can_interact() {
  return RawScreen::usable();
}

void interact(Terminal& terminal, Lab& lab, const Input& input) {
  Stepper(terminal, lab, input).run();
}

}  // namespace heapyard::cli
