# Libraries, each found on the system first (Debian's packages, Homebrew, …) and fetched at a pinned version otherwise.
# Header-only ones also serve WebAssembly builds: there the system's header is linked into the build tree, since a
# system include directory must never reach emcc.
include(FetchContent)

set(HEAPYARD_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
option(HEAPYARD_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
if(HEAPYARD_WERROR)
  list(APPEND HEAPYARD_WARNINGS -Werror)
endif()

# heapyard_header_library(TARGET HEADER GIT TAG FETCHED_INCLUDE): an interface target for a header-only library, of whose
# source, where it is fetched, the headers lie in FETCHED_INCLUDE. The whole top folder of HEADER is made visible, and
# nothing beside it.
function(heapyard_header_library target header git tag fetched_include)
  get_filename_component(folder ${header} DIRECTORY)
  find_path(${target}_ROOT ${header} PATHS /usr/include /usr/local/include /opt/homebrew/include NO_CMAKE_FIND_ROOT_PATH)
  add_library(${target} INTERFACE)
  if(${target}_ROOT)
    set(staged ${PROJECT_BINARY_DIR}/headers/${target})
    file(MAKE_DIRECTORY ${staged})
    string(REGEX REPLACE "/.*" "" top ${folder})
    file(CREATE_LINK ${${target}_ROOT}/${top} ${staged}/${top} SYMBOLIC COPY_ON_ERROR)
    target_include_directories(${target} SYSTEM INTERFACE ${staged})
  else()
    FetchContent_Declare(${target}_source GIT_REPOSITORY ${git} GIT_TAG ${tag} GIT_SHALLOW ON)
    FetchContent_GetProperties(${target}_source)
    if(NOT ${target}_source_POPULATED)
      FetchContent_Populate(${target}_source)
    endif()
    target_include_directories(${target} SYSTEM INTERFACE ${${target}_source_SOURCE_DIR}/${fetched_include})
  endif()
endfunction()

# It has no name of {fmt}'s own: a project that has Heapyard as a subdirectory may have another {fmt}.
if(EMSCRIPTEN)
  add_library(heapyard_fmt INTERFACE)
  target_include_directories(heapyard_fmt SYSTEM INTERFACE ${PROJECT_SOURCE_DIR}/wasm/small)
  target_compile_definitions(heapyard_fmt INTERFACE HEAPYARD_SMALL_FMT=1)
else()
  heapyard_header_library(heapyard_fmt fmt/format.h https://github.com/fmtlib/fmt.git 9.1.0 include)
  target_compile_definitions(heapyard_fmt INTERFACE FMT_HEADER_ONLY=1)
endif()

if(HEAPYARD_CLI)
  heapyard_header_library(heapyard_cli11 CLI/CLI.hpp https://github.com/CLIUtils/CLI11.git v2.3.2 include)
  heapyard_header_library(heapyard_json nlohmann/json.hpp https://github.com/nlohmann/json.git v3.11.2 include)
endif()
