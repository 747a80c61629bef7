#include "heapyard/lab/lab.hpp"

#include "support/catch.hpp"
#include "support/heap.hpp"

using namespace heapyard;

namespace {

std::vector<NoteKind> why(Lab& lab, std::uint32_t step) {
  lab.history().seek(step);
  std::vector<NoteKind> kinds;
  for (const Note& note : lab.why()) kinds.push_back(note.kind);
  CHECK(lab.history().now() == step);
  return kinds;
}

using Kinds = std::vector<NoteKind>;

}  // namespace

TEST_CASE("A machine that does not exist is refused in a sentence", "[lab]") {
  struct Expected {
    const char* name;
    const char* message;
  };
  const auto expected = GENERATE(values<Expected>({
      {"", "there is no allocator ``; there are free-list[:FIT], pool:BLOCK, bump, stack, buddy, slab, tlsf"},
      {"first-fit", "there is no allocator `first-fit`"},
      {"free-list:8", "free-list takes first-fit, next-fit, best-fit or worst-fit"},
      {"free-list:best-fit:", "free-list:best-fit:address-ordered, and not ``"},
      {"free-list:", "`free-list:` ends where a parameter should follow"},
      {"buddy:8", "buddy takes no parameter"},
      {"pool", "pool takes its block size in bytes, from 1 to 2147483648, as in pool:64"},
      {"pool:", "`pool:` ends where a parameter should follow"},
      {"pool:0", "pool takes its block size"},
      {"pool:-1", "pool takes its block size"},
      {"pool:64x", "pool takes its block size"},
      {"pool:2147483649", "pool takes its block size"},
      {"pool:900999999999999999", "pool takes its block size"},
  }));
  CAPTURE(expected.name);
  const Lab lab = Lab::run("a = malloc 8", expected.name, 1024);
  CHECK_THAT(lab.setup_error(), test::contains(expected.message));
  CHECK(lab.history().steps() == 0);
  CHECK(lab.arena_bytes() == 0);
}

TEST_CASE("An arena that cannot be is refused in a sentence", "[lab]") {
  CHECK_THAT(Lab::run("", "free-list", 47).setup_error(),
             test::contains("an arena of 47 bytes is too small for free-list"));
  CHECK_THAT(Lab::run("", "pool:64", 100).setup_error(), test::contains("too small for pool:64 and one block"));
  CHECK_THAT(Lab::run("", "pool:2147483648", 4096).setup_error(), test::contains("too small"));
  CHECK_THAT(Lab::run("", "free-list", std::uint64_t{1} << 32).setup_error(),
             test::contains("must be smaller than 4 GiB"));
  CHECK_THAT(Lab::run("", "free-list", ~std::uint64_t{0}).setup_error(), test::contains("must be smaller than 4 GiB"));
  CHECK(Lab::run("", "free-list", 48).setup_error().empty());
}

TEST_CASE("A text with problems runs nothing and shows an empty heap", "[lab]") {
  const Lab lab = Lab::run("a = malloc 8\nb = mallco 8\n", "free-list", 1024);
  CHECK(lab.problems().size() == 1);
  CHECK(lab.history().steps() == 0);
  CHECK(lab.history().blocks().size() == 3);
}

TEST_CASE("Why a call did what it did is told by carrying it out again", "[lab]") {
  Lab lab = Lab::run(
      "a = malloc 24\nwall = malloc 8\nb = malloc 100\nfree a\nc = malloc 50\nfree wall\nb = realloc b 40\nfree b\nd = "
      "malloc 900\n"
      "free d\ne = malloc 0\n",
      "free-list", 1024);
  CHECK(why(lab, 0).empty());
  CHECK(why(lab, 1) == Kinds{NoteKind::chosen, NoteKind::split, NoteKind::linked});
  CHECK(why(lab, 4) == Kinds{NoteKind::linked});
  CHECK(why(lab, 5) == Kinds{NoteKind::visited, NoteKind::chosen, NoteKind::split, NoteKind::linked});
  CHECK(why(lab, 6) == Kinds{NoteKind::coalesced, NoteKind::linked});
  CHECK(why(lab, 7) == Kinds{NoteKind::shrunk, NoteKind::linked});
  CHECK(why(lab, 9) == Kinds(2, NoteKind::visited));
  CHECK(why(lab, 10).empty());
  CHECK(why(lab, 11).empty());
}

TEST_CASE("The free structure at a step is what the allocator reads from its bytes", "[lab]") {
  Lab lab = Lab::run("a = malloc 24\nwall = malloc 8\nfree a\n", "free-list", 1024);
  const Structure now = lab.structure();
  CHECK(now.heads() == std::vector<Offset>{24});
  CHECK(now.links() == std::vector<Link>{{24, 72}});
  lab.history().seek(1);
  CHECK(lab.structure().heads() == std::vector<Offset>{56});
  CHECK(lab.structure().links().empty());
  Lab pool = Lab::run("a = malloc 24\n", "pool:64", 512);
  CHECK(pool.structure().heads() == std::vector<Offset>{128});
  CHECK(pool.structure().links().size() == 5);
}

TEST_CASE("The variable that holds an allocation at the end is known", "[lab]") {
  const Lab lab =
      Lab::run("a = malloc 8\nb = malloc 8\na = malloc 8\nb = realloc b 10\nc = realloc b 20\n", "free-list", 1024);
  CHECK(lab.holder(0).empty());
  CHECK(lab.holder(1).empty());
  CHECK(lab.holder(3) == "a");
  CHECK(lab.holder(5) == "c");
}

TEST_CASE("The arena chosen for a trace holds what it needs", "[lab]") {
  std::string text = "0\n1000\n1000\n1\n";
  for (int i = 0; i < 1000; ++i) text += "a " + std::to_string(i) + " 1000\n";
  const Lab lab = Lab::run(text, "free-list", 0);
  CHECK(lab.history().statistics().failed_allocations == 0);
  CHECK(lab.arena_bytes() == 1 << 21);
  CHECK(Lab::run("a = malloc 8", "free-list", 0).arena_bytes() == Lab::default_arena);
  const auto chosen = [](std::string_view trace) { return Lab::run(trace, "free-list", 0).arena_bytes(); };
  CHECK(chosen("18446744073709551615\n0\n0\n1\n") == Lab::largest_default_arena);
  CHECK(chosen("0\n2\n2\n1\na 0 18446744073709551615\na 1 18446744073709551615\n") == 4096);
}

TEST_CASE("The arena chosen for a trace holds both blocks of a realloc that moves, and a pool's whole blocks",
          "[lab]") {
  const auto failed = [](const std::string& trace, std::string_view allocator) {
    return Lab::run(trace, allocator, 0).history().statistics().failed_allocations;
  };
  CHECK(failed("0\n2\n5\n1\na 0 1000000\na 1 16\nr 0 1100000\nf 0\nf 1\n", "free-list") == 0);
  CHECK(failed("0\n1\n3\n1\na 0 90000\na 0 90000\na 0 90000\n", "free-list") == 0);
  std::string text = "0\n200\n200\n1\n";
  for (int i = 0; i < 200; ++i) text += "a " + std::to_string(i) + " 16\n";
  CHECK(failed(text, "pool:4096") == 0);
}
