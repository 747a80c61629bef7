#include "sizes_table.hpp"

#include "heapyard/record/record_layout.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace heapyard::cli {

std::vector<std::string> sizes_lines(const Terminal& terminal, const std::vector<SizedType>& types) {
  if (types.empty()) return {};
  std::size_t names = 0, cells = 0;
  for (const SizedType& type : types) names = std::max(names, type.name.size());
  for (const Abi& abi : abis()) cells = std::max(cells, abi.name.size());

  std::string head = fmt::format("{:<{}}", "", names);
  for (const Abi& abi : abis()) head += fmt::format("  {:>{}}", abi.name, cells);
  std::vector<std::string> lines = {terminal.ink(Ink::strong, "Bytes, and in brackets the alignment"),
                                    terminal.ink(Ink::faint, head)};
  for (const SizedType& type : types) {
    const StructText text = parse_structs(fmt::format("struct T {{ {} }};", type.members));
    std::string line = fmt::format("{:<{}}", type.name, names);
    for (const Abi& abi : abis()) {
      const RecordLayout record = lay_out(text, abi).records.at(0);
      line += fmt::format("  {:>{}}", fmt::format("{} ({})", record.size, record.alignment), cells);
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace heapyard::cli
