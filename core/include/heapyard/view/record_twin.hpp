#pragma once

#include "heapyard/record/record_layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// The words for a struct's layout, in ASCII. Together they are the text twin: everything that the picture shows.

/// `24 bytes, aligned to 8; 9 bytes are padding (37 %).`
std::string record_sentence(const RecordLayout& record);

/// What the least size is, and whether that is proved: `In the order d, b, c, a it takes 16 bytes, 8 fewer; no order
/// takes less.`
std::string minimal_sentence(const RecordLayout& record);

struct RecordTableLine {
  std::string text;
  bool padding = false;
};

/// A heading, then a line for each member and each padding range in address order: offset, size, alignment (`-` for
/// padding), name, type. The last column of padding says why it is there.
std::vector<RecordTableLine> record_table(const RecordLayout& record);

/// All of it: name and ABI, sentence, table, minimal order. Ends with a line break.
std::string record_twin(const RecordLayout& record);

}  // namespace heapyard
