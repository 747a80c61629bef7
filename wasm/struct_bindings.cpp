// Registration only: every name of the module `structs`, once. web/src/core/module.d.ts declares them; a test compares.
#include "struct_lab.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(structs) {
  using heapyard::wasm::StructLabObject;

  emscripten::function("parseStructs", &heapyard::wasm::parse_struct_lab);
  emscripten::function("abis", &heapyard::wasm::abi_list);

  emscripten::class_<StructLabObject>("StructLab")
      .function("problems", &StructLabObject::problems)
      .function("records", &StructLabObject::records)
      .function("twin", &StructLabObject::twin);
}
