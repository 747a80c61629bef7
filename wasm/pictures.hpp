#pragma once

#include <string>

namespace heapyard::wasm {

/// The picture of a step of a run, to be saved: runs the program once more. Empty when it cannot be run.
std::string heap_picture(const std::string& text, const std::string& allocator, double arena_bytes, double step);

/// The picture of all structs of a text for an ABI. Empty when they cannot be laid out.
std::string struct_picture(const std::string& text, const std::string& abi);

}  // namespace heapyard::wasm
