#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace heapyard {

/// What an instrumented program tells while it runs, and what it asks of an allocator. `hooks.cpp` has the functions
/// that the program really calls: those of C, `operator new` and `operator delete`, and the hooks of the build.
class Hooks {
 public:
  virtual ~Hooks() = default;

  virtual void at(std::uint32_t line) = 0;
  virtual void enter(std::uint32_t function) = 0;
  virtual void leave() = 0;
  virtual void variable(const void* address, std::uint32_t variable) = 0;
  virtual void gone(const void* address) = 0;
  virtual void load(const void* address, std::uint64_t size) = 0;
  virtual void store(const void* address, std::uint64_t size) = 0;
  virtual void print(std::string_view text) = 0;

  /// Whether this is a pointer to memory that was asked of it. Callable from any thread.
  virtual bool owns(const void* pointer) const = 0;
  virtual void* malloc(std::uint64_t size) = 0;
  virtual void* calloc(std::uint64_t count, std::uint64_t size) = 0;
  virtual void* aligned_alloc(std::uint64_t alignment, std::uint64_t size) = 0;
  virtual void* realloc(void* pointer, std::uint64_t size) = 0;
  virtual void free(void* pointer) = 0;
  virtual void* op_new(std::uint64_t size, std::optional<std::uint64_t> alignment) = 0;
  virtual void op_delete(void* pointer, std::optional<std::uint64_t> size) = 0;
};

/// Runs a program of which `hooks` learn everything, with one argument, or with none when that is empty. Effects: until
/// it returns, what this thread allocates by `operator new` comes from `hooks`, but for what they allocate themselves.
/// A program whose `operator new` fails ends there; where there are no exceptions, so does the whole process.
void perform(Hooks& hooks, int (*program)(int, char**), std::string_view argument);

}  // namespace heapyard
