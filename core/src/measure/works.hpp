#pragma once

#include "heapyard/measure/measurable.hpp"

#include <memory>

// What the measurables do, a file for each unit. Each function prepares one of them.
namespace heapyard::works {

inline constexpr std::size_t block_bytes = 64;
inline constexpr std::uint64_t blocks = 100;  ///< allocated, and then all of them released
std::unique_ptr<Work> pool();
std::unique_ptr<Work> checked_pool();
std::unique_ptr<Work> free_list();
std::unique_ptr<Work> c_library();

std::unique_ptr<Work> on_stack();
std::unique_ptr<Work> on_heap();

std::unique_ptr<Work> copied_fields();
std::unique_ptr<Work> viewed_fields();

inline constexpr std::uint64_t numbers = 256;  ///< read in one round
std::unique_ptr<Work> aligned_numbers();
std::unique_ptr<Work> packed_numbers();
std::unique_ptr<Work> straddling_numbers();

std::unique_ptr<Work> plain_count();
std::unique_ptr<Work> atomic_count();
std::unique_ptr<Work> shared_pointer();

std::unique_ptr<Work> doubling_vector();
std::unique_ptr<Work> reserved_vector();

/// Work that is a function of nothing and to be done once a round.
template <class Once>
class Repeated : public Work {
 public:
  explicit Repeated(Once once) : once_(std::move(once)) {}
  void run(std::uint64_t rounds) override {
    for (std::uint64_t i = 0; i < rounds; ++i) once_();
  }

 private:
  Once once_;
};

template <class Once>
std::unique_ptr<Work> repeated(Once once) {
  return std::make_unique<Repeated<Once>>(std::move(once));
}

}  // namespace heapyard::works
