#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heapyard::cli {

enum class ColorChoice : std::uint8_t { automatic, always, never };

/// What a piece of text means; the terminal decides what it looks like. Orange is for now and red for faults alone.
/// The fills colour what is behind the text.
enum class Ink : std::uint8_t { plain, strong, faint, now, fault, hue, now_fill, fault_fill, hue_fill };

/// The two output streams, and what can be shown on them. The only place that writes to them.
///
/// A closed pipe ends the output quietly: what follows is dropped, and nothing is reported.
class Terminal {
 public:
  /// Looks at the streams and at NO_COLOR, TERM, COLUMNS, LC_ALL, LC_CTYPE, LANG. `ascii` forbids other characters.
  Terminal(ColorChoice color, bool ascii);

  bool unicode() const { return unicode_; }
  bool color() const { return color_; }
  /// Characters in a line: of the window, or of COLUMNS, or 80.
  std::size_t width() const { return width_; }

  /// `text` in that ink for stdout. `number` chooses among the hues.
  std::string ink(Ink ink, std::string_view text, std::size_t number = 0) const;
  std::string error_ink(Ink ink, std::string_view text) const;

  bool error_is_terminal() const { return error_is_terminal_; }

  void write(std::string_view text);
  void write_error(std::string_view text);

  /// Whether stdout can no longer be written to.
  bool lost() const { return failure_ != 0; }

  /// Writes what is buffered. False when stdout failed otherwise than by a closed pipe; then that is reported.
  bool finish();

 private:
  bool color_;
  bool error_is_terminal_;
  bool error_color_;
  bool unicode_;
  std::size_t width_;
  int failure_ = 0;  ///< errno of the first write to stdout that failed
};

}  // namespace heapyard::cli
