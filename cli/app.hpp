#pragma once

namespace heapyard::cli {

/// The whole program: parses the arguments, runs one command, and gives the exit code: 0 fine, 1 a fault was found,
/// 2 bad usage or input. Reads the environment; writes to stdout and stderr.
int run(int argument_count, char** arguments);

}  // namespace heapyard::cli
