# Catch2 for the tests: version 3 where the system has it, else version 2's single header (Debian 12's, or fetched),
# which is also what WebAssembly builds use. tests/support/catch.hpp hides the difference.
add_library(heapyard_catch2 INTERFACE)
if(NOT EMSCRIPTEN)
  find_package(Catch2 3 QUIET)
endif()
if(Catch2_FOUND)
  target_link_libraries(heapyard_catch2 INTERFACE Catch2::Catch2)
else()
  heapyard_header_library(heapyard_catch2_header catch2/catch.hpp
                          https://github.com/catchorg/Catch2.git v2.13.10 single_include)
  target_link_libraries(heapyard_catch2 INTERFACE heapyard_catch2_header)
endif()
