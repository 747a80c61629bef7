#include "heapyard/lab/machine.hpp"

#include "heapyard/lab/machine_of.hpp"

#include "allocator_names.hpp"

#include <memory>

namespace heapyard {

std::unique_ptr<Machine> make_machine(std::string_view name, std::string& error) {
  const std::optional<AllocatorName> split = split_allocator_name(name, error);
  if (!split) return nullptr;
  auto machine = visit_every_allocator<std::unique_ptr<Machine>>(
      *split, error, []<template <class, class> class A>(auto... parameters) -> std::unique_ptr<Machine> {
        return std::make_unique<MachineOf<A, decltype(parameters)...>>(parameters...);
      });
  if (machine) return std::move(*machine);
  if (error.empty()) error = no_such_allocator(name, machine_names());
  return nullptr;
}

std::vector<std::string_view> machine_names() {
  return every_allocator_name();
}

}  // namespace heapyard
