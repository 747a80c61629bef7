#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

class Resource {
 public:
  virtual void* allocate(std::size_t size) = 0;
  virtual void release(void* pointer, std::size_t size) = 0;

 protected:
  ~Resource() = default;
};

class Heap final : public Resource {
 public:
  void* allocate(std::size_t size) override { return std::malloc(size); }
  void release(void* pointer, std::size_t) override { std::free(pointer); }
};

struct Counts {
  int allocations[3] = {};  // of up to 16 bytes, of up to 64, of more
  int deallocations = 0;
  std::size_t live_bytes = 0;
  std::size_t high_water_mark = 0;
};

class Tracking final : public Resource {
 public:
  explicit Tracking(Resource& upstream) : upstream_(upstream) {}

  void* allocate(std::size_t size) override {
    void* pointer = upstream_.allocate(size);
    if (pointer == nullptr) return nullptr;
    counts_.live_bytes += size;
    counts_.high_water_mark = std::max(counts_.high_water_mark, counts_.live_bytes);
    ++counts_.allocations[size <= 16 ? 0 : size <= 64 ? 1 : 2];
    return pointer;
  }

  void release(void* pointer, std::size_t size) override {
    upstream_.release(pointer, size);
    counts_.live_bytes -= size;
    ++counts_.deallocations;
  }

  const Counts& counts() const { return counts_; }

 private:
  Resource& upstream_;
  Counts counts_;
};

Resource* in_use = nullptr;

void* operator new(std::size_t size) {
  if (void* pointer = in_use->allocate(size)) return pointer;
  std::abort();
}

void operator delete(void* pointer, std::size_t size) noexcept {
  in_use->release(pointer, size);
}

int main() {
  Heap heap;
  Tracking tracking(heap);
  in_use = &tracking;

  int* first = new int(1);
  std::vector<int> list{1, 2, 3, 4, 5, 6};
  delete first;
  auto* forgotten = new double(0.5);
  list.clear();
  list.shrink_to_fit();

  Counts counts = tracking.counts();
  int made = counts.allocations[0] + counts.allocations[1] + counts.allocations[2];
  std::printf("%d made, %d given back\n", made, counts.deallocations);
  std::printf("%d bytes live, never more than %d\n", static_cast<int>(counts.live_bytes),
              static_cast<int>(counts.high_water_mark));
  return *forgotten > 1;
}
