#include <cstdio>
#include <functional>
#include <new>

struct Particle {
  float x;
  float y;
  int age;
};

union Block {
  Block* next;
  Particle particle;
};

class Pool {
 public:
  explicit Pool(int count) : blocks_(new Block[static_cast<unsigned>(count)]), count_(count) {
    for (int i = count - 1; i >= 0; --i) {
      blocks_[i].next = free_;
      free_ = &blocks_[i];
    }
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { delete[] blocks_; }

  Particle* allocate(float x, float y) {
    Block* block = free_;
    if (block == nullptr) return nullptr;
    free_ = block->next;
    return ::new (&block->particle) Particle{x, y, 1};
  }

  bool release(Particle* particle) {
    auto* block = reinterpret_cast<Block*>(particle);
    std::less<> before;
    if (before(block, blocks_) || !before(block, blocks_ + count_)) return false;
    for (Block* each = free_; each != nullptr; each = each->next) {
      if (each == block) return false;
    }
    block->next = free_;
    free_ = block;
    return true;
  }

 private:
  Block* blocks_;
  int count_;
  Block* free_ = nullptr;
};

int main() {
  Pool pool(3);
  Particle* a = pool.allocate(1.5f, 2.5f);
  Particle* b = pool.allocate(3.5f, 4.5f);
  pool.release(a);
  Particle* again = pool.allocate(5.5f, 6.5f);
  Particle* c = pool.allocate(7.5f, 8.5f);
  Particle* none = pool.allocate(9.5f, 9.5f);
  std::printf("%d %d\n", again == a, none == nullptr);

  Particle alone{1.0f, 1.0f, 1};
  bool foreign = pool.release(&alone);
  bool first = pool.release(b);
  bool twice = pool.release(b);
  std::printf("%d %d %d\n", foreign, first, twice);
  pool.release(c);
  return 0;
}
