#pragma once

#include "heapyard/base/problem.hpp"

#include "terminal.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heapyard::cli {

/// A text that was asked for, and what to call it in messages.
struct Input {
  std::string name;
  std::string text;
};

/// Reads a file, or stdin for `-`. Nothing when it cannot be read, is a directory or has more than `max_bytes`; then
/// that has been reported, and the program should end with `Exit::usage`.
std::optional<Input> read_input(Terminal& terminal, const std::string& path, std::size_t max_bytes);

/// The lines of a text, as they may be shown on the terminal: one printable character for each code point, a space for
/// a tab.
std::vector<std::string> printable_lines(const Terminal& terminal, std::string_view text);

/// Reports `NAME:LINE:COLUMN: error: MESSAGE` on stderr, with the line and a mark under what is meant.
void report(Terminal& terminal, const Input& input, const Problem& problem);

}  // namespace heapyard::cli
