#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>

struct Header {
  std::uint16_t kind;
  std::uint16_t length;
};

std::string_view word(std::string_view text, char end) {
  return text.substr(0, text.find(end));
}

int main() {
  auto buffer = std::make_unique<char[]>(40);
  const Header sent{7, 36};
  std::memcpy(buffer.get(), &sent, sizeof sent);
  std::memcpy(buffer.get() + 4, "name=Ada Lovelace;role=mathematician", 36);

  const auto* header = std::launder(reinterpret_cast<const Header*>(buffer.get()));
  std::string_view body(buffer.get() + sizeof(Header), header->length);
  std::string_view name = word(body, ';');
  std::string_view role = body.substr(name.size() + 1);
  std::span<const char> letters(role);
  std::span<const char> last = letters.last(5);
  std::printf("%d letters seen, 0 bytes copied\n", static_cast<int>(name.size() + last.size()));

  std::string copy(body);
  copy[0] = 'N';
  std::printf("%d bytes copied\n", static_cast<int>(copy.size()));

  buffer.reset();
  char stale = name[0];
  char kept = copy[0];
  std::printf("%d %c\n", stale == 'n', kept);
  return 0;
}
