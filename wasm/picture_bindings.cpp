// Registration only: every name of the module `pictures`, once. web/src/core/module.d.ts declares them; a test
// compares.
#include "pictures.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(pictures) {
  emscripten::function("heapPicture", &heapyard::wasm::heap_picture);
  emscripten::function("structPicture", &heapyard::wasm::struct_picture);
}
