#pragma once

#include "heapyard/base/random.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace heapyard::test {

/// A struct as text, and the types of its members alone: what a compiler needs to tell each member's size.
struct RandomStruct {
  std::string name;
  std::string text;                  ///< its definition, C, with nested structs inline, anonymous and by name
  std::vector<std::string> members;  ///< the declarations of its direct members, `(anonymous)` ones included
};

/// `count` structs that compile one behind the other, each free to contain those before. The names of <stdint.h> and
/// <stddef.h> and `u8` … `f64` are used as if declared.
std::vector<RandomStruct> random_structs(Random& random, std::size_t count);

}  // namespace heapyard::test
