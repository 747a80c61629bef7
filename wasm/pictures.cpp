#include "pictures.hpp"

#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/heap_svg.hpp"
#include "heapyard/view/record_svg.hpp"

#include "convert.hpp"

namespace heapyard::wasm {

std::string heap_picture(const std::string& text, const std::string& allocator, double arena_bytes, double step) {
  Lab lab = Lab::run(text, allocator, whole<std::uint64_t>(arena_bytes));
  if (!lab.problems().empty() || !lab.setup_error().empty()) return {};
  lab.history().seek(whole<std::uint32_t>(step));
  return heap_svg(lab, moment_of(lab));
}

std::string struct_picture(const std::string& text, const std::string& abi_name) {
  const StructText structs = parse_structs(text);
  const Abi* const abi = find_abi(abi_name);
  return structs.problem || abi == nullptr ? std::string{} : record_svg(lay_out(structs, *abi).records);
}

}  // namespace heapyard::wasm
