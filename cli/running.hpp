#pragma once

#include "terminal.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/App.hpp>
#include <fmt/format.h>

namespace heapyard::cli {

// What commands that run scripts and traces have in common.

/// The longest text that is run.
inline constexpr std::size_t max_program_bytes = std::size_t{256} << 20;

/// The names of the allocators, for a usage line.
std::string machine_list();

/// A step from 0 on; nothing when it is none.
std::optional<std::uint32_t> parse_step(std::string_view text);

/// `--arena BYTES`.
void add_arena_option(CLI::App& command, std::uint64_t& arena_bytes);

/// Runs something that has `progress()` by `go_on`, which says when all is done. What takes longer than a moment shows
/// on a terminal how far it is.
template <class Run, class GoOn>
void run_to_end(Terminal& terminal, const Run& run, std::string_view doing, GoOn go_on) {
  using Clock = std::chrono::steady_clock;
  constexpr auto moment = std::chrono::milliseconds(400);
  const Clock::time_point begin = Clock::now();
  bool shown = false;
  while (go_on()) {
    if (!terminal.error_is_terminal() || Clock::now() - begin < moment) continue;
    shown = true;
    terminal.write_error(fmt::format("\r{}: {:.0f} %", doing, run.progress() * 100));
  }
  if (shown) terminal.write_error("\r                \r");
}

/// A run that is advanced by calls.
template <class Run>
void advance_all(Terminal& terminal, Run& run) {
  constexpr std::size_t calls_between = 10'000;
  run_to_end(terminal, run, "Running", [&run] { return run.advance(calls_between); });
}

}  // namespace heapyard::cli
