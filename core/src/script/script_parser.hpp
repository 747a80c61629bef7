#pragma once

#include "heapyard/script/program.hpp"

#include <string_view>

namespace heapyard::script {

Program parse_script(std::string_view text);
Program parse_malloc_lab(std::string_view text);

}  // namespace heapyard::script
