#pragma once

#include <string>

#include <emscripten/val.h>

namespace heapyard::wasm {

// Each gives an `ExerciseResult` as web/src/core/module.d.ts describes it. `goals` is an array of strings.
emscripten::val check_heap(const std::string& text, const std::string& allocator, double arena_bytes,
                           const emscripten::val& goals);
emscripten::val check_struct(const std::string& text, const emscripten::val& goals);
emscripten::val check_program(const std::string& lesson_id, const std::string& choice, const emscripten::val& goals);

}  // namespace heapyard::wasm
