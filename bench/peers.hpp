#pragma once

#include "heapyard/alloc/allocator.hpp"
#include "heapyard/arena/arena.hpp"
#include "heapyard/base/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#ifdef HEAPYARD_MIMALLOC
#include <dlfcn.h>
#include <malloc.h>
#endif

namespace heapyard::bench {

/// The first bytes of an arena that all of a program's benchmarks share: so each finds it in memory already.
inline Arena<> shared_arena(std::uint64_t bytes) {
  static AllocError error = AllocError::none;
  static const ArenaMemory memory = ArenaMemory::make(std::uint64_t{128} << 20, error);
  if (error != AllocError::none || bytes > memory.size()) std::abort();
  return Arena<>(memory.data(), static_cast<std::uint32_t>(bytes));
}

/// One of our own, bare: nobody watches, nothing is recorded.
template <class Allocator>
class Heapyard {
 public:
  template <class... Format>
  explicit Heapyard(Arena<> arena, Format... format) : allocator_(arena) {
    if (allocator_.format(format...) != AllocError::none) std::abort();
    allocator_ = Allocator(arena);  // what is read when it attaches is what `format` wrote
  }

  void* take(std::size_t size) {
    const Result<Offset> payload = allocator_.allocate(*Layout::make(size));
    if (!payload) std::abort();
    return allocator_.arena().at(*payload);
  }
  void give(void* pointer) { static_cast<void>(allocator_.deallocate(payload_of(allocator_, pointer))); }

  Allocator& allocator() { return allocator_; }

 private:
  Allocator allocator_;
};

/// The C library's malloc; in WebAssembly, the one that the module was linked with.
struct CLibrary {
  void* take(std::size_t size) { return std::malloc(size); }
  void give(void* pointer) { std::free(pointer); }
};

#ifdef HEAPYARD_MIMALLOC
/// glibc gives memory back to the system as soon as much lies free at the end of its heap, and asks for it again at the
/// next call. Effects: from now on it keeps what it has, as an arena does.
inline void let_glibc_keep_its_memory() {
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
}

/// mimalloc by its own names, from a library that is opened here: malloc stays what it is.
class Mimalloc {
 public:
  Mimalloc() {
    void* library = dlopen(HEAPYARD_MIMALLOC, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      std::fprintf(stderr, "%s\n", dlerror());
      std::exit(1);
    }
    malloc_ = reinterpret_cast<void* (*)(std::size_t)>(dlsym(library, "mi_malloc"));
    free_ = reinterpret_cast<void (*)(void*)>(dlsym(library, "mi_free"));
  }
  void* take(std::size_t size) { return malloc_(size); }
  void give(void* pointer) { free_(pointer); }

 private:
  void* (*malloc_)(std::size_t);
  void (*free_)(void*);
};
#endif

}  // namespace heapyard::bench
