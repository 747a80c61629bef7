#pragma once

#include "heapyard/stage/hooks.hpp"

#include <utility>

// Without threads nothing is a thread's own, and Emscripten's linker refuses what says so.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
#define HEAPYARD_OF_THREAD
#else
#define HEAPYARD_OF_THREAD thread_local
#endif

namespace heapyard {

/// The hooks of the program that plays on this thread; null while none plays, and while a hook is at work.
extern HEAPYARD_OF_THREAD Hooks* listening;

/// Calls `work(hooks)`, deaf to what it does itself.
template <class Work>
void tell(Work work) {
  Hooks* const hooks = std::exchange(listening, nullptr);
  if (hooks == nullptr) return;
  work(*hooks);
  listening = hooks;
}

/// The same with a result; what the real function returns when no program plays.
template <class Work, class Otherwise>
auto ask(Work work, Otherwise otherwise) {
  Hooks* const hooks = std::exchange(listening, nullptr);
  if (hooks == nullptr) return otherwise();
  const auto result = work(*hooks);
  listening = hooks;
  return result;
}

}  // namespace heapyard
