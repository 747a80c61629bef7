#include "heapyard/record/record_layout.hpp"

#include "heapyard/record/minimal_order.hpp"
#include "heapyard/say/say.hpp"

#include <utility>

namespace heapyard {
namespace {

class LayingOut {
 public:
  LayingOut(const StructText& text, const Abi& abi) : text_(text), abi_(abi), layouts_(text.records.size()) {}

  RecordLayouts run() {
    result_.records.resize(text_.records.size());
    for (const std::size_t record : text_.completion) {
      if (!lay_out_record(record)) {
        result_.records.clear();
        break;
      }
    }
    return std::move(result_);
  }

 private:
  bool lay_out_record(std::size_t index) {
    const RecordText& text = text_.records[index];
    RecordLayout& record = result_.records[index];
    record.name = text.name;
    record.abi = abi_.name;
    Layout whole;
    std::vector<Layout> members;
    for (const MemberText& member : text.members) {
      const Layout element =
          member.type.record == MemberType::no_record ? abi_.of(member.type.scalar) : layouts_[member.type.record];
      const Result<Layout> type = element.array(member.type.count);
      const Result<Layout::Extended> extended = type ? whole.extend(*type) : type.error();
      if (!extended || extended->layout.padded().size() > abi_.max_object_bytes) {
        return refuse(text, member);
      }
      add_padding(record, whole.size(), extended->offset);
      record.members.push_back({member.name, member.type.text, extended->offset, type->size(), type->alignment()});
      members.push_back(*type);
      whole = extended->layout;
    }
    layouts_[index] = whole.padded();
    record.size = layouts_[index].size();
    record.alignment = whole.alignment();
    record.tail_padding = record.size - whole.size();
    add_padding(record, whole.size(), record.size);
    const MemberOrder minimal = minimal_order(members);
    record.minimal = {minimal.size, {}, minimal.proved};
    for (const std::size_t i : minimal.order) record.minimal.order.push_back(text.members[i].name);
    return true;
  }

  static void add_padding(RecordLayout& record, std::uint64_t begin, std::uint64_t end) {
    if (end > begin) record.padding.push_back({begin, end - begin});
  }

  bool refuse(const RecordText& text, const MemberText& member) {
    result_.problem = Problem{member.line, member.column, static_cast<std::uint32_t>(member.name.size()),
                              say("with '{}' {} is larger than any object can be on {}; expected at most {} bytes",
                                  member.name, text.name, abi_.title, abi_.max_object_bytes)};
    return false;
  }

  const StructText& text_;
  const Abi& abi_;
  std::vector<Layout> layouts_;  // of the records done so far
  RecordLayouts result_;
};

}  // namespace

std::uint64_t RecordLayout::padding_bytes() const {
  std::uint64_t bytes = 0;
  for (const PaddingRange& range : padding) bytes += range.size;
  return bytes;
}

RecordLayouts lay_out(const StructText& text, const Abi& abi) {
  return LayingOut(text, abi).run();
}

}  // namespace heapyard
