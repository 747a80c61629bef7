#include "heapyard/record/record_layout.hpp"
#include "heapyard/say/say.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/goals.hpp"

#include <algorithm>
#include <string>

namespace heapyard {
namespace {

template <class Items>
auto named(const Items& items, std::string_view name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.name == name; });
  return found == items.end() ? nullptr : &*found;
}

/// What is laid out, and for whom.
struct Laid {
  const StructText& text;
  const std::vector<RecordLayout> records;
  std::string_view abi;
};

/// `flags (line 3)`
std::string with_line(const Laid& laid, const std::string& record, const MemberLayout& member) {
  const auto* text = named(laid.text.records, record);
  const auto* declared = text == nullptr ? nullptr : named(text->members, member.name);
  return declared == nullptr ? member.name : say("{} (line {})", member.name, declared->line);
}

Quantity of_member(const Laid& laid, std::string_view what, const RecordLayout& record, std::string_view name) {
  const MemberLayout* member = named(record.members, name);
  if (member == nullptr) return {{}, say("{} has no member {}", record.name, name)};
  const std::string who = with_line(laid, record.name, *member);
  if (what == "size") return {member->size, say("{} has {} on {}", who, bytes_text(member->size), laid.abi)};
  if (what == "offset") return {member->offset, say("{} begins at {} on {}", who, member->offset, laid.abi)};
  return {{}, say("there is no {} of {}", what, name)};
}

/// `7 bytes of Record are padding on i386, the first behind c (line 4)`
std::string padding_text(const Laid& laid, const RecordLayout& record) {
  const std::uint64_t bytes = record.padding_bytes();
  const std::string whole = bytes == 0   ? say("no byte of {} is padding on {}", record.name, laid.abi)
                            : bytes == 1 ? say("1 byte of {} is padding on {}", record.name, laid.abi)
                                         : say("{} bytes of {} are padding on {}", bytes, record.name, laid.abi);
  if (record.padding.empty()) return whole;
  const MemberLayout* before = nullptr;
  for (const MemberLayout& each : record.members) {
    if (each.offset < record.padding.front().offset) before = &each;
  }
  if (before == nullptr) return whole;
  return say("{}, the first behind {}", whole, with_line(laid, record.name, *before));
}

/// `size of Record.a`, without its ABI.
Quantity quantity(const Laid& laid, std::string_view words) {
  const std::size_t of = words.find(" of ");
  if (of == std::string_view::npos) return {{}, say("there is no {}", words)};
  const std::string_view what = words.substr(0, of), whole = words.substr(of + 4);
  const std::size_t dot = whole.find('.');
  const RecordLayout* record = named(laid.records, whole.substr(0, dot));
  if (record == nullptr) return {{}, say("there is no struct {}", whole.substr(0, dot))};
  if (dot != std::string_view::npos) return of_member(laid, what, *record, whole.substr(dot + 1));
  const auto has = [&](std::uint64_t value, std::string_view of_what) {
    return Quantity{value, say("{} has {} on {}", record->name, of_what, laid.abi)};
  };
  if (what == "size") return has(record->size, bytes_text(record->size));
  if (what == "alignment") return has(record->alignment, say("an alignment of {}", record->alignment));
  if (what == "padding") return {record->padding_bytes(), padding_text(laid, *record)};
  if (what != "members") return {{}, say("there is no {} of {}", what, whole)};
  const std::size_t members = record->members.size();
  return {members,
          members == 1 ? say("{} has 1 member", record->name) : say("{} has {} members", record->name, members)};
}

}  // namespace

Quantity struct_quantity(const StructText& structs, std::string_view name) {
  const std::size_t on = name.find(" on ");
  const Abi* abi = find_abi(on == std::string_view::npos ? "x86_64" : name.substr(on + 4));
  if (abi == nullptr) return {{}, say("there is no ABI {}", name.substr(on + 4))};
  return quantity({structs, lay_out(structs, *abi).records, abi->name}, name.substr(0, on));
}

ExerciseResult check_struct_exercise(std::string_view text, const std::vector<std::string>& goals) {
  const StructText structs = parse_structs(text);
  ExerciseResult result;
  if (structs.problem) result.problems.push_back(*structs.problem);
  if (!result.problems.empty()) return result;
  for (const std::string& goal : goals)
    result.goals.push_back(judge(goal, [&](std::string_view name) { return struct_quantity(structs, name); }));
  return result;
}

}  // namespace heapyard
