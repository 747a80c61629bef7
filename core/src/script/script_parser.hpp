#pragma once

#include <string_view>

#include "heapyard/script/program.hpp"

namespace heapyard::script {

Program parse_script(std::string_view text);
Program parse_malloc_lab(std::string_view text);

}  // namespace heapyard::script
