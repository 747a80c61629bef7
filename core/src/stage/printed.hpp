#pragma once

#include <cstdarg>
#include <string>

namespace heapyard {

/// What `printf` writes, of which a lesson may use `%c %d %g %s %u %x %%`, with `l`, `ll` or `z` before them. The build
/// (scripts/instrument/formats.mjs) refuses a program that asks for more.
std::string printed(const char* format, std::va_list words);

}  // namespace heapyard
