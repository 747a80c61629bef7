#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>

namespace heapyard::bench {

/// The C library's malloc.
struct CLibrary {
  void* take(std::size_t size) { return std::malloc(size); }
  void give(void* pointer, std::size_t) { std::free(pointer); }
};

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
  void give(void* pointer, std::size_t) { free_(pointer); }

 private:
  void* (*malloc_)(std::size_t);
  void (*free_)(void*);
};

}  // namespace heapyard::bench
