// The allocators and their peers: natively beside other libraries, as WebAssembly beside the module's own malloc.
#include "peers.hpp"
#include "works.hpp"

int main(int argument_count, char** arguments) {
  using namespace heapyard::bench;
#ifdef HEAPYARD_MIMALLOC
  let_glibc_keep_its_memory();
#endif
  std::vector<Candidate> candidates;
  add_pool(candidates);
  add_bump(candidates);
  add_mixed(candidates);
  return run(argument_count, arguments, candidates);
}
