#include "heapyard/stage/stage.hpp"

#include "heapyard/alloc/free_list.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/stage/hooks.hpp"
#include "heapyard/trace/traced.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace heapyard {
namespace {

/// A variable, and which of its bytes were written.
struct LiveVariable : StackVariable {
  std::vector<std::byte> stored;
};

/// The program's stack as its hooks tell it.
struct Activation {
  std::uint32_t function = 0;
  std::uint32_t line = 0;
  bool told = false;                                       ///< the last step is of the line that it has come to
  bool wrote = false, ended = false;                       ///< in that line something was written, a variable went
  std::vector<std::pair<FaultKind, AllocationId>> faults;  ///< those of that line: one of a kind is a step
  std::vector<LiveVariable> variables;
};

class Stage final : public Hooks {
 public:
  Stage(const DebugInfo& debug, const ArenaMemory& memory)
      : debug_(debug),
        memory_(memory),
        allocator_(Arena<Recording>(memory, Recording(recorder_))),
        traced_(allocator_, recorder_) {
    static_cast<void>(allocator_.allocator().format());
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
    for (LiveVariable& each : frames_.back().variables) {
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
    LiveVariable& declared = frames_.back().variables.emplace_back();
    declared.variable = variable;
    declared.address = reinterpret_cast<std::uintptr_t>(address);
    declared.written = debug_.variables[variable].parameter ? recorder_.next_step() : 0;
    declared.stored.resize(size_of(declared));
  }

  void gone(const void* address) override {
    settle();
    frames_.back().ended = true;
    std::erase_if(frames_.back().variables, [address](const LiveVariable& each) {
      return each.address == reinterpret_cast<std::uintptr_t>(address);
    });
  }

  void load(const void* address, std::uint64_t size) override { access(EventKind::read, address, size); }

  void store(const void* address, std::uint64_t size) override {
    const auto begin = reinterpret_cast<std::uintptr_t>(address);
    if (!frames_.empty()) frames_.back().wrote = true;
    for (Activation& frame : frames_) {
      for (LiveVariable& each : frame.variables) {
        const std::uint64_t end = each.address + each.stored.size();
        if (begin >= end || each.address >= begin + size) continue;
        each.written = recorder_.next_step();
        const std::uint64_t from = std::max<std::uint64_t>(begin, each.address);
        std::fill_n(each.stored.begin() + static_cast<std::ptrdiff_t>(from - each.address),
                    std::min<std::uint64_t>(begin + size, end) - from, std::byte{1});
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
  std::uint32_t size_of(const StackVariable& variable) const {
    return debug_.types[debug_.variables[variable.variable].type].size;
  }
  static const std::byte* bytes_of(const StackVariable& variable) {
    return reinterpret_cast<const std::byte*>(static_cast<std::uintptr_t>(variable.address));
  }

  /// Whether a call is one of a member function on the object at an address.
  bool is_on(const Activation& call, std::uint64_t address) const {
    return std::any_of(call.variables.begin(), call.variables.end(), [&](const LiveVariable& each) {
      std::uintptr_t object = 0;
      if (debug_.variables[each.variable].name != "this" || each.written == 0) return false;
      std::memcpy(&object, bytes_of(each), sizeof object);
      return object == address;
    });
  }

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
      StackFrame& kept = stack.frames.emplace_back(StackFrame{frame.function, frame.line, {}});
      const Activation* call = &frame == &frames_.back() ? nullptr : &frame + 1;
      for (const LiveVariable& variable : frame.variables) {
        StackVariable& each = kept.variables.emplace_back(variable);
        each.bytes = static_cast<std::uint32_t>(stack.bytes.size());
        const std::byte* from = bytes_of(each);
        stack.bytes.insert(stack.bytes.end(), from, from + size_of(each));
        if (call == nullptr || debug_.variables[each.variable].line != frame.line) continue;
        // A call that initialises a variable may write to it or may hand its value back: until it returns, only what a
        // constructor wrote is told.
        each.written = 0;
        if (!is_on(*call, each.address)) continue;
        each.known = static_cast<std::uint32_t>(stack.bytes.size());
        stack.bytes.insert(stack.bytes.end(), variable.stored.begin(), variable.stored.end());
      }
    }
    name_allocations();
    performance_.stacks.push_back(std::move(stack));
  }

  /// An allocation is called by the first variable that leads to it, in the outermost frame where one ever does.
  void name_allocations() {
    std::vector<Allocation>& allocations = recorder_.trace().allocations;
    named_in_.resize(allocations.size(), frame_limit);
    for (std::size_t i = 0; i < allocations.size(); ++i) {
      if (!allocations[i].live()) continue;
      for (std::size_t frame = 0; frame < std::min(frames_.size(), named_in_[i]); ++frame) {
        if (const Variable* holder = holder_in(frames_[frame], allocations[i])) {
          allocations[i].name = name_of(*holder);
          named_in_[i] = frame;
        }
      }
    }
  }

  const Variable* holder_in(const Activation& frame, const Allocation& allocation) const {
    const std::uint64_t begin = performance_.arena_address + allocation.payload;
    for (const LiveVariable& each : frame.variables) {
      const Variable& variable = debug_.variables[each.variable];
      const Type& type = debug_.types[variable.type];
      // What was written before leads to what lived there then; classes of the library are taken at their word.
      const std::uint32_t since = type.kind >= TypeKind::vector ? 0 : allocation.allocated_step;
      if (each.written > since && leads_to(type, {bytes_of(each), type.size}, begin, allocation.size)) return &variable;
    }
    return nullptr;
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
  Recorded<FreeList<Checked, Recording>> allocator_;
  Traced traced_;
  Performance performance_;
  std::vector<Activation> frames_;
  static constexpr std::size_t frame_limit = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> named_in_;  ///< by allocation: the frame of the variable that named it
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
