// What reads texts: structs and their layouts, allocation scripts. And a smart pointer.
#include "heapyard/record/record_layout.hpp"
#include "heapyard/script/program.hpp"
#include "heapyard/smart/rc.hpp"

#include <cstdio>

using namespace heapyard;

int main() {
  const StructText text = parse_structs("struct s { char a; int b; short c; long d; };");
  if (text.problem) return 1;
  for (const Abi& abi : abis()) {
    const RecordLayout layout = lay_out(text, abi).records.at(0);
    std::printf("%s: %llu bytes, %llu at least\n", abi.name.data(), static_cast<unsigned long long>(layout.size),
                static_cast<unsigned long long>(layout.minimal.size));
  }
  const Program program = parse_program("a = malloc 40\nfree a\nfree\n");
  std::printf("%zu calls; line %u: %s\n", program.calls.size(), program.problems.at(0).line,
              program.problems.at(0).message.c_str());
  const Rc<int> number = make_rc<int>(7);
  const Rc<int> same = number;
  std::printf("%d, %d owners\n", *same, static_cast<int>(number.strong_count()));
}
