// Registration only: what every module has whose words are read.
#include "heapyard/say/words.hpp"

#include <emscripten/bind.h>

EMSCRIPTEN_BINDINGS(words) {
  emscripten::function("setWords", &heapyard::set_words);
}
