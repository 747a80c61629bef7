#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/goals.hpp"

#include <algorithm>

namespace heapyard {
namespace {

template <class Items>
auto named(const Items& items, std::string_view name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.name == name; });
  return found == items.end() ? nullptr : &*found;
}

/// `size of Record.a`, without its ABI.
std::optional<std::uint64_t> quantity(const std::vector<RecordLayout>& records, std::string_view words) {
  const std::size_t of = words.find(" of ");
  if (of == std::string_view::npos) return std::nullopt;
  const std::string_view what = words.substr(0, of), whole = words.substr(of + 4);
  const std::size_t dot = whole.find('.');
  const RecordLayout* record = named(records, whole.substr(0, dot));
  if (record == nullptr) return std::nullopt;
  if (dot != std::string_view::npos) {
    const MemberLayout* member = named(record->members, whole.substr(dot + 1));
    if (member == nullptr) return std::nullopt;
    if (what == "size") return member->size;
    if (what == "offset") return member->offset;
    return std::nullopt;
  }
  if (what == "size") return record->size;
  if (what == "alignment") return record->alignment;
  if (what == "padding") return record->padding_bytes();
  if (what == "members") return record->members.size();
  return std::nullopt;
}

}  // namespace

ExerciseResult check_struct_exercise(std::string_view text, const std::vector<std::string>& goals) {
  const StructText structs = parse_structs(text);
  ExerciseResult result;
  if (structs.problem) result.problems.push_back(*structs.problem);
  if (!result.problems.empty()) return result;
  for (const std::string& goal : goals) {
    result.goals.push_back(judge(goal, [&](std::string_view name) -> std::optional<std::uint64_t> {
      const std::size_t on = name.find(" on ");
      const Abi* abi = find_abi(on == std::string_view::npos ? "x86_64" : name.substr(on + 4));
      if (abi == nullptr) return std::nullopt;
      return quantity(lay_out(structs, *abi).records, name.substr(0, on));
    }));
  }
  return result;
}

}  // namespace heapyard
