#include "heapyard/lab/machine.hpp"

#include "convert.hpp"
#include "lab.hpp"

#include <string>

namespace heapyard::wasm {

using emscripten::val;

val machines() {
  return array_of(machine_choices(), [](const MachineChoice& choice) {
    Object object;
    object.set("name", std::string(choice.name));
    object.set("title", std::string(choice.title));
    return object;
  });
}

}  // namespace heapyard::wasm
