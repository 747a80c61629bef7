#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/history/statistics.hpp"
#include "heapyard/script/program.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

namespace heapyard::test {

/// Carries out a program's calls on a bare allocator, by hand: no trace, no history, no judgement. Requires a program
/// that commits no fault. Keeps its own account of what is live.
template <class A>
class Replay {
 public:
  Replay(A& allocator, const Program& program)
      : allocator_(allocator), program_(program), variables_(program.names.size()) {}

  void call(const Call& call) {
    const Variable source = variables_[call.source];
    switch (call.kind) {
      case CallKind::malloc: allocate(call, natural_layout(call.size)); break;
      case CallKind::calloc: {
        const bool possible = call.size == 0 || call.count <= Layout::max_size / call.size;
        allocate(call, possible ? natural_layout(call.count * call.size) : Result<Layout>(AllocError::size_overflow));
        break;
      }
      case CallKind::aligned_alloc: allocate(call, Layout::make(call.size, call.alignment)); break;
      case CallKind::realloc: reallocate(call, source); break;
      case CallKind::free:
        if (source.payload == 0) break;
        allocator_.deallocate(source.payload);
        live_.erase(source.payload);
        ++statistics_.deallocations;
        break;
      case CallKind::write:
        std::memcpy(allocator_.arena().at(source.payload) + call.offset, program_.text.data() + call.text_begin,
                    call.size);
        break;
      case CallKind::read:
      case CallKind::poke:
      case CallKind::mark:
      case CallKind::release: break;
    }
    high_ = std::max(high_, live_bytes());
  }

  /// The numbers of the heap as it stands, from the account and the allocator's own blocks.
  Statistics statistics() const {
    Statistics statistics = statistics_;
    statistics.live_blocks = live_.size();
    statistics.live_bytes = live_bytes();
    statistics.high_water_mark = high_;
    std::uint64_t used_bytes = 0;
    allocator_.for_each_block([&](const Block& block) {
      if (block.state == BlockState::used) used_bytes += block.size;
      if (block.state != BlockState::free) return;
      statistics.total_free += block.size;
      statistics.largest_free = std::max<std::uint64_t>(statistics.largest_free, block.size);
    });
    statistics.internal_fragmentation = used_bytes - statistics.live_bytes;
    if (statistics.total_free != 0)
      statistics.external_fragmentation =
          1 - static_cast<double>(statistics.largest_free) / static_cast<double>(statistics.total_free);
    return statistics;
  }

 private:
  struct Variable {
    Offset payload = 0;
  };

  void allocate(const Call& call, Result<Layout> layout) {
    const Result<Offset> payload = layout ? allocator_.allocate(*layout) : Result<Offset>(layout.error());
    variables_[call.target] = {*payload};
    if (!payload) {
      ++statistics_.failed_allocations;
      return;
    }
    ++statistics_.allocations;
    live_[*payload] = layout->size();
    if (call.kind == CallKind::calloc) std::memset(allocator_.arena().at(*payload), 0, layout->size());
  }

  void reallocate(const Call& call, Variable source) {
    const Result<Layout> layout = natural_layout(call.size);
    if (source.payload == 0) return allocate(call, layout);
    const Result<Offset> payload =
        layout ? allocator_.reallocate(source.payload, *layout) : Result<Offset>(layout.error());
    if (!payload) {
      ++statistics_.failed_allocations;
      if (call.target != call.source || program_.format == Program::Format::script) variables_[call.target] = {};
      return;
    }
    live_.erase(source.payload);
    live_[*payload] = call.size;
    variables_[call.target] = {*payload};
  }

  std::uint64_t live_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& [payload, size] : live_) bytes += size;
    return bytes;
  }

  A& allocator_;
  const Program& program_;
  std::vector<Variable> variables_;
  std::map<Offset, std::uint64_t> live_;
  std::uint64_t high_ = 0;
  Statistics statistics_;
};

}  // namespace heapyard::test
