#pragma once

#include <string>
#include <vector>

namespace heapyard::test {

struct CorpusFile {
  std::string name;
  std::string text;
};

/// The inputs of tests/corpus/FOLDER, by name. An empty corpus is a mistake: the caller must refuse it.
std::vector<CorpusFile> corpus(const std::string& folder);

}  // namespace heapyard::test
