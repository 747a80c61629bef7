#pragma once

#include <array>
#include <cstddef>

#include <pthread.h>

namespace heapyard {

/// Calls `work()` in `threads` threads at once, at most eight, and waits for all. Effects: where no thread can be had,
/// as in WebAssembly on a page, the calls are made one after another; nothing is allocated by `operator new`. Requires
/// that `work` throws nothing.
template <class Work>
void in_threads(int threads, Work work) {
  std::array<pthread_t, 8> running{};
  const auto count = static_cast<std::size_t>(threads < 0 ? 0 : threads > 8 ? 8 : threads);
  const auto enter = [](void* argument) -> void* {
    (*static_cast<Work*>(argument))();
    return nullptr;
  };
  std::size_t started = 0;
  while (started < count && pthread_create(&running[started], nullptr, enter, &work) == 0) ++started;
  for (std::size_t i = started; i < count; ++i) work();
  for (std::size_t i = 0; i < started; ++i) pthread_join(running[i], nullptr);
}

}  // namespace heapyard
