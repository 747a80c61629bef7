#include "support/corpus.hpp"

#include "support/catch.hpp"
#include "support/lab_check.hpp"

using namespace heapyard;

TEST_CASE("Every script and trace of the corpus is read as its name says, and its run is sound", "[lab][corpus]") {
  const char* const folder = GENERATE("script", "rep");
  CAPTURE(folder);
  std::size_t good = 0, bad = 0;
  for (const test::CorpusFile& file : test::corpus(folder)) {
    CAPTURE(file.name);
    const bool expected_bad = file.name.starts_with("bad-");
    const Program program = parse_program(file.text);
    REQUIRE(program.problems.empty() != expected_bad);
    const bool trace = program.format == Program::Format::malloc_lab;
    REQUIRE(trace == (std::string_view(folder) == "rep"));
    REQUIRE(test::wrong_in_program_text(file.text) == "");
    ++(expected_bad ? bad : good);
  }
  REQUIRE(good > 0);
  REQUIRE(bad > 0);
}
