#include <cstddef>
#include <cstdio>
#include <utility>

template <class T>
class Owner {
 public:
  explicit Owner(T* object) : object_(object) {}
  Owner(Owner&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  ~Owner() {
    delete object_;
    object_ = nullptr;
  }
  T& operator*() const { return *object_; }

 private:
  T* object_;
};

int main() {
  short* numbers = new short[4]{10, 20, 30, 40};
  short* third = numbers + 2;
  std::ptrdiff_t apart = third - numbers;
  short* end = numbers + 4;
  int sum = 0;
  for (short* each = numbers; each != end; ++each) {
    sum += *each;
  }
  *third = 7;
  std::printf("%d, %d, %d apart\n", sum, numbers[2], static_cast<int>(apart));

  int value = 1;
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  bool little_endian = bytes[0] == std::byte{1};
  short beyond = *end;
  delete[] numbers;

  Owner<int> owner(new int(5));
  Owner<int> taker = std::move(owner);
  *taker += 1;
  std::printf("%d %d %d\n", *taker, little_endian, beyond != 0);
  return 0;
}
