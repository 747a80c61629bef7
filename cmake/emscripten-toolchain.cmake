# Finds Emscripten wherever it lives (an activated emsdk, Debian's package, Homebrew) and hands over to the toolchain
# file that it ships. `emcmake` would do the same, but passes Node a flag that Node 20 refuses.
if(NOT HEAPYARD_EMSCRIPTEN_ROOT)
  if(DEFINED ENV{HEAPYARD_EMSCRIPTEN_ROOT})
    set(HEAPYARD_EMSCRIPTEN_ROOT $ENV{HEAPYARD_EMSCRIPTEN_ROOT})
  elseif(EXISTS "$ENV{EMSDK}/upstream/emscripten/emcc.py")
    set(HEAPYARD_EMSCRIPTEN_ROOT $ENV{EMSDK}/upstream/emscripten)
  else()
    find_program(HEAPYARD_EM_CONFIG NAMES em-config em-config.bat NO_CMAKE_FIND_ROOT_PATH)
    if(NOT HEAPYARD_EM_CONFIG)
      message(FATAL_ERROR "Emscripten was not found: no emsdk in EMSDK, no em-config in PATH. README.md says how to install it.")
    endif()
    execute_process(COMMAND ${HEAPYARD_EM_CONFIG} EMSCRIPTEN_ROOT OUTPUT_VARIABLE HEAPYARD_EMSCRIPTEN_ROOT
                    OUTPUT_STRIP_TRAILING_WHITESPACE)
  endif()
  # CMake reads this file again for every compiler check: each finds the answer here.
  set(ENV{HEAPYARD_EMSCRIPTEN_ROOT} ${HEAPYARD_EMSCRIPTEN_ROOT})
endif()

include(${HEAPYARD_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake)
