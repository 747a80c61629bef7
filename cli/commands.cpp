#include "commands.hpp"

namespace heapyard::cli {

Exit refuse(Terminal& terminal, const std::string& message) {
  terminal.write_error(terminal.error_ink(Ink::strong, "heapyard:") + " " + terminal.error_ink(Ink::fault, "error:") +
                       " " + message + "\n");
  return Exit::usage;
}

}  // namespace heapyard::cli
