// `heapyard heap`: an allocation script or trace in, its heap out, at the end or at any step.
#include "heapyard/view/heap_svg.hpp"

#include "commands.hpp"
#include "heap_drawing.hpp"
#include "heap_json.hpp"
#include "input.hpp"
#include "interactive.hpp"
#include "running.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heapyard::cli {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  heapyard heap story.heap\n"
    "  printf 'a = malloc 40\\nfree a\\n' | heapyard heap --step 1 -\n"
    "  heapyard heap --allocator pool:64 --arena 4K story.heap\n"
    "  heapyard heap --interactive story.heap       step with keys, both ways\n"
    "  heapyard heap --json trace.rep               for scripts\n"
    "  heapyard heap --svg story.heap > heap.svg\n"
    "\n"
    "A script has one call a line, # begins a comment:\n"
    "  a = malloc 40               b = calloc 4 8      c = aligned_alloc 64 256\n"
    "  a = realloc a 120           write a 0 \"text\"    read a 0 4\n"
    "  free b                      free a+8            free b 32 (with its size)\n"
    "  poke 0x1f0 \"stray\"          a write that nobody judges\n"
    "  m = mark                    release m          (all above the marker; on a stack)\n"
    "Malloc-lab traces (.rep) are recognised by their content.\n"
    "\n"
    "Exit codes: 0 fine, also when an allocation failed; 1 a fault was found; 2 bad\n"
    "usage or input. With --step, faults after it do not count, and leaks are not judged.";

struct HeapOptions {
  std::string file;
  std::string allocator = "free-list";
  std::uint64_t arena_bytes = 0;
  std::optional<std::uint32_t> step;
  bool json = false;
  bool svg = false;
  bool interactive = false;
};

Lab run_lab(Terminal& terminal, const std::string& text, const HeapOptions& options) {
  LabRun run(text, options.allocator, options.arena_bytes);
  advance_all(terminal, run);
  return run.take();
}

Exit run_heap(Terminal& terminal, const HeapOptions& options) {
  if (options.interactive && !can_interact())
    return refuse(terminal, "--interactive needs a terminal for its input and its output");
  const std::optional<Input> input = read_input(terminal, options.file, max_program_bytes);
  if (!input) return Exit::usage;
  Lab lab = run_lab(terminal, input->text, options);
  for (const Problem& problem : lab.problems()) report(terminal, *input, problem);
  if (!lab.setup_error().empty()) return refuse(terminal, lab.setup_error());
  if (!lab.problems().empty()) return Exit::usage;

  const std::uint32_t steps = lab.history().steps();
  if (options.step && *options.step > steps) {
    return refuse(terminal, fmt::format("--step {}: there {} only {} step{}, counted from 1; 0 is the empty heap",
                                        *options.step, steps == 1 ? "is" : "are", steps, steps == 1 ? "" : "s"));
  }
  const Moment moment = options.step ? Moment::step : Moment::end;
  lab.history().seek(options.step.value_or(steps));
  const Exit result = faults_so_far(lab, moment).empty() ? Exit::fine : Exit::fault;
  if (options.interactive) {
    if (!options.step) lab.history().seek(0);
    interact(terminal, lab, *input);
  } else if (options.json) {
    write_heap_json(terminal, lab, moment);
  } else if (options.svg) {
    terminal.write(heap_svg(lab, moment));
  } else {
    draw_heap(terminal, lab, moment);
  }
  return result;
}

}  // namespace

Command heap_command(CLI::App& program) {
  const auto options = std::make_shared<HeapOptions>();
  CLI::App* command = program.add_subcommand("heap", "Run an allocation script or trace and show the heap");
  command->footer(examples);
  command->add_option("FILE", options->file, "Script or malloc-lab trace; - for standard input")
      ->required()
      ->type_name("");
  command->add_option("--allocator", options->allocator, "The allocator: " + machine_list())
      ->type_name("NAME")
      ->capture_default_str();
  add_arena_option(*command, options->arena_bytes);
  command
      ->add_option_function<std::string>(
          "--step", [options](const std::string& text) { options->step = parse_step(text); },
          "Show the heap after this step instead of the end; 0 is the empty heap")
      ->check([](const std::string& text) {
        return parse_step(text) ? std::string{} : "`" + text + "` is no step; expected a number from 0 on";
      })
      ->type_name("N");
  CLI::Option* json = command->add_flag("--json", options->json, "Write JSON");
  CLI::Option* svg = command->add_flag("--svg", options->svg, "Write a picture as SVG")->excludes(json);
  command->add_flag("-i,--interactive", options->interactive, "Step with keys, both ways")
      ->excludes(json)
      ->excludes(svg);
  return {command, [options](Terminal& terminal) { return run_heap(terminal, *options); }};
}

}  // namespace heapyard::cli
