#include "heapyard/view/wrapped.hpp"

namespace heapyard {
namespace {

bool continues_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Bytes of the first `columns` code points.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  for (; bytes < text.size(); ++bytes) {
    if (!continues_code_point(text[bytes]) && columns-- == 0) break;
  }
  return bytes;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view words, std::size_t columns) {
  std::vector<std::string> lines;
  while (!words.empty()) {
    std::size_t length = bytes_of(words, columns);
    if (length < words.size()) {
      const std::size_t space = words.rfind(' ', length);
      if (space != std::string_view::npos && space > 0) length = space;
    }
    lines.emplace_back(words.substr(0, length));
    words.remove_prefix(length);
    while (!words.empty() && words[0] == ' ') words.remove_prefix(1);
  }
  return lines;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char byte : text) columns += continues_code_point(byte) ? 0 : 1;
  return columns;
}

std::string clipped(std::string_view text, std::size_t columns, std::string_view cut) {
  if (columns_of(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  return std::string(text.substr(0, bytes_of(text, columns - 1))) + std::string(cut);
}

}  // namespace heapyard
