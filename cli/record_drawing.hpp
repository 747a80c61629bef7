#pragma once

#include "heapyard/record/record_layout.hpp"

#include "terminal.hpp"

#include <span>

namespace heapyard::cli {

/// Draws a struct: what it takes, its bytes in rows, the table of members and padding, the minimal order.
/// `where` names the ABI, or the several that lay it out alike.
void draw_record(Terminal& terminal, const RecordLayout& record, const std::string& where);

/// Draws one struct as several ABIs lay it out: the numbers side by side, then each distinct layout once.
void draw_comparison(Terminal& terminal, std::span<const RecordLayout> by_abi);

}  // namespace heapyard::cli
