#pragma once
// How a machine over any allocator does what it does: for those who bring one of their own.

#include "heapyard/base/layout.hpp"
#include "heapyard/lab/inspect.hpp"
#include "heapyard/lab/machine.hpp"
#include "heapyard/trace/traced.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

namespace heapyard {

/// Plays a program's calls on a watched allocator.
template <class Allocator>
class PlayOf final : public Play {
 public:
  PlayOf(const Program& program, const ArenaMemory& memory, Recorder& recorder, std::vector<Pointer>& variables)
      : program_(program),
        allocator_(Arena<Recording>(memory, Recording(recorder))),
        traced_(allocator_, recorder),
        variables_(variables) {}

  Allocator& allocator() { return allocator_; }

  bool advance(std::size_t calls) override {
    const std::size_t end = next_ + std::min(calls, program_.calls.size() - next_);
    while (next_ < end) play(program_.calls[next_++]);
    if (next_ < program_.calls.size()) return true;
    traced_.finish();
    return false;
  }

 private:
  void play(const Call& call) {
    traced_.at(call.line, call.target);
    Pointer source = variables_[call.source];
    switch (call.kind) {
      case CallKind::malloc: return assign(call, traced_.malloc(call.size));
      case CallKind::calloc: return assign(call, traced_.calloc(call.count, call.size));
      case CallKind::aligned_alloc: return assign(call, traced_.aligned_alloc(call.alignment, call.size));
      case CallKind::realloc: {
        const std::optional<Pointer> result = traced_.realloc(source, call.size);
        // A realloc that fails leaves the old block, and as in C, `a = realloc a 120` then loses the only pointer to
        // it. A malloc-lab trace has ids, not pointers, and keeps them; so does a call that was refused.
        const bool keeps = !result || (result->address == 0 && program_.format == Program::Format::malloc_lab);
        if (!keeps || call.target != call.source) assign(call, result.value_or(Pointer{}));
        return;
      }
      case CallKind::free: {
        // The last address of all is in no arena: it stands for those beyond 32 bits.
        constexpr std::uint64_t beyond = std::numeric_limits<Offset>::max();
        source.address += static_cast<Offset>(std::min(call.address, beyond - source.address));
        return traced_.free(source, call.sized ? std::optional(call.size) : std::nullopt);
      }
      case CallKind::write: return traced_.write(source, call.offset, text_of(call));
      case CallKind::read: traced_.read(source, call.offset, call.size); return;
      case CallKind::poke: {
        const auto address = std::min<std::uint64_t>(call.address, std::numeric_limits<Offset>::max());
        return traced_.poke(static_cast<Offset>(address), text_of(call));
      }
    }
  }
  void assign(const Call& call, Pointer pointer) { variables_[call.target] = pointer; }
  std::span<const std::byte> text_of(const Call& call) const {
    return std::span(program_.text).subspan(call.text_begin, static_cast<std::size_t>(call.size));
  }

  const Program& program_;
  Allocator allocator_;
  Traced<Allocator> traced_;
  std::vector<Pointer>& variables_;
  std::size_t next_ = 0;
};

/// A machine over the allocator template `A`; the parameters are what its `format` takes.
template <template <class, class> class A, class... Parameters>
class MachineOf final : public Machine {
 public:
  explicit MachineOf(Parameters... parameters) : parameters_(parameters...) {}

  std::unique_ptr<Play> begin(const Program& program, const ArenaMemory& memory, Recorder& recorder,
                              std::vector<Pointer>& variables, AllocError& error) const override {
    auto play = std::make_unique<PlayOf<A<Checked, Recording>>>(program, memory, recorder, variables);
    error = std::apply([&](auto... parameter) { return play->allocator().format(parameter...); }, parameters_);
    if (error != AllocError::none) return nullptr;
    recorder.start(memory.data(), memory.size());
    recorder.trace().names = program.names;
    recorder.trace().events.reserve(program.calls.size());
    recorder.trace().ends.reserve(program.calls.size());
    variables.assign(program.names.size(), {});
    return play;
  }

  std::uint64_t block_bytes(std::uint64_t size) const override {
    return std::apply([&](auto... parameter) { return A<Checked, Recording>::block_bytes(size, parameter...); },
                      parameters_);
  }

  Structure structure(std::span<const std::byte> bytes) const override { return structure_of<A>(bytes); }

  std::vector<Note> explain(const Event& event, std::span<const std::byte> bytes_before) const override {
    return notes_of<A>(event, bytes_before);
  }

 private:
  std::tuple<Parameters...> parameters_;
};

}  // namespace heapyard
