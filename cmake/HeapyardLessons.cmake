# A lesson is a folder of core/lessons/. Its program, lesson.cpp, and that of its exercise, exercise.cpp, where it has
# one, are compiled by clang (natively; em++ is one) into LLVM's textual form, get the hooks of the stage put into them by
# scripts/instrument, and are compiled from there. Nothing in the programs themselves knows of that.
#
#   heapyard_lessons(malloc-free manual-allocation …)    in the order in which they are taken
# Lessons are compiled with LLVM's standard library everywhere: natively they then take the steps that they take as
# WebAssembly. What it needs of the library is linked into the program.
find_program(HEAPYARD_NODE NAMES node nodejs REQUIRED NO_CMAKE_FIND_ROOT_PATH)
if(EMSCRIPTEN)
  set(HEAPYARD_LESSON_COMPILER ${CMAKE_CXX_COMPILER})
else()
  find_program(HEAPYARD_LESSON_COMPILER NAMES clang++ REQUIRED)
  # Smart pointers are passed as Emscripten's build of the library passes them: as the pointers that they hold.
  set(HEAPYARD_LESSON_LIBRARY -stdlib=libc++ -D_LIBCPP_ABI_ENABLE_UNIQUE_PTR_TRIVIAL_ABI
                              -D_LIBCPP_ABI_ENABLE_SHARED_PTR_TRIVIAL_ABI)
  if(NOT APPLE)
    find_library(HEAPYARD_LIBCXX NAMES libc++.a c++ PATH_SUFFIXES llvm-14/lib REQUIRED)
  endif()
endif()
set(HEAPYARD_INSTRUMENT ${PROJECT_SOURCE_DIR}/scripts/instrument)

