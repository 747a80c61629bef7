#include "heapyard/lab/play.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace heapyard {

Play::Play(const Program& program, std::unique_ptr<RecordedAllocator> allocator, Recorder& recorder,
           std::vector<Pointer>& variables)
    : program_(program), allocator_(std::move(allocator)), traced_(*allocator_, recorder), variables_(variables) {
  recorder.start(allocator_->arena().at(0), allocator_->arena().size());
  recorder.trace().names = program.names;
  recorder.trace().events.reserve(program.calls.size());
  recorder.trace().ends.reserve(program.calls.size());
  variables_.assign(program.names.size(), {});
}

bool Play::advance(std::size_t calls) {
  const std::size_t end = next_ + std::min(calls, program_.calls.size() - next_);
  while (next_ < end) play(program_.calls[next_++]);
  if (next_ < program_.calls.size()) return true;
  traced_.finish();
  return false;
}

void Play::play(const Call& call) {
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
    case CallKind::mark: return assign(call, traced_.mark());
    case CallKind::release: return traced_.release(source);
    case CallKind::write: return traced_.write(source, call.offset, text_of(call));
    case CallKind::read: traced_.read(source, call.offset, call.size); return;
    case CallKind::poke: {
      const auto address = std::min<std::uint64_t>(call.address, std::numeric_limits<Offset>::max());
      return traced_.poke(static_cast<Offset>(address), text_of(call));
    }
  }
}

std::span<const std::byte> Play::text_of(const Call& call) const {
  return std::span(program_.text).subspan(call.text_begin, static_cast<std::size_t>(call.size));
}

}  // namespace heapyard
