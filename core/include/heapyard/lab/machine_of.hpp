#pragma once
// How a machine over any allocator does what it does: for those who bring one of their own.

#include "heapyard/lab/machine.hpp"
#include "heapyard/trace/recorded.hpp"

#include <memory>
#include <tuple>

namespace heapyard {

/// A machine over the allocator template `A`; the parameters are what its `format` takes.
template <template <class, class> class A, class... Parameters>
class MachineOf final : public Machine {
  using Allocator = A<Checked, Recording>;

 public:
  explicit MachineOf(Parameters... parameters) : parameters_(parameters...) {}

  std::unique_ptr<RecordedAllocator> attach(Arena<Recording> arena) const override {
    return std::make_unique<Recorded<Allocator>>(arena);
  }

  std::unique_ptr<RecordedAllocator> make(Arena<Recording> arena, AllocError& error) const override {
    auto made = std::make_unique<Recorded<Allocator>>(arena);
    error = std::apply([&](auto... parameter) { return made->allocator().format(parameter...); }, parameters_);
    return made;
  }

  std::uint64_t block_bytes(std::uint64_t size) const override {
    return std::apply([&](auto... parameter) { return Allocator::block_bytes(size, parameter...); }, parameters_);
  }

 private:
  std::tuple<Parameters...> parameters_;
};

}  // namespace heapyard
