// Blocks of 16 bytes to 32 KiB, log-uniform.
#include "general.hpp"
#include "works.hpp"

namespace heapyard::bench {

void add_mixed(std::vector<Candidate>& candidates) {
  for_each_general([&]<class Peer, class... Format>(const char* who, bool is_slow, Format... format) {
    const Sizes sizes = Sizes::mixed();
    if constexpr (is_ours<Peer>) {
      add_batch_and_churn<Peer>(candidates, "mixed", who, sizes, shared_arena(general_arena), format...);
    } else {
      add_batch_and_churn<Peer>(candidates, "mixed", who, sizes);
    }
    candidates.back().is_slow = is_slow;  // in the batch, where all is released, lists are short
  });
}

}  // namespace heapyard::bench
