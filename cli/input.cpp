#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace heapyard::cli {
namespace {

std::optional<Input> refuse(Terminal& terminal, const std::string& name, const std::string& message) {
  terminal.write_error(fmt::format("{}: {} {}\n", terminal.error_ink(Ink::strong, name),
                                   terminal.error_ink(Ink::fault, "error:"), message));
  return std::nullopt;
}

std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t passed = 1; passed < line; ++passed) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (line == 1 && text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  return text;
}

/// One printable string for each code point: a tab becomes a space, and what must not reach a terminal a `?`.
std::vector<std::string> code_points(std::string_view line, bool unicode) {
  std::vector<std::string> points;
  for (std::size_t i = 0; i < line.size();) {
    const auto first = static_cast<unsigned char>(line[i]);
    std::size_t bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    bool whole = first < 0x80 || (first >= 0xc2 && first < 0xf5 && i + bytes <= line.size());
    for (std::size_t k = 1; whole && k < bytes; ++k) {
      whole = (static_cast<unsigned char>(line[i + k]) & 0xc0) == 0x80;
    }
    if (!whole) bytes = 1;
    const bool control = first < 0x20 || first == 0x7f || (first == 0xc2 && whole && (line[i + 1] & 0x60) == 0);
    if (first == '\t') {
      points.emplace_back(" ");
    } else if (control || !whole || (bytes > 1 && !unicode)) {
      points.emplace_back("?");
    } else {
      points.emplace_back(line.substr(i, bytes));
    }
    i += bytes;
  }
  return points;
}

}  // namespace

std::optional<Input> read_input(Terminal& terminal, const std::string& path, std::size_t max_bytes) {
  Input input{path == "-" ? "<stdin>" : path, {}};
  std::error_code ignored;
  if (path != "-" && std::filesystem::is_directory(path, ignored)) {
    return refuse(terminal, path, "is a directory; expected a file");
  }
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return refuse(terminal, path, fmt::format("cannot be opened: {}", std::strerror(errno)));
  std::vector<char> buffer(1 << 16);
  bool failed = false;
  while (input.text.size() <= max_bytes) {
    const std::size_t bytes = std::fread(buffer.data(), 1, buffer.size(), file);
    input.text.append(buffer.data(), bytes);
    if (bytes == 0) break;
  }
  failed = std::ferror(file) != 0;
  const int reason = errno;
  if (file != stdin) std::fclose(file);
  if (failed) return refuse(terminal, input.name, fmt::format("cannot be read: {}", std::strerror(reason)));
  if (input.text.size() > max_bytes) {
    return refuse(terminal, input.name, fmt::format("is larger than the {} bytes that are read", max_bytes));
  }
  return input;
}

std::vector<std::string> printable_lines(const Terminal& terminal, std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    lines.emplace_back();
    for (const std::string& point : code_points(line_of(text, 1), terminal.unicode())) lines.back() += point;
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return lines;
}

void report(Terminal& terminal, const Input& input, const Problem& problem) {
  std::string text =
      terminal.error_ink(Ink::strong, fmt::format("{}:{}:{}:", input.name, problem.line, problem.column)) + " " +
      terminal.error_ink(Ink::fault, "error:") + " " + problem.message + "\n";

  const std::vector<std::string> points = code_points(line_of(input.text, problem.line), terminal.unicode());
  // Of a long line, the part around the mark.
  constexpr std::size_t before = 60;
  constexpr std::size_t most = 120;
  const std::size_t mark = problem.column - 1;
  const std::size_t begin = mark > most - before ? mark - before : 0;
  const std::size_t end = std::min(points.size(), begin + most);
  const std::string number = fmt::format("{:>5} | ", problem.line);
  text += terminal.error_ink(Ink::faint, number);
  for (std::size_t i = begin; i < end; ++i) text += points[i];
  const std::size_t room = begin + most > mark ? begin + most - mark : 1;
  const std::size_t length = std::min<std::size_t>(problem.length, room);
  text += "\n" + terminal.error_ink(Ink::faint, std::string(number.size() - 2, ' ') + "| ") +
          std::string(mark - begin, ' ') +
          terminal.error_ink(Ink::fault, "^" + std::string(length > 0 ? length - 1 : 0, '~')) + "\n";
  terminal.write_error(text);
}

}  // namespace heapyard::cli
