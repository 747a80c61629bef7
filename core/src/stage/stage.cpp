#include "heapyard/stage/stage.hpp"

#include "heapyard/alloc/free_list.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/stage/hooks.hpp"
#include "heapyard/trace/traced.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace heapyard {
namespace {

/// The program's stack as its hooks tell it.
struct Activation {
  std::uint32_t function = 0;
  std::uint32_t line = 0;
  bool told = false;                                       ///< the last step is of the line that it has come to
  bool wrote = false, ended = false;                       ///< in that line something was written, a variable went
  std::vector<std::pair<FaultKind, AllocationId>> faults;  ///< those of that line: one of a kind is a step
  std::vector<StackVariable> variables;
};

class Stage final : public Hooks {
 public:
  Stage(const DebugInfo& debug, const ArenaMemory& memory)
      : debug_(debug),
        memory_(memory),
        allocator_(Arena<Recording>(memory, Recording(recorder_))),
        traced_(allocator_, recorder_) {
    static_cast<void>(allocator_.format());
    recorder_.start(memory.data(), memory.size());
    recorder_.trace().names.emplace_back();
    performance_.stacks.emplace_back();
    performance_.arena_address = reinterpret_cast<std::uintptr_t>(memory.data());
  }

  Performance take() {
    traced_.finish();
    performance_.trace = std::move(recorder_.trace());
    return std::move(performance_);
  }

  void at(std::uint32_t line) override {
    if (frames_.empty() || frames_.back().line == line) return;
    for (StackVariable& each : frames_.back().variables) {
      if (each.written == 0 && is_constructed(each)) each.written = recorder_.next_step();
    }
    end_line();
    frames_.back().line = line;
    frames_.back().told = frames_.back().wrote = frames_.back().ended = false;
    frames_.back().faults.clear();
  }

  void enter(std::uint32_t function) override {
    settle();
    frames_.emplace_back();
    frames_.back().function = function;
    frames_.back().line = debug_.functions[function].line;
    step([&] { traced_.step(EventKind::enter); });
  }

  void leave() override {
    end_line();
    frames_.pop_back();
    step([&] { traced_.step(EventKind::leave); });
  }

  void variable(const void* address, std::uint32_t variable) override {
    gone(address);
    frames_.back().ended = false;
    frames_.back().variables.push_back({variable, reinterpret_cast<std::uintptr_t>(address), 0,
                                        debug_.variables[variable].parameter ? recorder_.next_step() : 0});
  }

  void gone(const void* address) override {
    settle();
    frames_.back().ended = true;
    std::erase_if(frames_.back().variables, [address](const StackVariable& each) {
      return each.address == reinterpret_cast<std::uintptr_t>(address);
    });
  }

  void load(const void* address, std::uint64_t size) override { access(EventKind::read, address, size); }

  void store(const void* address, std::uint64_t size) override {
    const auto begin = reinterpret_cast<std::uintptr_t>(address);
    if (!frames_.empty()) frames_.back().wrote = true;
    for (Activation& frame : frames_) {
      for (StackVariable& each : frame.variables) {
        const std::uint64_t variable_size = debug_.types[debug_.variables[each.variable].type].size;
        if (begin < each.address + variable_size && each.address < begin + size) each.written = recorder_.next_step();
      }
    }
    access(EventKind::write, address, size);
  }

  void print(std::string_view text) override {
    performance_.output += text;
    if (!frames_.empty()) frames_.back().wrote = true;
  }

  bool owns(const void* pointer) const override {
    return !std::less<const void*>{}(pointer, memory_.data()) &&
           std::less<const void*>{}(pointer, memory_.data() + memory_.size());
  }

  void* malloc(std::uint64_t size) override {
    return allocation([&] { return traced_.malloc(size); });
  }
  void* calloc(std::uint64_t count, std::uint64_t size) override {
    return allocation([&] { return traced_.calloc(count, size); });
  }
  void* aligned_alloc(std::uint64_t alignment, std::uint64_t size) override {
    return allocation([&] { return traced_.aligned_alloc(alignment, size); });
  }
  void* realloc(void* pointer, std::uint64_t size) override {
    return allocation([&] { return traced_.realloc(offset_of(pointer), size).value_or(Pointer{}); });
  }
  void free(void* pointer) override {
    settle();
    step([&] { traced_.free(offset_of(pointer)); });
  }
  void* op_new(std::uint64_t size, std::optional<std::uint64_t> alignment) override {
    return allocation([&] { return traced_.op_new(std::max<std::uint64_t>(size, 1), alignment); });
  }
  void op_delete(void* pointer, std::optional<std::uint64_t> size) override {
    settle();
    step([&] { traced_.op_delete(offset_of(pointer), size); });
  }

 private:
  /// Whether a variable whose declaration is over surely has a value, also when the library wrote it unseen.
  bool is_constructed(const StackVariable& variable) const {
    return debug_.types[debug_.variables[variable.variable].type].kind >= TypeKind::vector;
  }

