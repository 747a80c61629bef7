// A count of owners that goes up and down again.
#include "consume.hpp"
#include "works.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace heapyard::works {

std::unique_ptr<Work> plain_count() {
  return repeated([count = std::make_unique<std::uint32_t>(1)] {
    ++*count;
    consume(count.get());
    --*count;
    consume(count.get());
  });
}

/// Relaxed on the way up, acquire and release on the way down, as counts of owners need it. Where there are no threads,
/// as in the module of the page, this becomes the same as the plain count.
std::unique_ptr<Work> atomic_count() {
  return repeated([count = std::make_unique<std::atomic<std::uint32_t>>(1)] {
    count->fetch_add(1, std::memory_order_relaxed);
    consume(count.get());
    count->fetch_sub(1, std::memory_order_acq_rel);
    consume(count.get());
  });
}

/// One copy is made and destroyed. libstdc++ counts atomically only once the program has a second thread.
std::unique_ptr<Work> shared_pointer() {
  return repeated([owner = std::make_shared<int>(7)] {
    const std::shared_ptr<int> other = owner;
    consume(&other);
  });
}

}  // namespace heapyard::works
