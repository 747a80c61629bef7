#pragma once

#include "heapyard/view/heap_rows.hpp"

#include "terminal.hpp"

namespace heapyard::cli {

/// Writes what is known at the step where the lab stands as JSON, the contract of `heapyard heap --json`; leaks at the
/// end of the run alone. Streams: a heap of a million blocks needs no document of a million nodes. O(blocks + steps).
void write_heap_json(Terminal& terminal, const Lab& lab, Moment moment);

}  // namespace heapyard::cli
