# A room is a folder of core/ with one target of its own. A room sees the headers of the rooms it names, and of no
# other: each room's headers are linked into a directory of their own, so a wrong include does not build.
#
#   heapyard_room(history MAY_INCLUDE base trace)
#
# A source named behind APART is in no library: it is the object heapyard_NAME, linked by name into what wants it.
#
# The same table, for every room of the project, stands in docs/architecture.md, and a test reads the #include lines
# against it.
set(HEAPYARD_ROOM_HEADERS ${PROJECT_BINARY_DIR}/rooms)

function(heapyard_room room)
  cmake_parse_arguments(ARG "" "" "MAY_INCLUDE;LINKS;APART" ${ARGN})
  set(target heapyard_${room})
  file(MAKE_DIRECTORY ${HEAPYARD_ROOM_HEADERS}/${room}/heapyard)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/core/include/heapyard/${room}
       ${HEAPYARD_ROOM_HEADERS}/${room}/heapyard/${room} SYMBOLIC COPY_ON_ERROR)

  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/src/${room}/*.cpp)
  foreach(apart ${ARG_APART})
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/core/src/${room}/${apart}.cpp)
    add_library(heapyard_${apart} OBJECT ${PROJECT_SOURCE_DIR}/core/src/${room}/${apart}.cpp)
    target_compile_options(heapyard_${apart} PRIVATE ${HEAPYARD_WARNINGS})
    target_link_libraries(heapyard_${apart} PRIVATE ${ARG_LINKS})
    foreach(seen ${room} ${ARG_MAY_INCLUDE})
      target_include_directories(heapyard_${apart} PRIVATE ${HEAPYARD_ROOM_HEADERS}/${seen})
    endforeach()
  endforeach()
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    target_compile_options(${target} PRIVATE ${HEAPYARD_WARNINGS})
    foreach(seen ${ARG_MAY_INCLUDE})
      target_include_directories(${target} PRIVATE ${HEAPYARD_ROOM_HEADERS}/${seen})
    endforeach()
    if(ARG_LINKS)
      target_link_libraries(${target} PRIVATE "$<BUILD_INTERFACE:${ARG_LINKS}>")
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(${target} INTERFACE ${ARG_LINKS})
  endif()
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${HEAPYARD_ROOM_HEADERS}/${room}>)
  # Whoever uses a room gets all that its headers include, however far down. The room itself does not: its own sources
  # see what was named above.
  foreach(needed ${ARG_MAY_INCLUDE})
    target_link_libraries(${target} INTERFACE heapyard_${needed})
  endforeach()
endfunction()
