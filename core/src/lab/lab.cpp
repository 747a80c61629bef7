#include "heapyard/lab/lab.hpp"

#include "heapyard/lab/play.hpp"
#include "heapyard/say/say.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace heapyard {

std::uint64_t arena_for(const Program& program, const Machine& machine) {
  if (program.format == Program::Format::script) return Lab::default_arena;
  // What the blocks that live at the same time take, and half as much again for the holes between.
  std::vector<std::uint64_t> taken(program.names.size());
  std::uint64_t live = 0, most = 0;
  for (const Call& call : program.calls) {
    const bool possible = call.kind != CallKind::free && call.size < Lab::largest_default_arena;
    const std::uint64_t block = possible ? machine.block_bytes(call.size) : 0;
    most = std::max(most, live + block);  // while it moves, a realloc has both its blocks
    std::uint64_t& held = taken[call.kind == CallKind::free ? call.source : call.target];
    if (call.kind != CallKind::malloc) live -= held;  // a variable that is overwritten leaks what it held
    live += block;
    held = block;
  }
  const std::uint64_t wanted =
      std::max(most + most / 2 + 4096, std::min(program.suggested_arena, Lab::largest_default_arena));
  return std::min(std::bit_ceil(wanted), Lab::largest_default_arena);
}

Lab Lab::run(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes) {
  LabRun run(text, allocator, arena_bytes);
  while (run.advance(std::numeric_limits<std::size_t>::max())) continue;
  return run.take();
}

Lab Lab::run(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
             std::uint64_t arena_bytes) {
  LabRun run(text, allocator, std::move(machine), arena_bytes);
  while (run.advance(std::numeric_limits<std::size_t>::max())) continue;
  return run.take();
}

Lab Lab::recorded(Trace trace, std::string_view allocator, std::unique_ptr<Inspector> inspector) {
  Lab lab;
  lab.allocator_ = allocator;
  lab.inspector_ = std::move(inspector);
  lab.history_ = std::make_unique<History>(std::move(trace));
  return lab;
}

LabRun::LabRun(std::string_view text, std::string_view allocator, std::uint64_t arena_bytes) {
  std::unique_ptr<Machine> machine = make_machine(allocator, lab_.setup_error_);
  begin(text, allocator, std::move(machine), arena_bytes);
}

LabRun::LabRun(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
               std::uint64_t arena_bytes) {
  begin(text, allocator, std::move(machine), arena_bytes);
}

LabRun::~LabRun() = default;

void LabRun::begin(std::string_view text, std::string_view allocator, std::unique_ptr<Machine> machine,
                   std::uint64_t arena_bytes) {
  lab_.allocator_ = allocator;
  lab_.program_ = parse_program(text);
  lab_.problems_ = lab_.program_.problems;
  if (!lab_.problems_.empty()) lab_.program_.calls.clear();
  if (machine == nullptr) return;

  if (arena_bytes == 0) arena_bytes = arena_for(lab_.program_, *machine);
  AllocError error;
  memory_ = ArenaMemory::make(arena_bytes, error);
  recorder_ = std::make_unique<Recorder>();
  std::unique_ptr<RecordedAllocator> made;
  if (error == AllocError::none) made = machine->make(Arena<Recording>(memory_, Recording(*recorder_)), error);
  lab_.inspector_ = std::move(machine);
  if (error != AllocError::none) return refuse(error, arena_bytes);
  play_ = std::make_unique<Play>(lab_.program_, std::move(made), *recorder_, lab_.variables_);
}

void LabRun::refuse(AllocError error, std::uint64_t arena_bytes) {
  std::string& sentence = lab_.setup_error_;
  switch (error) {
    case AllocError::arena_too_large:
      sentence = say("an arena of {} bytes is too large: it must be smaller than 4 GiB", arena_bytes);
      break;
    case AllocError::arena_too_small:
      sentence = say("an arena of {} bytes is too small for {} and one block", arena_bytes, lab_.allocator_);
      break;
    default: sentence = say("the system has no {} bytes for the arena", arena_bytes);
  }
}

bool LabRun::advance(std::size_t calls) {
  if (play_ != nullptr) {
    if (play_->advance(calls)) return true;
    // The arena and what watched it are given back before the history takes as much again.
    Trace trace = std::move(recorder_->trace());
    play_.reset();
    recorder_.reset();
    memory_ = {};
    lab_.history_ = std::make_unique<History>(std::move(trace), History::Unread{});
    return true;
  }
  if (lab_.history_ == nullptr) lab_.history_ = std::make_unique<History>(Trace{});
  return !lab_.history_->read(calls);
}

double LabRun::progress() const {
  const auto calls = static_cast<double>(std::max<std::size_t>(lab_.program_.calls.size(), 1));
  if (play_ != nullptr) return recorder_->trace().steps() / (2 * calls);
  return lab_.history_ == nullptr ? 1 : 0.5 + lab_.history_->now() / (2 * calls);
}

Structure Lab::structure() const {
  return inspector_ == nullptr ? Structure{} : inspector_->structure(history_->bytes());
}

std::vector<Note> Lab::why() {
  const std::uint32_t step = history_->now();
  if (inspector_ == nullptr || step == 0 || history_->bytes().empty()) return {};
  history_->back();
  std::vector<Note> notes = inspector_->explain(history_->trace().event(step), history_->bytes());
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
