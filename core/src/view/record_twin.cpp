#include "heapyard/view/record_twin.hpp"

#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/record_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace heapyard {
namespace {

struct TableCells {
  std::string offset;
  std::string size;
  std::string alignment;
  std::string name;
  std::string type;
  bool padding = false;
};

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

TableCells cells_of(const RecordLayout& record, const RecordPiece& piece) {
  const MemberLayout& member = record.members[piece.member];
  TableCells cells{fmt::format("{}", piece.offset), fmt::format("{}", piece.size), "-", "padding", "", true};
  switch (piece.kind) {
    case RecordPiece::Kind::member:
      cells.alignment = fmt::format("{}", member.alignment);
      cells.name = member.name;
      cells.type = member.type;
      cells.padding = false;
      break;
    case RecordPiece::Kind::padding:
      cells.type = fmt::format("so that {} starts at a multiple of {}", member.name, member.alignment);
      break;
    case RecordPiece::Kind::tail_padding:
      cells.type = fmt::format("so that the next one in an array starts at a multiple of {}", record.alignment);
      break;
  }
  return cells;
}

}  // namespace

std::string record_sentence(const RecordLayout& record) {
  const std::uint64_t padding = record.padding_bytes();
  const std::string size = fmt::format("{}, aligned to {}", bytes_text(record.size), record.alignment);
  if (padding == 0) return size + "; no byte is padding.";
  return fmt::format("{}; {} {} padding ({} %).", size, bytes_text(padding), padding == 1 ? "is" : "are",
                     padding * 100 / record.size);
}

std::string minimal_sentence(const RecordLayout& record) {
  const MinimalRecord& minimal = record.minimal;
  if (minimal.size == record.size) {
    return minimal.proved ? "No order of its members takes less." : "No order that takes less was found.";
  }
  return fmt::format("In the order {} it takes {}, {} fewer; {}.", join(minimal.order), bytes_text(minimal.size),
                     record.size - minimal.size,
                     minimal.proved ? "no order takes less" : "no order that takes less was found");
}

std::vector<RecordTableLine> record_table(const RecordLayout& record) {
  std::vector<TableCells> rows = {{"offset", "size", "align", "member", "type", false}};
  for (const RecordPiece& piece : record_rows(record).pieces) rows.push_back(cells_of(record, piece));
  std::size_t offset = 0;
  std::size_t size = 0;
  std::size_t name = 0;
  for (const TableCells& row : rows) {
    offset = std::max(offset, row.offset.size());
    size = std::max(size, row.size.size());
    name = std::max(name, row.name.size());
  }
  std::vector<RecordTableLine> lines;
  for (const TableCells& row : rows) {
    lines.push_back({fmt::format("{:>{}}  {:>{}}  {:>5}  {:<{}}  {}", row.offset, offset, row.size, size, row.alignment,
                                 row.name, name, row.type),
                     row.padding});
  }
  return lines;
}

std::string record_twin(const RecordLayout& record) {
  const Abi* abi = find_abi(record.abi);
  std::string text =
      fmt::format("{} on {}: {}\n", record.name, abi != nullptr ? abi->title : record.abi, record_sentence(record));
  for (const RecordTableLine& line : record_table(record)) {
    text += line.text;
    text += '\n';
  }
  text += minimal_sentence(record);
  text += '\n';
  return text;
}

}  // namespace heapyard
