// What runs a text on an allocator that is chosen by name.
#include "heapyard/alloc/pool.hpp"
#include "heapyard/lab/machine.hpp"

#include "convert.hpp"
#include "lab.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace heapyard::wasm {

std::unique_ptr<RunObject> start_run(const std::string& text, const std::string& allocator, double arena_bytes) {
  return std::make_unique<RunObject>(text, allocator, whole<std::uint64_t>(arena_bytes));
}

bool runs_machine(const std::string& name) {
  return has_machine(name);
}

double pool_arena_bytes(double block_bytes, double capacity) {
  return static_cast<double>(Pool<>::arena_bytes(whole<std::uint64_t>(block_bytes), whole<std::uint64_t>(capacity)));
}

}  // namespace heapyard::wasm
