#include "terminal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

namespace heapyard::cli {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool shows_color(ColorChoice choice, int stream) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  return isatty(stream) == 1 && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

/// As POSIX chooses the character set: the first of the three that is not empty.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value(environment(name));
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::tolower(c); });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

std::size_t window_width() {
  constexpr std::size_t usual = 80;
  constexpr std::size_t least = 20;
  const std::size_t columns = std::strtoul(std::string(environment("COLUMNS")).c_str(), nullptr, 10);
  if (columns > 0) return std::max(columns, least);
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::max<std::size_t>(size.ws_col, least);
  return usual;
}

std::string in_color(bool color, Ink ink, std::string_view text, std::size_t number) {
  if (!color || ink == Ink::plain || text.empty()) return std::string(text);
  constexpr std::array hues = {"34", "32", "35", "36", "94", "92"};
  constexpr std::array hue_fills = {"25", "29", "96", "58", "61", "23"};
  std::string code = "0";
  switch (ink) {
    case Ink::plain: break;
    case Ink::strong: code = "1"; break;
    case Ink::faint: code = "2"; break;
    case Ink::now: code = "38;5;208"; break;
    case Ink::fault: code = "1;31"; break;
    case Ink::hue: code = hues[number % hues.size()]; break;
    case Ink::now_fill: code = "1;38;5;16;48;5;208"; break;
    case Ink::fault_fill: code = "1;38;5;231;48;5;124"; break;
    case Ink::hue_fill: code = std::string("1;38;5;231;48;5;") + hue_fills[number % hue_fills.size()]; break;
  }
  return "\x1b[" + code + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace

Terminal::Terminal(ColorChoice color, bool ascii)
    : color_(shows_color(color, STDOUT_FILENO)),
      error_is_terminal_(isatty(STDERR_FILENO) == 1),
      error_color_(shows_color(color, STDERR_FILENO)),
      unicode_(!ascii && locale_is_utf8()),
      width_(window_width()) {}

std::string Terminal::ink(Ink ink, std::string_view text, std::size_t number) const {
  return in_color(color_, ink, text, number);
}

std::string Terminal::error_ink(Ink ink, std::string_view text) const {
  return in_color(error_color_, ink, text, 0);
}

void Terminal::write(std::string_view text) {
  if (failure_ == 0 && std::fwrite(text.data(), 1, text.size(), stdout) < text.size()) failure_ = errno;
}

void Terminal::write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool Terminal::finish() {
  if (failure_ == 0 && std::fflush(stdout) != 0) failure_ = errno;
  if (failure_ == 0 || failure_ == EPIPE) return true;
  write_error(std::string("heapyard: error: the output cannot be written: ") + std::strerror(failure_) + "\n");
  return false;
}

}  // namespace heapyard::cli
