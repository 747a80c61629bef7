// heapyard-digest CORPUS: every step of every script and trace of a corpus, a line each: what the program did and what
// the arena then held, as digests. The native build and the WebAssembly build must print the same.
#include "support/digest.hpp"

#include "support/lab_check.hpp"

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace heapyard;

namespace {

std::uint64_t digest_of(const Event& event) {
  test::Digest digest;
  digest.add(name_of(event.kind));
  digest.add(name_of(event.error));
  digest.add(name_of(event.fault));
  for (const std::uint64_t number :
       {std::uint64_t{event.line}, std::uint64_t{event.allocation}, std::uint64_t{event.before},
        std::uint64_t{event.address}, std::uint64_t{event.payload}, event.size, event.count, event.alignment,
        event.offset})
    digest.add(number);
  return digest.value();
}

std::uint64_t digest_of(const Fault& fault) {
  test::Digest digest;
  digest.add(name_of(fault.kind));
  for (const std::uint64_t number :
       {std::uint64_t{fault.step}, std::uint64_t{fault.since_step}, std::uint64_t{fault.allocation},
        std::uint64_t{fault.address}, fault.size, static_cast<std::uint64_t>(fault.damage.part),
        std::uint64_t{fault.damage.block}, std::uint64_t{fault.damage.at}})
    digest.add(number);
  return digest.value();
}

void print(const std::string& file, const std::string& text, const char* allocator, std::uint64_t arena) {
  Lab lab = Lab::run(text, allocator, arena);
  const std::string run = file + " " + allocator + " " + std::to_string(arena);
  for (const Problem& problem : lab.problems())
    std::printf("%s problem %" PRIu32 ":%" PRIu32 "+%" PRIu32 " %s\n", run.c_str(), problem.line, problem.column,
                problem.length, problem.message.c_str());
  History& history = lab.history();
  for (history.seek(0);; history.forward()) {
    const std::uint64_t event = history.now() == 0 ? 0 : digest_of(history.trace().event(history.now()));
    std::printf("%s step %" PRIu32 " event %016" PRIx64 " arena %016" PRIx64 "\n", run.c_str(), history.now(), event,
                test::digest_of_step(history));
    if (history.now() == history.steps()) break;
  }
  for (const Fault& fault : history.trace().faults)
    std::printf("%s fault %016" PRIx64 "\n", run.c_str(), digest_of(fault));
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: heapyard-digest CORPUS\n");
    return 2;
  }
  for (const char* folder : {"script", "rep"}) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(arguments[1]) + "/" + folder, none)) {
      const std::string file = std::string(folder) + "/" + entry.path().filename().string();
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
      for (const char* allocator : test::every_allocator) {
        for (const std::uint64_t arena : {std::uint64_t{1024}, Lab::default_arena}) print(file, text, allocator, arena);
      }
    }
  }
}
