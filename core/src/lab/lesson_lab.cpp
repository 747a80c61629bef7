#include "heapyard/lab/lesson_lab.hpp"

#include "heapyard/lab/standard_layouts.hpp"
#include "heapyard/stage/stage.hpp"

#include <algorithm>
#include <utility>

namespace heapyard {

LessonLab::LessonLab(const Lesson& lesson, std::uint32_t arena_bytes, std::string_view argument) : lesson_(&lesson) {
  Performance performance = play(lesson.debug, lesson.program, arena_bytes, argument);
  stacks_ = std::move(performance.stacks);
  output_ = std::move(performance.output);
  arena_address_ = performance.arena_address;
  lab_ = Lab::recorded(std::move(performance.trace), "free-list", make_free_list_inspector());
  learn_types();
  seek(0);
}

std::uint32_t LessonLab::step_at_lines(std::span<const std::uint32_t> lines, std::uint32_t occurrence) const {
  const Trace& trace = lab_.history().trace();
  for (std::uint32_t step = 1; step <= steps(); ++step) {
    const std::uint32_t line = trace.line_of_step(step);
    const bool arrives =
        trace.line_of_step(step - 1) != line && std::find(lines.begin(), lines.end(), line) != lines.end();
    if (arrives && --occurrence == 0) return step;
  }
  return 0;
}

std::string_view LessonLab::printed() const {
  const std::uint32_t before = now() == 0 ? 0 : stack(now() - 1).printed;
  return output().substr(before);
}

bool LessonLab::in_arena(std::uint64_t address, Offset& offset) const {
  if (address < arena_address_ || address - arena_address_ >= lab_.arena_bytes()) return false;
  offset = static_cast<Offset>(address - arena_address_);
  return true;
}

std::span<const std::byte> LessonLab::memory(std::uint64_t address, std::uint64_t size) const {
  const auto within = [&](std::uint64_t begin, std::span<const std::byte> bytes) -> std::span<const std::byte> {
    if (address < begin || address - begin > bytes.size() || size > bytes.size() - (address - begin)) return {};
    return bytes.subspan(static_cast<std::size_t>(address - begin), static_cast<std::size_t>(size));
  };
  if (const auto bytes = within(arena_address_, lab_.history().bytes()); !bytes.empty()) return bytes;
  for (const StackFrame& frame : stack().frames) {
    for (const StackVariable& each : frame.variables) {
      const std::uint32_t variable_size = debug().types[debug().variables[each.variable].type].size;
      const auto bytes = within(each.address, std::span(stack().bytes).subspan(each.bytes, variable_size));
      if (!bytes.empty()) return bytes;
    }
  }
  return {};
}

std::uint64_t LessonLab::known(std::uint64_t address, std::uint64_t size) const {
  for (const StackFrame& frame : stack().frames) {
    for (const StackVariable& each : frame.variables) {
      const std::uint32_t variable_size = debug().types[debug().variables[each.variable].type].size;
      if (each.known == 0 || address < each.address || address - each.address >= variable_size) continue;
      const auto written =
          std::span(stack().bytes)
              .subspan(each.known + static_cast<std::size_t>(address - each.address), static_cast<std::size_t>(size));
      return size - static_cast<std::uint64_t>(std::count(written.begin(), written.end(), std::byte{0}));
    }
  }
  return size;
}

const TypeMember& LessonLab::likely_member(const Type& either, std::span<const std::byte> bytes) const {
  const auto members = debug().members_of(either);
  const std::uint64_t word = word_at(bytes, 0);
  Offset offset = 0;
  const bool leads = word == 0 || in_arena(word, offset);
  const auto found = std::find_if(members.begin(), members.end(), [&](const TypeMember& each) {
    return (debug().types[each.type].kind == TypeKind::pointer) == leads;
  });
  return found == members.end() ? members.front() : *found;
}

bool LessonLab::is_stale(const StackVariable& variable, AllocationId allocation) const {
  if (debug().types[debug().variables[variable.variable].type].kind >= TypeKind::vector) return false;
  return variable.written <= lab_.history().trace().allocation(allocation).allocated_step;
}

std::string LessonLab::name(AllocationId allocation, std::uint32_t at) const {
  const std::uint32_t born = lab_.history().trace().allocation(allocation).allocated_step;
  for (std::uint32_t step = at; step >= born; --step) {
    if (const std::string_view holder = this->holder(allocation, step); !holder.empty()) return std::string(holder);
  }
  return std::string(lab_.history().trace().name_of_allocation(allocation));
}

/// The variable that leads to an allocation after a step; outer frames first.
std::string_view LessonLab::holder(AllocationId id, std::uint32_t step) const {
  const Allocation& allocation = lab_.history().trace().allocation(id);
  for (const StackFrame& frame : stack(step).frames) {
    for (const StackVariable& each : frame.variables) {
      const Variable& variable = debug().variables[each.variable];
      const Type& type = debug().types[variable.type];
      const auto bytes = std::span(stack(step).bytes).subspan(each.bytes, type.size);
      if (each.written == 0 || is_stale(each, id)) continue;
      if (leads_to(type, bytes, address_of(allocation.payload), allocation.size)) return variable.name;
    }
  }
  return {};
}

/// Walks from the variables along the pointers, at every step: what a pointer leads to has the type that it points to.
void LessonLab::learn_types() {
  objects_.resize(lab_.history().trace().allocations.size() + 1);
  for (std::uint32_t step = 1; step <= steps(); ++step) {
    seek(step);
    for (const StackFrame& frame : stack().frames) {
      for (const StackVariable& each : frame.variables) {
        const std::uint32_t type = debug().variables[each.variable].type;
        const auto bytes = std::span(stack().bytes).subspan(each.bytes, debug().types[type].size);
        const OwnedBlock* block = block_of(word_at(bytes, 0));
        const bool stale = block != nullptr && is_stale(each, block->allocation);
        if (each.written != 0 && !stale) follow(type, bytes);
      }
    }
    // What was learned before leads on, to what came to stand in it since.
    for (AllocationId id = 1; id < objects_.size(); ++id) {
      const Allocation& allocation = lab_.history().trace().allocation(id);
      const ObjectType& object = objects_[id];
      const bool live = allocation.allocated_step <= step && (allocation.live() || allocation.freed_step > step);
      if (!live || object.type == 0) continue;
      const Type& type = debug().types[object.type];
      for (std::uint32_t i = 0; i < object.count; ++i)
        follow(object.type,
               memory(address_of(allocation.payload + object.offset) + std::uint64_t{i} * type.size, type.size));
    }
  }
}

void LessonLab::follow(std::uint32_t number, std::span<const std::byte> bytes) {
  const Type& type = debug().types[number];
  if (bytes.size() < type.size || type.size == 0) return;
  switch (type.kind) {
    case TypeKind::pointer:
    case TypeKind::unique_ptr:
    case TypeKind::vector:
    case TypeKind::span: return learn(word_at(bytes, 0), type.target);
    case TypeKind::shared_ptr:
    case TypeKind::weak_ptr: return learn_shared(word_at(bytes, 0), word_at(bytes, sizeof(void*)), type.target);
    case TypeKind::optional:
    case TypeKind::atomic: return follow(type.target, bytes.first(debug().types[type.target].size));
    case TypeKind::array: {
      const std::uint32_t size = debug().types[type.target].size;
      for (std::uint32_t i = 0; i < type.count; ++i) follow(type.target, bytes.subspan(std::size_t{i} * size, size));
      return;
    }
    case TypeKind::either: {
      if (type.members_count == 0) return;
      const Type& member = debug().types[likely_member(type, bytes).type];
      return follow(likely_member(type, bytes).type, bytes.first(member.size));
    }
    case TypeKind::record: {
      for (const TypeMember& member : debug().members_of(type))
        follow(member.type, bytes.subspan(static_cast<std::size_t>(member.offset), debug().types[member.type].size));
      return;
    }
    default: return;
  }
}

const OwnedBlock* LessonLab::block_of(std::uint64_t pointer) const {
  Offset offset = 0;
  const OwnedBlock* block = in_arena(pointer, offset) ? lab_.history().block_at(offset) : nullptr;
  return block != nullptr && block->allocation != 0 ? block : nullptr;
}

void LessonLab::learn(std::uint64_t pointer, std::uint32_t number) {
  const OwnedBlock* block = block_of(pointer);
  const std::uint32_t size = debug().types[number].size;
  if (block == nullptr || size == 0) return;
  ObjectType& known = objects_[block->allocation];
  // A pointer into the middle says nothing of the beginning.
  if (known.type != 0 || known.shared_counts || pointer != address_of(block->payload_offset)) return;
  if (const std::uint32_t count = block->payload_size / size; count > 0) known = {number, count, 0, false};
}

void LessonLab::learn_shared(std::uint64_t pointer, std::uint64_t control, std::uint32_t number) {
  const OwnedBlock* counts = block_of(control);
  if (counts == nullptr) return;
  ObjectType& known = objects_[counts->allocation];
  known.shared_counts = true;
  if (block_of(pointer) != counts) return learn(pointer, number);
  known = {number, 1, static_cast<std::uint32_t>(pointer - address_of(counts->payload_offset)), true};
}

}  // namespace heapyard