  /// A step of the line that runs.
  template <class Call>
  void step(Call call) {
    recorder_.wrote(0, memory_.size());
    traced_.at(frames_.empty() ? 0 : frames_.back().line);
    call();
    if (!frames_.empty()) frames_.back().told = true;
    look();
  }

  template <class Call>
  void* allocation(Call call) {
    Pointer pointer;
    settle();
    step([&] { pointer = call(); });
    return pointer.address == 0 ? nullptr : memory_.data() + pointer.address;
  }

  /// The line that ran is over: it is a step if nothing that it did was one, and it did more than to end variables.
  void end_line() {
    const Activation& frame = frames_.back();
    if (frame.told) return settle();
    if (frame.ended && !frame.wrote) return;
    step([&] { traced_.step(EventKind::line); });
  }

  /// What happened since the last step, in the line that it is of, is a part of it.
  void settle() {
    if (performance_.stacks.size() == 1 || frames_.empty() || !frames_.back().told) return;
    recorder_.wrote(0, memory_.size());
    recorder_.amend();
    performance_.stacks.pop_back();
    look();
  }

  /// Keeps the stack as it is after the last step.
  void look() {
    Stack stack;
    stack.printed = static_cast<std::uint32_t>(performance_.output.size());
    for (const Activation& frame : frames_) {
      StackFrame& kept = stack.frames.emplace_back(StackFrame{frame.function, frame.line, frame.variables});
      // A call that initialises a variable may write to it or may hand its value back: until it returns, nothing is
      // said.
      const bool under_way = &frame != &frames_.back();
      for (StackVariable& each : kept.variables) {
        if (under_way && debug_.variables[each.variable].line == frame.line) each.written = 0;
        each.bytes = static_cast<std::uint32_t>(stack.bytes.size());
        const std::uint32_t size = debug_.types[debug_.variables[each.variable].type].size;
        const auto* from = reinterpret_cast<const std::byte*>(static_cast<std::uintptr_t>(each.address));
        stack.bytes.insert(stack.bytes.end(), from, from + size);
      }
    }
    name_allocations();
    performance_.stacks.push_back(std::move(stack));
  }

  /// An allocation is called by the first variable that leads to it.
  void name_allocations() {
    Trace& trace = recorder_.trace();
    for (Allocation& allocation : trace.allocations) {
      if (allocation.name != 0 || !allocation.live()) continue;
      const std::uint64_t begin = performance_.arena_address + allocation.payload;
      for (const Activation& frame : frames_) {
        for (const StackVariable& each : frame.variables) {
          const Variable& variable = debug_.variables[each.variable];
          const Type& type = debug_.types[variable.type];
          const auto* bytes = reinterpret_cast<const std::byte*>(static_cast<std::uintptr_t>(each.address));
          if (allocation.name == 0 && each.written != 0 && leads_to(type, {bytes, type.size}, begin, allocation.size))
            allocation.name = name_of(variable);
        }
      }
    }
  }

  std::uint32_t name_of(const Variable& variable) {
    std::vector<std::string>& names = recorder_.trace().names;
    const auto found = std::find(names.begin(), names.end(), variable.name);
    if (found == names.end()) names.emplace_back(variable.name);
    return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), variable.name) - names.begin());
  }

  void access(EventKind kind, const void* address, std::uint64_t size) {
    if (!owns(address) || size == 0 || frames_.empty()) return;
    const Offset offset = allocator_.arena().offset_of(address);
    Pointer about;
    const FaultKind fault = traced_.judge(offset, size, about);
    if (fault == FaultKind::none) return;
    auto& known = frames_.back().faults;
    if (std::find(known.begin(), known.end(), std::pair(fault, about.allocation)) != known.end()) return;
    known.emplace_back(fault, about.allocation);
    settle();
    step([&] { traced_.commit(fault, kind, offset, size, about); });
  }

  /// The last address of all is in no arena: it stands for those outside of this one.
  Pointer offset_of(void* pointer) const {
    if (pointer == nullptr) return {};
    return {owns(pointer) ? allocator_.arena().offset_of(pointer) : ~Offset{0}, 0};
  }

  const DebugInfo& debug_;
  const ArenaMemory& memory_;
  Recorder recorder_;
  FreeList<Checked, Recording> allocator_;
  Traced<FreeList<Checked, Recording>> traced_;
  Performance performance_;
  std::vector<Activation> frames_;
};

}  // namespace

Performance play(const DebugInfo& debug, int (*program)(int, char**), std::uint32_t arena_bytes,
                 std::string_view argument) {
  AllocError error;
  const ArenaMemory memory = ArenaMemory::make(arena_bytes, error);
  if (error != AllocError::none) return {};
  Stage stage(debug, memory);
  perform(stage, program, argument);
  return stage.take();
}

}  // namespace heapyard
