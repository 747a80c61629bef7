#pragma once

#include <string>

#include <emscripten/val.h>

namespace heapyard::wasm {

// Each gives an `ExerciseResult` as web/src/core/module.d.ts describes it. `goals` is an array of strings.
emscripten::val check_heap(const std::string& text, const std::string& allocator, double arena_bytes,
                           const emscripten::val& goals);
emscripten::val check_struct(const std::string& text, const emscripten::val& goals);
emscripten::val check_program(const std::string& lesson_id, const std::string& choice, const emscripten::val& goals);

// Of each expression what it comes to, as an array of `ScriptAnswer`.
emscripten::val heap_answers(const std::string& text, const std::string& allocator, double arena_bytes, double step,
                             const emscripten::val& expressions, const std::string& given);
emscripten::val struct_answers(const std::string& text, const emscripten::val& expressions, const std::string& given);

}  // namespace heapyard::wasm
