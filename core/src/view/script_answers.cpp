#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/answers.hpp"
#include "heapyard/view/goals.hpp"
#include "heapyard/view/heap_quantities.hpp"

#include "shifted.hpp"

namespace heapyard {
namespace {

/// The last allocation that a variable was given up to a step; null when none was.
const Allocation* given_to(const Trace& trace, std::string_view variable, std::uint32_t step) {
  for (auto id = static_cast<AllocationId>(trace.allocations.size()); id > 0; --id) {
    if (trace.allocation(id).allocated_step <= step && trace.name_of_allocation(id) == variable)
      return &trace.allocation(id);
  }
  return nullptr;
}

std::optional<Answer> of_variable(const Lab& lab, const Shifted& asked, std::string_view what,
                                  std::string_view variable) {
  const History& history = lab.history();
  const Allocation* given = given_to(history.trace(), variable, history.now());
  if (given == nullptr) return std::nullopt;
  const bool live = given->live() || given->freed_step > history.now();
  if (what == "address") return asked.address(given->payload, lab.arena_bytes());
  if (what == "size") return asked.bytes(live ? given->size : 0);
  const OwnedBlock* block = live ? history.block_at(given->payload) : nullptr;
  if (block == nullptr) return std::nullopt;
  if (what == "end") return asked.address(block->payload_offset + block->payload_size, lab.arena_bytes());
  if (what == "block") return asked.bytes(block->size);
  return std::nullopt;
}

}  // namespace

std::optional<Answer> evaluate(const Lab& lab, std::string_view expression) {
  const std::optional<Shifted> asked = shifted(expression);
  if (!asked) return std::nullopt;
  const std::size_t of = asked->what.find(" of ");
  if (of != std::string_view::npos)
    return of_variable(lab, *asked, asked->what.substr(0, of), asked->what.substr(of + 4));
  const std::optional<std::uint64_t> number = heap_quantity(lab, asked->what);
  if (!number) return std::nullopt;
  const bool in_bytes =
      asked->what.ends_with("free") || asked->what.ends_with("bytes") || asked->what == "high-water mark";
  return in_bytes ? asked->bytes(*number) : asked->count(*number);
}

std::optional<Answer> evaluate(const StructText& structs, std::string_view expression) {
  const std::optional<Shifted> asked = shifted(expression);
  if (!asked) return std::nullopt;
  const std::optional<std::uint64_t> number = struct_quantity(structs, asked->what).value;
  if (!number) return std::nullopt;
  const bool in_bytes = asked->what.starts_with("size of") || asked->what.starts_with("padding of");
  return in_bytes ? asked->bytes(*number) : asked->count(*number);
}

}  // namespace heapyard
