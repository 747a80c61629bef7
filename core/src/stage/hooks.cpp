#include "heapyard/stage/hooks.hpp"

#include "listening.hpp"
#include "printed.hpp"

#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include <pthread.h>

namespace heapyard {
HEAPYARD_OF_THREAD Hooks* listening = nullptr;

void perform(Hooks& hooks, int (*program)(int, char**), std::string_view argument) {
  std::string name = "program", words(argument);
  char* arguments[] = {name.data(), words.data(), nullptr};
  const int count = argument.empty() ? 1 : 2;
  listening = &hooks;
#if defined(__cpp_exceptions)
  try {
    static_cast<void>(program(count, arguments));
  } catch (const std::bad_alloc&) {
    // Nobody caught it: a program of its own would end here too.
  }
#else
  static_cast<void>(program(count, arguments));
#endif
  listening = nullptr;
}

}  // namespace heapyard

using heapyard::tell;

// The hooks that the build puts into a program.
extern "C" {
void heapyard_at(std::uint32_t line) {
  tell([&](heapyard::Hooks& hooks) { hooks.at(line); });
}
void heapyard_enter(std::uint32_t function) {
  tell([&](heapyard::Hooks& hooks) { hooks.enter(function); });
}
void heapyard_leave() {
  tell([&](heapyard::Hooks& hooks) { hooks.leave(); });
}
void heapyard_variable(const void* address, std::uint32_t variable) {
  tell([&](heapyard::Hooks& hooks) { hooks.variable(address, variable); });
}
void heapyard_gone(const void* address) {
  tell([&](heapyard::Hooks& hooks) { hooks.gone(address); });
}
void heapyard_load(const void* address, std::uint64_t size) {
  tell([&](heapyard::Hooks& hooks) { hooks.load(address, size); });
}
void heapyard_store(const void* address, std::uint64_t size) {
  tell([&](heapyard::Hooks& hooks) { hooks.store(address, size); });
}

// The functions of C that a program calls, under the names that the build gives them.
void* heapyard_lesson_malloc(std::size_t size) {
  return heapyard::ask([&](heapyard::Hooks& hooks) { return hooks.malloc(size); }, [&] { return std::malloc(size); });
}
void* heapyard_lesson_calloc(std::size_t count, std::size_t size) {
  return heapyard::ask([&](heapyard::Hooks& hooks) { return hooks.calloc(count, size); },
                       [&] { return std::calloc(count, size); });
}
void* heapyard_lesson_aligned_alloc(std::size_t alignment, std::size_t size) {
  return heapyard::ask([&](heapyard::Hooks& hooks) { return hooks.aligned_alloc(alignment, size); },
                       [&] { return std::aligned_alloc(alignment, size); });
}
void* heapyard_lesson_realloc(void* pointer, std::size_t size) {
  return heapyard::ask([&](heapyard::Hooks& hooks) { return hooks.realloc(pointer, size); },
                       [&] { return std::realloc(pointer, size); });
}
void heapyard_lesson_free(void* pointer) {
  tell([&](heapyard::Hooks& hooks) { hooks.free(pointer); });
}
std::size_t heapyard_lesson_strlen(const char* text) {
  const std::size_t length = std::strlen(text);
  heapyard_load(text, length + 1);
  return length;
}
char* heapyard_lesson_strcpy(char* to, const char* from) {
  const std::size_t size = heapyard_lesson_strlen(from) + 1;
  heapyard_store(to, size);
  std::memcpy(to, from, size);
  return to;
}
char* heapyard_lesson_strcat(char* to, const char* from) {
  heapyard_lesson_strcpy(to + heapyard_lesson_strlen(to), from);
  return to;
}
int heapyard_lesson_printf(const char* format, ...) {
  std::va_list words;
  va_start(words, format);
  int length = 0;
  tell([&](heapyard::Hooks& hooks) {  // the text is no memory of the program's
    const std::string text = heapyard::printed(format, words);
    hooks.print(text);
    length = static_cast<int>(text.size());
  });
  va_end(words);
  return length;
}
int heapyard_lesson_puts(const char* text) {
  tell([&](heapyard::Hooks& hooks) { hooks.print(std::string(text) + '\n'); });
  return 0;
}
// Nothing of what other threads do is recorded: their interleaving is another one each time. Without threads the work
// is done at once, and unrecorded too, so that the steps are the same.
int heapyard_lesson_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*),
                                   void* argument) {
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
  static_cast<void>(attributes);
  *thread = {};
  tell([&](heapyard::Hooks&) { work(argument); });
  return 0;
#else
  return pthread_create(thread, attributes, work, argument);
#endif
}
int heapyard_lesson_pthread_join(pthread_t thread, void** result) {
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
  static_cast<void>(thread);
  static_cast<void>(result);
  return 0;
#else
  return pthread_join(thread, result);
#endif
}
int heapyard_lesson_putchar(int character) {
  const char text = static_cast<char>(character);
  tell([&](heapyard::Hooks& hooks) { hooks.print({&text, 1}); });
  return character;
}
}
