#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <new>

struct Layout {
  std::size_t size;
  std::size_t alignment;
};

Layout extend(Layout first, Layout next) {
  std::size_t over = first.size % next.alignment;
  std::size_t padding = over == 0 ? 0 : next.alignment - over;
  return {first.size + padding + next.size, std::max(first.alignment, next.alignment)};
}

struct Sample {
  Sample(int number, double level) : id(number), value(level) {}
  ~Sample() { std::printf("sample %d ends\n", id); }

  int id;
  double value;
};

int main() {
  Layout one{sizeof(Sample), alignof(Sample)};
  Layout both = extend(one, one);

  void* raw = ::operator new (both.size, std::align_val_t{both.alignment});
  Sample* samples = static_cast<Sample*>(raw);
  Sample* first = std::construct_at(samples, 1, 0.5);
  Sample* second = std::construct_at(samples + 1, 2, 1.5);
  first->value += second->value;

  std::destroy_at(second);
  std::destroy_at(first);
  ::operator delete (raw, both.size, std::align_val_t{both.alignment});

  void* line = ::operator new (64, std::align_val_t{64});
  std::printf("a multiple of 64\n");
  ::operator delete (line, 64, std::align_val_t{64});

  void* all = ::operator new(1 << 20, std::nothrow);
  if (all == nullptr) {
    std::printf("no memory\n");
  }
  return 0;
}
