// The words of another language: what the build makes of words/LANGUAGE.po. Without them all is said in English: so it
// is in the terminal.
#pragma once

#include <string>

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

}  // namespace heapyard
