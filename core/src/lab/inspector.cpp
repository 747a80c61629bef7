#include "heapyard/lab/inspector.hpp"

#include "heapyard/alloc/free_list.hpp"
#include "heapyard/lab/inspect.hpp"

namespace heapyard {
namespace {

class FreeListInspector final : public Inspector {
 public:
  Structure structure(std::span<const std::byte> bytes) const override { return structure_of<FreeList>(bytes); }
  std::vector<Note> explain(const Event& event, std::span<const std::byte> bytes_before) const override {
    return notes_of<FreeList>(event, bytes_before);
  }
};

}  // namespace

std::unique_ptr<Inspector> make_free_list_inspector() {
  return std::make_unique<FreeListInspector>();
}

}  // namespace heapyard
