#pragma once

#include <cstddef>
#include <cstdint>

namespace heapyard::cli {

enum class Key : std::uint8_t {
  character,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  enter,
  backspace,
  escape,
  interrupt,  ///< Ctrl-C or Ctrl-D
  suspend,    ///< Ctrl-Z
  resized,    ///< no key: the window has another size, or the program goes on after a stop
  closed,     ///< no key: nobody types any more
  unknown,
};

struct KeyPress {
  Key key = Key::unknown;
  char character = 0;  ///< of Key::character
};

struct ScreenSize {
  std::size_t columns = 80, rows = 24;
};

/// The terminal while a program has it to itself: keys come one by one, unechoed, and the lines before are put aside.
/// Everything is as before when the object goes, also when a signal ends the program. One at a time.
class RawScreen {
 public:
  RawScreen();
  ~RawScreen();
  RawScreen(const RawScreen&) = delete;
  RawScreen& operator=(const RawScreen&) = delete;

  /// Whether stdin and stdout are a terminal.
  static bool usable();

  ScreenSize size() const;

  /// Waits for a key.
  KeyPress next_key();

  /// Gives the terminal back to the shell until the program is told to go on.
  void suspend();
};

}  // namespace heapyard::cli
