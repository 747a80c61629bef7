#pragma once

#include "heapyard/lab/lesson_lab.hpp"

#include <string>

namespace heapyard::cli {

/// A whole run of a lesson, as the page shows one that did not run in it: what each step says, its stack and its heap.
///
///     {"abi": "x86_64", "arenaBytes": 4096, "steps": [{"sentence": …, "stack": [frame…], "objects": [object…]}, …]}
///
/// Frames, objects and values are those of web/src/core/module.d.ts, without the fields that say nothing; a step
/// without `stack` or `objects` has those of the step before. One step a line.
std::string lesson_recording(LessonLab& lesson);

}  // namespace heapyard::cli
