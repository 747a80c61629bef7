// The real `operator new`, replaced for the whole program that this is linked into, and itself again whenever no lesson
// plays. It is linked by name, into what plays lessons; in a library it would reach programs that do not.
#include "listening.hpp"

#include <cstdlib>
#include <new>
#include <optional>

namespace heapyard {
namespace {

void* allocate(std::size_t size, std::optional<std::uint64_t> alignment) {
  return ask([&](Hooks& hooks) { return hooks.op_new(size, alignment); },
             [&]() -> void* {
               if (!alignment) return std::malloc(size == 0 ? 1 : size);
               const auto multiple = static_cast<std::size_t>(*alignment);
               return std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple);
             });
}

void* allocate_or_throw(std::size_t size, std::optional<std::uint64_t> alignment) {
  void* const pointer = allocate(size, alignment);
  if (pointer != nullptr) return pointer;
#if defined(__cpp_exceptions)
  throw std::bad_alloc();
#else
  std::abort();
#endif
}

void release(void* pointer, std::optional<std::uint64_t> size) {
  if (listening != nullptr && listening->owns(pointer))
    tell([&](Hooks& hooks) { hooks.op_delete(pointer, size); });
  else
    std::free(pointer);
}

std::uint64_t number(std::align_val_t alignment) {
  return static_cast<std::uint64_t>(alignment);
}

}  // namespace
}  // namespace heapyard

void* operator new(std::size_t size) {
  return heapyard::allocate_or_throw(size, std::nullopt);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return heapyard::allocate_or_throw(size, heapyard::number(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return heapyard::allocate(size, std::nullopt);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return heapyard::allocate(size, heapyard::number(alignment));
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return operator new(size, alignment);
}
void* operator new[](std::size_t size, const std::nothrow_t& nothrow) noexcept {
  return operator new(size, nothrow);
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t& nothrow) noexcept {
  return operator new(size, alignment, nothrow);
}
void operator delete(void* pointer) noexcept {
  heapyard::release(pointer, std::nullopt);
}
void operator delete(void* pointer, std::size_t size) noexcept {
  heapyard::release(pointer, size);
}
void operator delete(void* pointer, std::align_val_t) noexcept {
  heapyard::release(pointer, std::nullopt);
}
void operator delete(void* pointer, std::size_t size, std::align_val_t) noexcept {
  heapyard::release(pointer, size);
}
void operator delete[](void* pointer) noexcept {
  heapyard::release(pointer, std::nullopt);
}
void operator delete[](void* pointer, std::size_t size) noexcept {
  heapyard::release(pointer, size);
}
void operator delete[](void* pointer, std::align_val_t) noexcept {
  heapyard::release(pointer, std::nullopt);
}
void operator delete[](void* pointer, std::size_t size, std::align_val_t) noexcept {
  heapyard::release(pointer, size);
}
