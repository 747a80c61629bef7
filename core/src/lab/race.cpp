#include "heapyard/lab/race.hpp"

#include "heapyard/say/say.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

namespace heapyard {
namespace {

constexpr std::size_t everything = std::numeric_limits<std::size_t>::max();

/// What each call came to, from where the live blocks lie.
class Placing {
 public:
  Placement of(const Event& event) {
    if (event.fault != FaultKind::none) return Placement::refused(event.fault);
    if (event.allocates()) {
      if (event.error != AllocError::none) return Placement::failed(event.error);
      if (event.kind == EventKind::realloc) live_.erase(event.address);
      const auto place = live_.insert_or_assign(event.payload, event.allocation).first;
      return Placement::behind(place == live_.begin() ? 0 : std::prev(place)->second);
    }
    if (event.kind == EventKind::mark && event.failed()) return Placement::failed(event.error);
    if (event.kind == EventKind::release) live_.erase(live_.upper_bound(event.address), live_.end());
    if (event.releases()) live_.erase(event.address);
    return {};
  }

 private:
  std::map<Offset, AllocationId> live_;
};

}  // namespace

/// Goes over a lane that ran, and finds its result, curve and placements.
class RaceRun::Judge {
 public:
  Judge(Lane& lane, const std::vector<Placement>& first)
      : lane_(lane),
        first_(first),
        trace_(lane.lab.history().trace()),
        walk_(trace_),
        sampler_(trace_.steps(), Race::curve_points) {
    lane_.placements.reserve(trace_.steps());
    look();
  }

  bool advance(std::size_t steps) {
    for (; steps > 0; --steps) {
      if (!walk_.advance()) {
        lane_.curve = sampler_.points();
        lane_.result.touched = walk_.now().touched;
        return false;
      }
      look();
      const Event& event = trace_.event(walk_.now().step);
      count(event);
      place(event);
    }
    return true;
  }

  double progress() const { return walk_.now().step / std::max(1.0, static_cast<double>(trace_.steps())); }

 private:
  void look() {
    const CurvePoint& now = walk_.now();
    sampler_.add(now);
    RaceResult& result = lane_.result;
    if (now.live_bytes <= result.high_water_mark) return;
    result.high_water_mark = now.live_bytes;
    result.high_water_step = now.step;
    result.internal_fragmentation = now.internal_fragmentation();
    result.external_fragmentation = now.external_fragmentation();
  }

  void count(const Event& event) {
    RaceResult& result = lane_.result;
    if (event.allocates()) ++result.allocations;
    if (event.fault == FaultKind::out_of_order)
      ++result.refusals;
    else if (event.fault != FaultKind::none)
      ++result.faults;
    if (!event.failed()) return;
    if (result.failures++ == 0) result.failed_at = walk_.now().step;
  }

  void place(const Event& event) {
    const std::size_t index = lane_.placements.size();
    const Placement placement = placing_.of(event);
    lane_.placements.push_back(placement);
    if (lane_.diverges_at == 0 && index < first_.size() && placement != first_[index])
      lane_.diverges_at = walk_.now().step;
  }

  Lane& lane_;
  const std::vector<Placement>& first_;
  const Trace& trace_;
  CurveWalk walk_;
  CurveSampler sampler_;
  Placing placing_;
};

Race Race::run(std::string_view text, const std::vector<std::string>& allocators, std::uint64_t arena_bytes) {
  RaceRun run(text, allocators, arena_bytes);
  while (run.advance(everything)) continue;
  return run.take();
}

std::uint32_t Race::first_divergence() const {
  std::uint32_t first = 0;
  for (const Lane& lane : lanes_) {
    if (lane.diverges_at != 0 && (first == 0 || lane.diverges_at < first)) first = lane.diverges_at;
  }
  return first;
}

std::uint32_t Race::next_failure(std::uint32_t step) const {
  const std::uint32_t last = steps();
  for (std::uint32_t turn = 1; turn <= last; ++turn) {
    const std::uint32_t at = (step + turn - 1) % last;
    const bool fails = std::any_of(lanes_.begin(), lanes_.end(), [at](const Lane& lane) {
      return lane.placements[at].fails() || lane.placements[at].is_refused();
    });
    if (fails) return at + 1;
  }
  return 0;
}

std::uint32_t Race::high_water_step() const {
  const auto most = std::max_element(lanes_.begin(), lanes_.end(), [](const Lane& a, const Lane& b) {
    return a.result.high_water_mark < b.result.high_water_mark;
  });
  return most == lanes_.end() ? 0 : most->result.high_water_step;
}

std::uint64_t Race::touched() const {
  std::uint64_t most = 0;
  for (const Lane& lane : lanes_) most = std::max(most, lane.result.touched);
  return most;
}

void Race::seek(std::uint32_t step) {
  for (Lane& lane : lanes_) lane.lab.history().seek(step);
}

RaceRun::RaceRun(std::string_view text, std::vector<std::string> allocators, std::uint64_t arena_bytes)
    : text_(text), allocators_(std::move(allocators)), arena_bytes_(arena_bytes) {
  const Program program = parse_program(text_);
  race_.problems_ = program.problems;
  if (allocators_.empty()) race_.setup_error_ = say("a race needs an allocator");
  if (allocators_.size() > Race::most_lanes)
    race_.setup_error_ = say("a race takes up to {} allocators, and not {}", Race::most_lanes, allocators_.size());
  std::uint64_t most = 0;
  for (const std::string& name : allocators_) {
    if (!race_.setup_error_.empty()) break;
    const std::unique_ptr<Machine> machine = make_machine(name, race_.setup_error_);
    if (machine != nullptr) most = std::max(most, arena_for(program, *machine));
  }
  if (arena_bytes_ == 0) arena_bytes_ = most;
  if (!race_.problems_.empty() || !race_.setup_error_.empty()) allocators_.clear();
  race_.lanes_.reserve(allocators_.size());
}

RaceRun::~RaceRun() = default;

bool RaceRun::advance(std::size_t calls) {
  if (judge_ != nullptr) {
    if (!judge_->advance(calls)) judge_.reset();
    return true;
  }
  const std::size_t done = race_.lanes_.size();
  if (done == allocators_.size()) return false;
  if (run_ == nullptr) run_ = std::make_unique<LabRun>(text_, allocators_[done], arena_bytes_);
  if (run_->advance(calls)) return true;
  Lane& lane = race_.lanes_.emplace_back(Lane{run_->take(), {}, {}, {}, 0});
  run_.reset();
  if (!lane.lab.setup_error().empty()) {
    race_.setup_error_ = lane.lab.setup_error();
    race_.lanes_.clear();
    allocators_.clear();
    return false;
  }
  judge_ = std::make_unique<Judge>(lane, race_.lanes_.front().placements);
  return true;
}

double RaceRun::progress() const {
  if (allocators_.empty()) return 1;
  constexpr double judging = 0.2;  // the part of a lane's time that it takes to go over it
  double lanes = static_cast<double>(race_.lanes_.size());
  if (judge_ != nullptr) lanes -= judging * (1 - judge_->progress());
  if (run_ != nullptr) lanes += (1 - judging) * run_->progress();
  return lanes / static_cast<double>(allocators_.size());
}

}  // namespace heapyard
