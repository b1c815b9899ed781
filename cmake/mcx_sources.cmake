# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads what there is to build from tests/tools/sources.py, which Meson reads too.

# mcx_sources(<list>) sets <list>_<group> to the sources of each group, and <list>_label_<source>.
function(mcx_sources list)
    execute_process(
        COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/tools/sources.py ${list}
        OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" lines "${output}")
    foreach(line IN LISTS lines)
        string(REPLACE " " ";" words ${line})
        list(GET words 0 group)
        list(GET words 1 source)
        list(GET words 2 label)
        list(APPEND ${list}_${group} ${source})
        set(${list}_label_${source} ${label} PARENT_SCOPE)
    endforeach()
    foreach(group IN ITEMS none sodium botan both)
        set(${list}_${group} ${${list}_${group}} PARENT_SCOPE)
    endforeach()
    # A source that appears is built by the next build.
    file(GLOB_RECURSE present CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    file(GLOB lists ${CMAKE_CURRENT_SOURCE_DIR}/*.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        ${lists} ${PROJECT_SOURCE_DIR}/tests/tools/sources.py)
endfunction()

# mcx_group_targets(<group> <targets> <available>) tells what a group links, and whether it can.
function(mcx_group_targets group targets available)
    set(needed)
    if(group STREQUAL "both")
        set(needed mcx-sodium mcx-botan)
    elseif(NOT group STREQUAL "none")
        set(needed mcx-${group})
    endif()
    set(${available} TRUE PARENT_SCOPE)
    foreach(target IN LISTS needed)
        if(NOT TARGET ${target})
            set(${available} FALSE PARENT_SCOPE)
        endif()
    endforeach()
    set(${targets} mcx::mcx ${needed} PARENT_SCOPE)
endfunction()