function(heapyard_instrumented id source object tables)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/lessons/${id})
  file(MAKE_DIRECTORY ${folder})
  file(GLOB instrument CONFIGURE_DEPENDS ${HEAPYARD_INSTRUMENT}/*.mjs)
  list(APPEND instrument ${PROJECT_SOURCE_DIR}/scripts/lib/literal.mjs)
  # A result that is built where the caller wants it would have no place of its own, and clang 14 mistakes where it is.
  set(language -std=c++20 -fsized-deallocation -fno-elide-constructors -Wall -Wextra -fno-exceptions -fno-rtti -O1 -g ${HEAPYARD_LESSON_LIBRARY})
  if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel")
    set(optimised -Oz)
  else()
    set(optimised -O1)
  endif()
  list(APPEND language -isystem ${HEAPYARD_ROOM_HEADERS}/smart)
  add_custom_command(
    OUTPUT ${folder}/plain.ll
    COMMAND ${HEAPYARD_LESSON_COMPILER} ${language} -Xclang -disable-llvm-passes -fno-discard-value-names -MD -MF
            ${folder}/plain.d -MT ${folder}/plain.ll -S -emit-llvm ${source} -o ${folder}/plain.ll
    DEPENDS ${source}
    DEPFILE ${folder}/plain.d
    COMMENT "Compiling lesson ${id}"
    VERBATIM)
  add_custom_command(
    OUTPUT ${folder}/lesson.ll ${folder}/tables.cpp
    COMMAND ${HEAPYARD_NODE} ${HEAPYARD_INSTRUMENT}/main.mjs ${id} ${source} ${folder}/plain.ll ${folder}/lesson.ll
            ${folder}/tables.cpp
    DEPENDS ${folder}/plain.ll ${source} ${instrument}
    COMMENT "Instrumenting lesson ${id}"
    VERBATIM)
  add_custom_command(
    OUTPUT ${folder}/lesson.o
    COMMAND ${HEAPYARD_LESSON_COMPILER} ${optimised} -Wno-override-module -c ${folder}/lesson.ll -o ${folder}/lesson.o
    DEPENDS ${folder}/lesson.ll
    VERBATIM)
  set(${object} ${folder}/lesson.o PARENT_SCOPE)
  set(${tables} ${folder}/tables.cpp PARENT_SCOPE)
endfunction()

# The prose of all lessons, for what runs natively: heapyard/lessons/prose.hpp.
function(heapyard_prose)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/lessons/prose.cpp)
  set(folders "")
  set(texts "")
  foreach(id ${ARGN})
    list(APPEND folders ${CMAKE_CURRENT_SOURCE_DIR}/lessons/${id})
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/lessons/${id}/*)
    list(APPEND texts ${files})
  endforeach()
  file(GLOB tools CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/scripts/lessons/*.mjs)
  add_custom_command(
    OUTPUT ${made}
    COMMAND ${HEAPYARD_NODE} ${PROJECT_SOURCE_DIR}/scripts/lessons/main.mjs ${made} ${folders}
    DEPENDS ${tools} ${texts} ${PROJECT_SOURCE_DIR}/scripts/lib/literal.mjs
    COMMENT "Reading the prose of the lessons"
    VERBATIM)
  target_sources(heapyard_lessons PRIVATE ${made})
endfunction()

# Writes the C++ of `lessons()` and `exercise_programs()` to `file`: those of the lessons of two lists.
function(heapyard_lesson_list file of_lessons of_exercises)
  set(externs "")
  set(lessons "")
  set(exercises "")
  foreach(id ${of_lessons})
    string(REPLACE "-" "_" name ${id})
    string(APPEND externs "extern const Lesson lesson_${name};\n")
    string(APPEND lessons "&lesson_${name}, ")
  endforeach()
  foreach(id ${of_exercises})
    string(REPLACE "-" "_" name ${id})
    if(EXISTS ${PROJECT_SOURCE_DIR}/core/lessons/${id}/exercise.cpp)
      string(APPEND externs "extern const Lesson lesson_${name}_exercise;\n")
      string(APPEND exercises "&lesson_${name}_exercise, ")
    endif()
  endforeach()
  set(list "// Made by cmake/HeapyardLessons.cmake.\n#include \"heapyard/lessons/lesson.hpp\"\n\n")
  string(APPEND list "namespace heapyard {\n\n${externs}\n")
  foreach(function lessons exercises)
    string(REPLACE "exercises" "exercise_programs" called ${function})
    string(APPEND list "std::span<const Lesson* const> ${called}() {\n")
    if("${${function}}" STREQUAL "")
      string(APPEND list "  return {};\n}\n")
    else()
      string(APPEND list "  static constexpr const Lesson* all[] = {${${function}}};\n  return all;\n}\n")
    endif()
  endforeach()
  string(APPEND list "\n}  // namespace heapyard\n")
  file(CONFIGURE OUTPUT ${file} CONTENT "${list}" @ONLY)
endfunction()

function(heapyard_lessons)
  if(HEAPYARD_LIBCXX)
    target_link_libraries(heapyard_lessons PUBLIC ${HEAPYARD_LIBCXX})
  endif()
  foreach(id ${ARGN})
    foreach(program lesson exercise)
      set(source ${CMAKE_CURRENT_SOURCE_DIR}/lessons/${id}/${program}.cpp)
      if(program STREQUAL "exercise" AND NOT EXISTS ${source})
        continue()
      endif()
      set(program_id ${id})
      if(program STREQUAL "exercise")
        set(program_id ${id}-exercise)
      endif()
      heapyard_instrumented(${program_id} ${source} object tables)
      set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT ON)
      target_sources(heapyard_lessons PRIVATE ${object} ${tables})
    endforeach()
  endforeach()
  heapyard_lesson_list(${CMAKE_CURRENT_BINARY_DIR}/lessons/list.cpp "${ARGN}" "${ARGN}")
  target_sources(heapyard_lessons PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/lessons/list.cpp)
  set_property(GLOBAL PROPERTY HEAPYARD_LESSONS ${ARGN})
  if(NOT EMSCRIPTEN)
    heapyard_prose(${ARGN})
  endif()
endfunction()
