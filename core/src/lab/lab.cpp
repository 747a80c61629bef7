#include "heapyard/lab/lab.hpp"

#include "heapyard/base/align.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace heapyard {

std::uint64_t arena_for(const Program& program) {
  if (program.format == Program::Format::script) return Lab::default_arena;
  // What a general allocator with 8-byte headers takes, and half as much again for the holes between.
  std::vector<std::uint64_t> taken(program.names.size());
  std::uint64_t live = 0, most = 0;
  for (const Call& call : program.calls) {
    const std::uint32_t variable = call.kind == CallKind::free ? call.source : call.target;
    live -= taken[variable];
    const bool possible = call.kind != CallKind::free && call.size < Lab::largest_default_arena;
    taken[variable] = possible ? align_up(call.size + 8, 16) : 0;
    live += taken[variable];
    most = std::max(most, live);
  }
  const std::uint64_t wanted =
      std::max(most + most / 2 + 4096, std::min(program.suggested_arena, Lab::largest_default_arena));
  return std::min(std::bit_ceil(wanted), Lab::largest_default_arena);
}

Lab Lab::run(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes) {
  Lab lab;
  lab.allocator_ = allocator;
  lab.program_ = parse_program(text);
  lab.problems_ = lab.program_.problems;
  lab.machine_ = make_machine(allocator, lab.setup_error_);
  if (lab.machine_ != nullptr) {
    Program nothing;
    nothing.names = lab.program_.names;
    lab.run_machine(arena_bytes != 0 ? arena_bytes : arena_for(lab.program_),
                    lab.problems_.empty() ? lab.program_ : nothing);
  }
  if (lab.history_ == nullptr) lab.history_ = std::make_unique<History>(Trace{});
  return lab;
}

void Lab::run_machine(std::uint64_t arena_bytes, const Program& program) {
  AllocError error;
  const ArenaMemory memory = ArenaMemory::make(arena_bytes, error);
  Recorder recorder;
  if (error == AllocError::none) error = machine_->play(program, memory, recorder, variables_);
  switch (error) {
    case AllocError::none: history_ = std::make_unique<History>(std::move(recorder.trace())); break;
    case AllocError::arena_too_large:
      setup_error_ = fmt::format("an arena of {} bytes is too large: it must be smaller than 4 GiB", arena_bytes);
      break;
    case AllocError::arena_too_small:
      setup_error_ = fmt::format("an arena of {} bytes is too small for {} and one block", arena_bytes, allocator_);
      break;
    default: setup_error_ = fmt::format("the system has no {} bytes for the arena", arena_bytes);
  }
}

Structure Lab::structure() const {
  return machine_ == nullptr ? Structure{} : machine_->structure(history_->bytes());
}

std::vector<Note> Lab::why() {
  const std::uint32_t step = history_->now();
  if (machine_ == nullptr || step == 0 || history_->bytes().empty()) return {};
  history_->back();
  std::vector<Note> notes = machine_->explain(history_->trace().event(step), history_->bytes());
  history_->forward();
  return notes;
}

std::string_view Lab::holder(AllocationId allocation) const {
  if (allocation == 0) return {};
  const std::uint32_t name = history_->trace().allocation(allocation).name;
  return name < variables_.size() && variables_[name].allocation == allocation ? program_.names[name]
                                                                               : std::string_view{};
}

}  // namespace heapyard
