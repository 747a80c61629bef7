#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heapyard {

/// Words in lines of at most `columns` code points, broken at spaces; a word that is longer is broken inside. Requires
/// columns > 0.
std::vector<std::string> wrapped(std::string_view words, std::size_t columns);

/// How many code points a text in UTF-8 has: its width where every character is one column wide.
std::size_t columns_of(std::string_view text);

/// `text` if it has at most `columns` code points, else its beginning with `cut` as its last character. Requires that
/// `cut` is one code point wide.
std::string clipped(std::string_view text, std::size_t columns, std::string_view cut = "…");

}  // namespace heapyard
