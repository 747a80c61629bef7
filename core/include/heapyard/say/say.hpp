// The words that a reader sees, in the reader's language. English stands in the code, in `say("… {} …", value)`; the
// translations stand in words/LANGUAGE.po, which `npm run words` compares with the code.
#pragma once

#include "heapyard/say/words.hpp"

#include <string>

#include <fmt/format.h>

namespace heapyard {

/// `english`, a format string of {fmt}, in the reader's language and with the values in its places.
template <class... T>
[[gnu::always_inline]] inline std::string say(fmt::format_string<T...> english, const T&... values) {
#ifdef HEAPYARD_SMALL_FMT
  const void* const addresses[] = {fmt::small::address_of(values)..., nullptr};
  return fmt::small::made(translated(english.text), {fmt::small::kinds_of<T...>(), addresses});
#else
  return fmt::vformat(translated(fmt::string_view(english).data()), fmt::make_format_args(values...));
#endif
}

}  // namespace heapyard
