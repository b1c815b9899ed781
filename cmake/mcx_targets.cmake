# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The targets mcx, mcx-sodium and mcx-botan, from the one list of headers.

file(STRINGS include/headers.txt header_list)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    include/headers.txt include/mcx/version.hpp)

# mcx_library(<target> <header>...) declares a header-only target and its alias in mcx::.
function(mcx_library target)
    string(REPLACE "mcx-" "" name ${target})
    list(TRANSFORM ARGN PREPEND include/ OUTPUT_VARIABLE files)
    add_library(${target} INTERFACE)
    add_library(mcx::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name}
        VERIFY_INTERFACE_HEADER_SETS ${PROJECT_IS_TOP_LEVEL})
    target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS include FILES ${files})
    target_compile_features(${target} INTERFACE cxx_std_20)
endfunction()

# mcx_backend(<name> <wanted>) declares mcx-<name> where its library is wanted and found.
function(mcx_backend name wanted)
    if(wanted STREQUAL "OFF")
        return()
    endif()
    include(cmake/mcx_find_${name}.cmake)
    if(NOT TARGET mcx::${name}_library)
        if(NOT wanted STREQUAL "AUTO")
            message(FATAL_ERROR "The library of the backend ${name} was not found.")
        endif()
        return()
    endif()
    set(headers ${header_list})
    list(FILTER headers INCLUDE REGEX "^mcx/backend/${name}(_[a-z]+)?\\.hpp$")
    mcx_library(mcx-${name} ${headers})
    target_link_libraries(mcx-${name} INTERFACE mcx mcx::${name}_library)
endfunction()

set(core_headers ${header_list})
list(FILTER core_headers EXCLUDE REGEX "^mcx/backend/(sodium|botan)(_[a-z]+)?\\.hpp$")
mcx_library(mcx ${core_headers})
mcx_backend(sodium "${MCX_SODIUM}")
mcx_backend(botan "${MCX_BOTAN}")
