#include "heapyard/lab/race_timing.hpp"

#include "heapyard/base/layout.hpp"
#include "heapyard/lab/inspector.hpp"

#include "allocator_names.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace heapyard {
namespace {

/// A call that was carried out. What does not apply is 0.
struct BareCall {
  EventKind kind = EventKind::malloc;  ///< malloc, realloc, free, mark or release
  AllocationId given = 0;
  AllocationId made = 0;
  Layout layout;
  Offset marker = 0;
};

struct BareProgram {
  std::vector<BareCall> calls;
  std::size_t allocations = 0;
};

BareProgram bare(const Trace& trace) {
  BareProgram program;
  program.allocations = trace.allocations.size();
  for (const Event& event : trace.events) {
    if (event.fault != FaultKind::none || event.error != AllocError::none) continue;
    if (event.releases() && event.address != 0) program.calls.push_back({EventKind::free, event.allocation, 0, {}, 0});
    if (event.kind == EventKind::mark || (event.kind == EventKind::release && event.address != 0))
      program.calls.push_back({event.kind, 0, 0, {}, event.address});
    if (!event.allocates()) continue;
    const bool moves = event.kind == EventKind::realloc && event.before != 0;
    program.calls.push_back({moves ? EventKind::realloc : EventKind::malloc, moves ? event.before : 0, event.allocation,
                             *asked_layout(event), 0});
  }
  return program;
}

/// The calls of a program on an allocator that is made empty before each round; without a program, the making empty
/// alone.
template <class Allocator, class... Parameters>
class BareRun final : public Work {
 public:
  BareRun(const ArenaMemory& memory, std::shared_ptr<const BareProgram> program, Parameters... parameters)
      : program_(std::move(program)), allocator_(Arena<>(memory)), parameters_(parameters...) {
    if (program_ != nullptr) payloads_.resize(program_->allocations + 1);
  }

  void run(std::uint64_t rounds) override {
    for (std::uint64_t round = 0; round < rounds; ++round) {
      std::apply([this](auto... parameter) { static_cast<void>(allocator_.format(parameter...)); }, parameters_);
      if (program_ == nullptr) continue;
      for (const BareCall& call : program_->calls) carry_out(call);
    }
  }

 private:
  /// A program that overwrote its heap may come to other ends here, where it does not: what it did not get, it does not
  /// give back.
  void carry_out(const BareCall& call) {
    Offset& given = payloads_[call.given];
    switch (call.kind) {
      case EventKind::free:
        if (given != 0) static_cast<void>(allocator_.deallocate(given));
        return;
      case EventKind::mark:
        if constexpr (requires(Allocator a) { a.mark(); }) static_cast<void>(allocator_.mark());
        return;
      case EventKind::release:
        // The calls are those that were carried out, so the marker lies where it lay then.
        if constexpr (requires(Allocator a) { a.mark(); }) static_cast<void>(allocator_.release_to(call.marker));
        return;
      case EventKind::realloc:
        if (given != 0) payloads_[call.made] = allocator_.reallocate(given, call.layout).value();
        return;
      default: payloads_[call.made] = allocator_.allocate(call.layout).value();
    }
  }

  std::shared_ptr<const BareProgram> program_;
  Allocator allocator_;
  std::tuple<Parameters...> parameters_;
  std::vector<Offset> payloads_;  ///< by allocation
};

}  // namespace

RaceTiming::RaceTiming(const Race& race, Clock clock) {
  AllocError error;
  memory_ = ArenaMemory::make(race.arena_bytes(), error);
  measurables_.reserve(race.lanes().size() * 2);
  for (const Lane& lane : race.lanes()) {
    if (error != AllocError::none) break;
    auto program = std::make_shared<const BareProgram>(bare(lane.lab.history().trace()));
    const std::uint64_t calls = std::max<std::size_t>(program->calls.size(), 1);
    for (const auto& part : {program, std::shared_ptr<const BareProgram>()}) {
      measurables_.push_back({"", "", "", calls, [this, part, name = lane.lab.allocator()] {
                                std::string unknown;
                                const AllocatorName split = *split_allocator_name(name, unknown);
                                return *visit_every_allocator<std::unique_ptr<Work>>(
                                    split, unknown,
                                    [&]<template <class, class> class A>(auto... parameters) -> std::unique_ptr<Work> {
                                      using Run = BareRun<A<Unchecked, Unwatched>, decltype(parameters)...>;
                                      return std::make_unique<Run>(memory_, part, parameters...);
                                    });
                              }});
    }
  }
  std::vector<const Measurable*> candidates;
  for (const Measurable& each : measurables_) candidates.push_back(&each);
  measuring_ = std::make_unique<Measuring>(std::move(candidates), std::move(clock), least_batch_ns);
}

std::vector<double> RaceTiming::ns_per_operation() const {
  std::vector<double> times;
  const std::vector<Timing> timings = measuring_->results();
  for (std::size_t i = 0; i + 1 < timings.size(); i += 2)
    times.push_back(std::max(0.0, timings[i].median_ns - timings[i + 1].median_ns));
  return times;
}

}  // namespace heapyard
