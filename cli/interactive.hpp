#pragma once

#include "heapyard/lab/lab.hpp"

#include "input.hpp"
#include "terminal.hpp"

namespace heapyard::cli {

/// Whether stdin and stdout are a terminal.
bool can_interact();

/// Lets the reader step through the lab with keys, forward and back, from where it stands, until they quit. Requires
/// `can_interact`.
void interact(Terminal& terminal, Lab& lab, const Input& input);

}  // namespace heapyard::cli
