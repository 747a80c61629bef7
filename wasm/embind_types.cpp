// The types that pass between C++ and JavaScript, as Embind wants them registered. In place of Embind's own list of all
// there could be, which brings wide strings, views of every type, and printf to write a pointer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

namespace {

using emscripten::internal::TypeID;

template <class T>
void register_integer(const char* name) {
  using Limits = std::numeric_limits<T>;
  emscripten::internal::_embind_register_integer(TypeID<T>::get(), name, sizeof(T), Limits::min(), Limits::max());
}

template <class T>
void register_float(const char* name) {
  emscripten::internal::_embind_register_float(TypeID<T>::get(), name, sizeof(T));
}

/// `array` is the index of a typed array in the list of Embind's JavaScript.
template <class T>
void register_view(unsigned array, const char* name) {
  emscripten::internal::_embind_register_memory_view(TypeID<emscripten::memory_view<T>>::get(), array, name);
}

}  // namespace

extern "C" {

/// The text by which Embind's messages call a type. Without type names that is where its description lies. The caller
/// frees it.
EMSCRIPTEN_KEEPALIVE const char* __getTypeName(const void* type) {
  constexpr std::size_t digits = 2 * sizeof type;
  auto* const text = static_cast<char*>(std::malloc(digits + 1));
  if (text == nullptr) return nullptr;
  auto address = reinterpret_cast<std::uintptr_t>(type);
  for (std::size_t i = digits; i-- > 0; address /= 16) text[i] = "0123456789abcdef"[address % 16];
  text[digits] = '\0';
  return text;
}

EMSCRIPTEN_KEEPALIVE __attribute__((constructor)) void __embind_register_native_and_builtin_types() {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_bool(TypeID<bool>::get(), "bool", sizeof(bool), true, false);
  register_integer<std::int32_t>("int");
  register_integer<std::uint32_t>("unsigned int");
  register_integer<unsigned long>("unsigned long");
  register_float<double>("double");
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  _embind_register_emval(TypeID<emscripten::val>::get(), "emscripten::val");
  register_view<std::uint8_t>(1, "emscripten::memory_view<uint8_t>");
  register_view<std::uint32_t>(5, "emscripten::memory_view<uint32_t>");
  register_view<double>(7, "emscripten::memory_view<double>");
}
}
