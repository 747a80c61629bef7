#include "raw_screen.hpp"

#include <cerrno>
#include <csignal>
#include <iterator>
#include <string>

#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

namespace heapyard::cli {
namespace {

constexpr char enter_screen[] = "\x1b[?1049h\x1b[?25l";  // the alternate screen, no cursor
constexpr char leave_screen[] = "\x1b[0m\x1b[?25h\x1b[?1049l";

constexpr int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// What the signal handlers need; they may touch nothing else.
termios before;
struct sigaction actions_before[std::size(ending_signals)];
volatile std::sig_atomic_t entered = 0;
volatile std::sig_atomic_t size_changed = 0;

void put(const char* text, std::size_t size) {
  // Nothing can be done about a terminal that takes no more.
  if (write(STDOUT_FILENO, text, size) < 0) return;
}

/// Only what a signal handler may call.
void leave() {
  if (entered == 0) return;
  entered = 0;
  put(leave_screen, sizeof leave_screen - 1);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

void enter() {
  tcgetattr(STDIN_FILENO, &before);
  termios raw = before;
  raw.c_iflag &= ~static_cast<tcflag_t>(ICRNL | IXON);
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  entered = 1;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);  // keys typed ahead are kept
  put(enter_screen, sizeof enter_screen - 1);
}

void end_by_signal(int signal) {
  leave();
  for (std::size_t i = 0; i < std::size(ending_signals); ++i) {
    if (ending_signals[i] == signal) sigaction(signal, &actions_before[i], nullptr);
  }
  raise(signal);
}

void note_change(int) {
  size_changed = 1;
}

void handle(int signal, void (*handler)(int), struct sigaction* old) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, old);
}

/// Signals that only wake us up arrive nowhere but in pselect: so none is missed just before it.
sigset_t waking_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGWINCH);
  sigaddset(&signals, SIGCONT);
  return signals;
}

/// False when it is not there within the time, or a signal came.
bool wait_for_input(const timespec* most) {
  fd_set streams;
  FD_ZERO(&streams);
  FD_SET(STDIN_FILENO, &streams);
  sigset_t mask;
  sigprocmask(SIG_SETMASK, nullptr, &mask);
  sigdelset(&mask, SIGWINCH);
  sigdelset(&mask, SIGCONT);
  return pselect(STDIN_FILENO + 1, &streams, nullptr, nullptr, most, &mask) > 0;
}

/// What follows soon: the rest of a key's escape sequence. 0 when nothing does.
char next_of_sequence() {
  constexpr timespec soon = {0, 50'000'000};
  char byte = 0;
  if (!wait_for_input(&soon) || read(STDIN_FILENO, &byte, 1) != 1) return 0;
  return byte;
}

Key key_of_sequence() {
  const char first = next_of_sequence();
  if (first == 0) return Key::escape;
  if (first != '[' && first != 'O') return Key::unknown;
  std::string parameters;
  char last = next_of_sequence();
  while (last != 0 && (last < '@' || last > '~')) {
    parameters += last;
    last = next_of_sequence();
  }
  switch (last) {
    case 'A': return Key::up;
    case 'B': return Key::down;
    case 'C': return Key::right;
    case 'D': return Key::left;
    case 'F': return Key::end;
    case 'H': return Key::home;
    case '~': break;
    default: return Key::unknown;
  }
  if (parameters == "1" || parameters == "7") return Key::home;
  if (parameters == "4" || parameters == "8") return Key::end;
  if (parameters == "5") return Key::page_up;
  if (parameters == "6") return Key::page_down;
  return Key::unknown;
}

}  // namespace

RawScreen::RawScreen() {
  for (std::size_t i = 0; i < std::size(ending_signals); ++i)
    handle(ending_signals[i], end_by_signal, &actions_before[i]);
  handle(SIGWINCH, note_change, nullptr);
  handle(SIGCONT, note_change, nullptr);
  const sigset_t signals = waking_signals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  enter();
}

RawScreen::~RawScreen() {
  leave();
  for (std::size_t i = 0; i < std::size(ending_signals); ++i) sigaction(ending_signals[i], &actions_before[i], nullptr);
  handle(SIGWINCH, SIG_DFL, nullptr);
  handle(SIGCONT, SIG_DFL, nullptr);
  const sigset_t signals = waking_signals();
  sigprocmask(SIG_UNBLOCK, &signals, nullptr);
}

bool RawScreen::usable() {
  return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

ScreenSize RawScreen::size() const {
  ScreenSize result;
  winsize window{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 && window.ws_row > 0) {
    result.columns = window.ws_col;
    result.rows = window.ws_row;
  }
  return result;
}

KeyPress RawScreen::next_key() {
  while (!wait_for_input(nullptr)) {
    if (size_changed != 0) {
      size_changed = 0;
      return {Key::resized};
    }
    if (errno != EINTR) return {Key::closed};
  }
  char byte = 0;
  if (read(STDIN_FILENO, &byte, 1) != 1) return {Key::closed};
  switch (byte) {
    case '\x1b': return {key_of_sequence()};
    case '\r':
    case '\n': return {Key::enter};
    case '\b':
    case '\x7f': return {Key::backspace};
    case '\x03':
    case '\x04': return {Key::interrupt};
    case '\x1a': return {Key::suspend};
    default: return {byte >= ' ' ? Key::character : Key::unknown, byte};
  }
}

void RawScreen::suspend() {
  leave();
  raise(SIGTSTP);
  // Here the shell has the terminal, until it lets us go on.
  enter();
}

}  // namespace heapyard::cli
