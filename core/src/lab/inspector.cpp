#include "heapyard/lab/inspector.hpp"

#include "heapyard/alloc/free_list.hpp"
#include "heapyard/trace/recorded.hpp"

#include <cstring>

namespace heapyard {

Structure Inspector::structure(std::span<const std::byte> bytes) const {
  if (bytes.empty()) return {};
  // Only read: the allocator never writes through a view of it.
  auto* const begin = const_cast<std::byte*>(bytes.data());
  return attach(Arena<Recording>(begin, static_cast<std::uint32_t>(bytes.size())))->structure();
}

std::vector<Note> Inspector::explain(const Event& event, std::span<const std::byte> bytes_before) const {
  std::vector<Note> notes;
  AllocError error;
  const ArenaMemory copy = ArenaMemory::make(bytes_before.size(), error);
  if (error != AllocError::none || event.fault != FaultKind::none) return notes;
  std::memcpy(copy.data(), bytes_before.data(), bytes_before.size());
  Recorder recorder;
  recorder.collect(notes);
  const std::unique_ptr<RecordedAllocator> allocator = attach(Arena<Recording>(copy, Recording(recorder)));
  const Result<Layout> layout = asked_layout(event);
  if (event.releases()) {
    if (event.address != 0) allocator->deallocate(event.address);
  } else if (event.allocates() && layout && event.error != AllocError::size_overflow) {
    if (event.kind == EventKind::realloc && event.address != 0) {
      static_cast<void>(allocator->reallocate(event.address, *layout));
    } else {
      static_cast<void>(allocator->allocate(*layout));
    }
  }
  return notes;
}

Result<Layout> asked_layout(const Event& event) {
  const bool aligned =
      event.kind == EventKind::aligned_alloc || (event.kind == EventKind::op_new && event.alignment != 0);
  const std::uint64_t size = event.kind == EventKind::calloc ? event.size * event.count : event.size;
  return aligned ? Layout::make(size, event.alignment) : natural_layout(size);
}

namespace {

class FreeListInspector final : public Inspector {
 public:
  std::unique_ptr<RecordedAllocator> attach(Arena<Recording> arena) const override {
    return std::make_unique<Recorded<FreeList<Checked, Recording>>>(arena);
  }
};

}  // namespace

std::unique_ptr<Inspector> make_free_list_inspector() {
  return std::make_unique<FreeListInspector>();
}

}  // namespace heapyard
