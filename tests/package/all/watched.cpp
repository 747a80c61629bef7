// An allocator whose calls are recorded, and the history of them.
#include "heapyard/alloc/tlsf.hpp"
#include "heapyard/history/history.hpp"
#include "heapyard/trace/traced.hpp"

#include <cstdio>
#include <utility>

using namespace heapyard;

int main() {
  AllocError error{};
  const ArenaMemory memory = ArenaMemory::make(4096, error);
  Recorder recorder;
  Recorded<Tlsf<Checked, Recording>> heap{Arena<Recording>(memory, Recording(recorder))};
  if (error != AllocError::none || heap.allocator().format() != AllocError::none) return 1;
  recorder.start(memory.data(), memory.size());

  Traced traced(heap, recorder);
  const Pointer first = traced.malloc(100), second = traced.malloc(20);
  traced.free(first);
  traced.free(first);
  traced.finish();

  History history(std::move(recorder.trace()));
  for (const Fault& fault : history.trace().faults)
    std::printf("step %u: %s\n", fault.step, name_of(fault.kind).data());
  history.seek(2);
  std::printf("step %u: %llu bytes live, ", history.now(), static_cast<unsigned long long>(history.live_bytes(2)));
  history.seek(history.steps());
  std::printf("step %u: %llu\n", history.now(), static_cast<unsigned long long>(history.live_bytes(history.steps())));
  return second.address == 0 ? 1 : 0;
}
