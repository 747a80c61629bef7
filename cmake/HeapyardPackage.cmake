# What another project can use: `heapyard::ROOM` for each of these rooms, with what it includes, and `heapyard::core` for
# all of them. The names are the same by find_package(heapyard) and in a subdirectory.
#
#   heapyard_package(heapyard_core ROOMS base arena … INSIDE say)    makes the target heapyard_core as well
#
# A room INSIDE is what those are made of: its headers are not for others.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

function(heapyard_package whole)
  cmake_parse_arguments(ARG "" "" "ROOMS;INSIDE" ${ARGN})
  add_library(${whole} INTERFACE)
  add_library(heapyard::core ALIAS ${whole})
  set_target_properties(${whole} PROPERTIES EXPORT_NAME core)
  set(targets ${whole})
  foreach(room ${ARG_ROOMS} ${ARG_INSIDE})
    add_library(heapyard::${room} ALIAS heapyard_${room})
    set_target_properties(heapyard_${room} PROPERTIES EXPORT_NAME ${room})
    target_link_libraries(${whole} INTERFACE heapyard_${room})
    list(APPEND targets heapyard_${room})
    get_target_property(type heapyard_${room} TYPE)
    if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND type STREQUAL "STATIC_LIBRARY")
      # A linker of another compiler can use it too.
      target_compile_options(heapyard_${room} PRIVATE -ffat-lto-objects)
    endif()
  endforeach()
  if(NOT HEAPYARD_INSTALL)
    return()
  endif()

  foreach(room ${ARG_ROOMS})
    install(
      DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/heapyard/${room}
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/heapyard
      COMPONENT library)
  endforeach()
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT library)
  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/heapyard)
  install(
    TARGETS ${targets}
    EXPORT heapyard
    ARCHIVE COMPONENT library
    INCLUDES
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(
    EXPORT heapyard
    FILE heapyardTargets.cmake
    NAMESPACE heapyard::
    DESTINATION ${folder}
    COMPONENT library)
  set(made ${PROJECT_BINARY_DIR}/package)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/heapyardConfig.cmake.in ${made}/heapyardConfig.cmake
                                INSTALL_DESTINATION ${folder})
  # Before version 1 a new minor version may change what is there.
  write_basic_package_version_file(${made}/heapyardConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${made}/heapyardConfig.cmake ${made}/heapyardConfigVersion.cmake
          DESTINATION ${folder}
          COMPONENT library)
endfunction()
