#include "running.hpp"

#include "heapyard/lab/machine.hpp"

#include <charconv>

#include <CLI/CLI.hpp>

namespace heapyard::cli {
namespace {

/// `65536`, `64K`, `64KiB`, `1M`, `1G`: nothing when it is no such size, or none that 64 bits hold.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view suffix = text.substr(static_cast<std::size_t>(end - text.data()));
  struct Unit {
    std::string_view name, long_name;
    unsigned shift;
  };
  constexpr Unit units[] = {{"", "B", 0}, {"K", "KiB", 10}, {"M", "MiB", 20}, {"G", "GiB", 30}};
  for (const Unit& unit : units) {
    if (suffix != unit.name && suffix != unit.long_name) continue;
    return value << unit.shift >> unit.shift == value ? std::optional(value << unit.shift) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string machine_list() {
  return fmt::format("{}", fmt::join(machine_names(), ", "));
}

std::optional<std::uint32_t> parse_step(std::string_view text) {
  std::uint32_t step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(step) : std::nullopt;
}

void add_arena_option(CLI::App& command, std::uint64_t& arena_bytes) {
  command
      .add_option_function<std::string>(
          "--arena", [&arena_bytes](const std::string& text) { arena_bytes = *parse_size(text); },
          "Bytes that the allocator governs, as 65536, 64K, 64KiB, 1M, 1MiB, 1G; else 64K for a script, and for a "
          "trace what it needs")
      ->check([](const std::string& text) {
        const std::optional<std::uint64_t> bytes = parse_size(text);
        return bytes && *bytes > 0
                   ? std::string{}
                   : "`" + text + "` is no size; expected bytes, or a number with K, M, G, KiB, MiB or GiB";
      })
      ->type_name("BYTES");
}

}  // namespace heapyard::cli
