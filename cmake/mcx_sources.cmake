# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads what there is to build from tests/tools/sources.py, which Meson reads too.

# Debian's own interpreter sees Debian's packages.
if(NOT DEFINED Python3_EXECUTABLE AND EXISTS /usr/bin/python3)
    set(Python3_EXECUTABLE /usr/bin/python3)
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# The groups of sources whose backends are there, and what each links.
set(buildable_groups none)
set(libraries_of_none mcx::mcx)
set(libraries_of_all mcx::mcx)
foreach(backend IN LISTS backends)
    list(APPEND buildable_groups ${backend})
    set(libraries_of_${backend} mcx::mcx mcx::${backend})
    list(APPEND libraries_of_all mcx::${backend})
endforeach()
if(TARGET mcx::sodium AND TARGET mcx::botan)
    list(APPEND buildable_groups both)
    set(libraries_of_both mcx::mcx mcx::sodium mcx::botan)
    if(TARGET mcx::xml)
        list(APPEND buildable_groups all)
    endif()
endif()

# mcx_sources(<list>) sets <list>_<group> to the sources of each group, and label_of_<source>.
function(mcx_sources list)
    execute_process(
        COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/tests/tools/sources.py ${list}
        OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" lines "${output}")
    foreach(line IN LISTS lines)
        string(REPLACE " " ";" words ${line})
        list(GET words 0 group)
        list(GET words 1 source)
        list(GET words 2 label)
        list(APPEND ${list}_${group} ${source})
        set(label_of_${source} ${label} PARENT_SCOPE)
    endforeach()
    foreach(group IN LISTS buildable_groups)
        set(${list}_${group} ${${list}_${group}} PARENT_SCOPE)
    endforeach()
    # A source that appears is built by the next build.
    file(GLOB_RECURSE present CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    file(GLOB lists ${CMAKE_CURRENT_SOURCE_DIR}/*.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        ${lists} ${PROJECT_SOURCE_DIR}/tests/tools/sources.py)
endfunction()
