#include "support/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace heapyard::test {

std::vector<CorpusFile> corpus(const std::string& folder) {
  std::vector<CorpusFile> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(HEAPYARD_CORPUS_DIR) + "/" + folder, none)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files.push_back(
        {entry.path().filename().string(), {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
  }
  std::sort(files.begin(), files.end(), [](const CorpusFile& a, const CorpusFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace heapyard::test
