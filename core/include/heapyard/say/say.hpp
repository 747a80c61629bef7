// The words that a reader sees, in the reader's language. English stands in the code, in `say("… {} …", value)`; the
// translations stand in words/LANGUAGE.po, which `npm run words` compares with the code. Without a catalog all is said
// in English: so it is in the terminal.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace heapyard {

/// Effects: what is said from now on is said in the words of `catalog`, which has a line for each: eight hexadecimal
/// digits (FNV-1a of the English bytes), a space, the translation; in the order of the digits. Empty: English again. A
/// translation has the places of its English and no others; the build sees to that. Complexity: O(bytes).
void set_words(std::string catalog);

/// The translation of `english`, or `english` itself where there is none. Both end in a zero. It stays valid until
/// words are set again. Complexity: O(length + log of the catalog's lines).
const char* translated(const char* english);

/// For a table whose English is needed, too: a function of a `Language` called `translated`, which it applies to each
/// literal, makes the table in either.
struct Language {
  const char* (*said)(const char* english);
  constexpr const char* operator()(const char* english) const { return said(english); }
};
inline constexpr Language in_english{[](const char* english) { return english; }};
inline constexpr Language in_the_readers_language{&translated};

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
