#pragma once
// What must hold for any bytes whatever that are read as struct text: told without a test framework, for fuzzing.

#include "heapyard/record/record_layout.hpp"
#include "heapyard/view/record_svg.hpp"
#include "heapyard/view/record_twin.hpp"

#include <string>
#include <string_view>

namespace heapyard::test {

inline std::string wrong_in_problem(const Problem& problem, std::string_view text) {
  if (problem.line < 1 || problem.column < 1 || problem.length < 1) return "a problem without a place";
  if (problem.message.empty() || problem.message.find('\n') != std::string::npos) return "a problem without a sentence";
  std::uint32_t lines = 1;
  for (const char byte : text) lines += byte == '\n' ? 1 : 0;
  return problem.line > lines ? "a problem behind the last line" : "";
}

/// Members and padding are the bytes of the struct, each once, and the least size is no more than its size.
inline std::string wrong_in_record(const RecordLayout& record) {
  std::uint64_t end = 0;
  std::size_t range = 0;
  for (std::size_t i = 0; i <= record.members.size(); ++i) {
    if (range < record.padding.size() && record.padding[range].offset == end) end += record.padding[range++].size;
    if (i == record.members.size()) break;
    const MemberLayout& member = record.members[i];
    if (member.offset != end || member.size == 0) return record.name + ": members and padding do not tile";
    if (member.offset % member.alignment != 0) return record.name + ": a member is not aligned";
    end += member.size;
  }
  if (end != record.size || range != record.padding.size()) return record.name + ": the end is not the size";
  if (record.size % record.alignment != 0) return record.name + ": the size is no multiple of the alignment";
  if (record.minimal.size > record.size || !record.minimal.proved) return record.name + ": the least size is wrong";
  if (record.minimal.order.size() != record.members.size()) return record.name + ": the least order lacks a member";
  return "";
}

/// What is wrong with how `text` is read, laid out and drawn; empty when nothing is.
inline std::string wrong_in_struct_text(std::string_view text) {
  const StructText parsed = parse_structs(text);
  if (parsed.problem) return wrong_in_problem(*parsed.problem, text);
  if (parsed.records.empty() || parsed.completion.size() != parsed.records.size()) return "records are missing";
  for (const Abi& abi : abis()) {
    const RecordLayouts layouts = lay_out(parsed, abi);
    if (layouts.problem) {
      if (std::string wrong = wrong_in_problem(*layouts.problem, text); !wrong.empty()) return wrong;
      continue;
    }
    for (const RecordLayout& record : layouts.records) {
      if (std::string wrong = wrong_in_record(record); !wrong.empty()) return wrong;
      if (record_twin(record).empty()) return record.name + ": no text twin";
    }
    if (record_svg(layouts.records).empty()) return "no picture";
  }
  return "";
}

}  // namespace heapyard::test
