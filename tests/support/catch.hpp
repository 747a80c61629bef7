#pragma once
// Catch2 of either generation: version 3 if the system has it, else version 2's single header. Tests include this file
// and nothing else of Catch2.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#define HEAPYARD_CATCH2_VERSION 3
#else
#include <catch2/catch.hpp>
#define HEAPYARD_CATCH2_VERSION 2
#endif

#include <string>

namespace heapyard::test {

#if HEAPYARD_CATCH2_VERSION == 3
using Approx = Catch::Approx;
/// For REQUIRE_THAT(text, contains("part")).
inline auto contains(const std::string& part) {
  return Catch::Matchers::ContainsSubstring(part);
}
#else
using Approx = Catch::Detail::Approx;
/// For REQUIRE_THAT(text, contains("part")).
inline auto contains(const std::string& part) {
  return Catch::Matchers::Contains(part);
}
#endif

}  // namespace heapyard::test
