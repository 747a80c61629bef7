// How much memory an allocator takes for what was asked of it. The traces of mixed.bench.cpp: batch (10,000 blocks) and
// churn (10,000 blocks, then 100,000 times a release and an allocation); each block is written whole. Every allocator
// has a process of its own, and the same measure: how far the kernel's count of resident memory rises above what it was
// before the first call. For ours also the greatest end of a used block, which says it to the byte.
#include "general.hpp"
#include "works.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heapyard::bench {
namespace {

/// Read without a stream, which would ask the allocator that is measured for memory.
std::uint64_t resident_bytes() {
  static char text[4096];
  const int file = open("/proc/self/status", O_RDONLY);
  const ssize_t length = file < 0 ? 0 : read(file, text, sizeof text - 1);
  close(file);
  text[std::max<ssize_t>(length, 0)] = 0;
  const std::string_view name = "RssAnon:";
  const char* found = std::strstr(text, name.data());
  if (found == nullptr) {
    std::fprintf(stderr, "/proc/self/status has no %s this benchmark needs Linux 4.5 or newer.\n", name.data());
    std::exit(1);
  }
  return std::strtoull(found + name.size(), nullptr, 10) * 1024;
}

struct Played {
  std::uint64_t requested = 0;  ///< the greatest sum of live sizes
  std::uint64_t end = 0;        ///< the greatest end of a used block, from `base`; only ours have one
  std::uint64_t resident = 0;   ///< the greatest of what was resident at every thousandth allocation and at the end
};

struct Held {
  void* pointer;
  std::size_t size;
};

template <class Peer>
Played play(Peer& peer, const std::byte* base, std::size_t churns, std::vector<Held>& blocks) {
  const Sizes sizes = Sizes::mixed();
  Played played;
  std::uint64_t live = 0;
  std::size_t at = 0;
  const auto take = [&](Held& block) {
    block.size = sizes[at++];
    block.pointer = peer.take(block.size);
    std::memset(block.pointer, 1, block.size);
    live += block.size;
    played.requested = std::max(played.requested, live);
    if (base != nullptr) {
      const auto end = static_cast<std::uint64_t>(static_cast<std::byte*>(block.pointer) - base) + block.size;
      played.end = std::max(played.end, end);
    }
    if (at % 1000 == 0) played.resident = std::max(played.resident, resident_bytes());
  };
  for (Held& block : blocks) take(block);
  for (std::size_t i = 0; i < churns; ++i) {
    Held& block = blocks[order()[i % Sizes::count]];
    peer.give(block.pointer);
    live -= block.size;
    take(block);
  }
  played.resident = std::max(played.resident, resident_bytes());
  return played;
}

void tell(const char* trace, const char* who, const Played& played, std::uint64_t before) {
  std::printf("{\"trace\": \"%s\", \"who\": \"%s\", \"requested\": %llu, \"end\": %llu, \"resident\": %llu}\n", trace,
              who, static_cast<unsigned long long>(played.requested), static_cast<unsigned long long>(played.end),
              static_cast<unsigned long long>(played.resident - before));
}

template <class Peer, class... Format>
void measure(const char* trace, const char* who, std::size_t churns, Format... format) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);  // or a page would have 2 MiB
    std::vector<Held> blocks(live_blocks);
    const std::uint64_t before = resident_bytes();
    Played played;
    if constexpr (is_ours<Peer>) {
      const Arena<> arena = shared_arena(general_arena);
      Peer peer(arena, format...);
      played = play(peer, arena.at(0), churns, blocks);
    } else {
      Peer peer;
      played = play(peer, nullptr, churns, blocks);
    }
    tell(trace, who, played, before);
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    std::fprintf(stderr, "%s did not finish the trace %s.\n", who, trace);
    std::exit(1);
  }
}

}  // namespace
}  // namespace heapyard::bench

int main() {
  using namespace heapyard::bench;
  static_cast<void>(Sizes::mixed()[0] + order()[0]);  // made before the processes part
  for_each_general([]<class Peer, class... Format>(const char* who, bool, Format... format) {
    measure<Peer>("batch", who, 0, format...);
    measure<Peer>("churn", who, 100'000, format...);
  });
  return 0;
}
