#include "heapyard/say/words.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace heapyard {
namespace {

constexpr std::size_t digits = 8;

struct Catalog {
  std::string text;  // its lines, each ended by a zero
  std::vector<const char*> lines;
};

Catalog& catalog() {
  static Catalog words;
  return words;
}

std::uint32_t fnv_1a(const char* text) {
  std::uint32_t hash = 0x811c9dc5;
  for (; *text != '\0'; ++text) hash = (hash ^ static_cast<unsigned char>(*text)) * 0x01000193;
  return hash;
}

}  // namespace

void set_words(std::string text) {
  Catalog& words = catalog();
  words.text = std::move(text);
  words.lines.clear();
  for (std::size_t begin = 0, end; (end = words.text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    words.text[end] = '\0';
    if (end - begin > digits) words.lines.push_back(words.text.data() + begin);
  }
}

const char* translated(const char* english) {
  const std::vector<const char*>& lines = catalog().lines;
  if (lines.empty()) return english;
  char key[digits];
  std::uint32_t hash = fnv_1a(english);
  for (std::size_t i = digits; i-- > 0; hash >>= 4) key[i] = "0123456789abcdef"[hash & 15];
  const std::string_view wanted(key, digits);
  const auto found = std::lower_bound(lines.begin(), lines.end(), wanted, [](const char* line, std::string_view k) {
    return std::string_view(line, digits) < k;
  });
  return found != lines.end() && std::string_view(*found, digits) == wanted ? *found + digits + 1 : english;
}

}  // namespace heapyard
