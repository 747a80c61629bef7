#include "heapyard/view/record_twin.hpp"

#include "heapyard/say/say.hpp"
#include "heapyard/view/bytes_text.hpp"
#include "heapyard/view/record_rows.hpp"
#include "heapyard/view/wrapped.hpp"

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
  TableCells cells{fmt::format("{}", piece.offset), fmt::format("{}", piece.size), "-", say("padding"), "", true};
  switch (piece.kind) {
    case RecordPiece::Kind::member:
      cells.alignment = fmt::format("{}", member.alignment);
      cells.name = member.name;
      cells.type = member.type;
      cells.padding = false;
      break;
    case RecordPiece::Kind::padding:
      cells.type = say("so that {} starts at a multiple of {}", member.name, member.alignment);
      break;
    case RecordPiece::Kind::tail_padding:
      cells.type = say("so that the next one in an array starts at a multiple of {}", record.alignment);
      break;
  }
  return cells;
}

}  // namespace

std::string record_sentence(const RecordLayout& record) {
  const std::uint64_t padding = record.padding_bytes();
  const std::string size = say("{}, aligned to {}", bytes_text(record.size), record.alignment);
  if (padding == 0) return say("{}; no byte is padding.", size);
  const std::uint64_t percent = padding * 100 / record.size;
  return padding == 1 ? say("{}; 1 byte is padding ({} %).", size, percent)
                      : say("{}; {} bytes are padding ({} %).", size, padding, percent);
}

std::string minimal_sentence(const RecordLayout& record) {
  const MinimalRecord& minimal = record.minimal;
  if (minimal.size == record.size) {
    return minimal.proved ? say("No order of its members takes less.") : say("No order that takes less was found.");
  }
  const std::string order = join(minimal.order), size = bytes_text(minimal.size);
  const std::uint64_t fewer = record.size - minimal.size;
  return minimal.proved
             ? say("In the order {} it takes {}, {} fewer; no order takes less.", order, size, fewer)
             : say("In the order {} it takes {}, {} fewer; no order that takes less was found.", order, size, fewer);
}

std::vector<RecordTableLine> record_table(const RecordLayout& record) {
  std::vector<TableCells> rows = {{say("offset"), say("size"), say("align"), say("member"), say("type"), false}};
  for (const RecordPiece& piece : record_rows(record).pieces) rows.push_back(cells_of(record, piece));
  std::size_t offset = 0;
  std::size_t size = 0;
  std::size_t name = 0;
  for (const TableCells& row : rows) {
    offset = std::max(offset, columns_of(row.offset));
    size = std::max(size, columns_of(row.size));
    name = std::max(name, columns_of(row.name));
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
      say("{} on {}: {}", record.name, abi != nullptr ? abi->title : record.abi, record_sentence(record)) + '\n';
  for (const RecordTableLine& line : record_table(record)) {
    text += line.text;
    text += '\n';
  }
  text += minimal_sentence(record);
  text += '\n';
  return text;
}

}  // namespace heapyard
