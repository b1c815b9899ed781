# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The targets mcx, mcx-sodium, mcx-botan and mcx-xml, from the one list of headers.

file(STRINGS include/headers.txt header_list)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    include/headers.txt include/mcx/version.hpp)

set(verify ${PROJECT_IS_TOP_LEVEL})
if(DEFINED CMAKE_VERIFY_INTERFACE_HEADER_SETS)
    set(verify ${CMAKE_VERIFY_INTERFACE_HEADER_SETS})
endif()

# mcx_library(<target> <name> <header>...) declares a header-only target and its alias mcx::<name>.
function(mcx_library target name)
    list(TRANSFORM ARGN PREPEND include/ OUTPUT_VARIABLE files)
    add_library(${target} INTERFACE)
    add_library(mcx::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name}
        VERIFY_INTERFACE_HEADER_SETS ${verify})
    target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS include FILES ${files})
    target_compile_features(${target} INTERFACE cxx_std_20)
endfunction()

set(headers_of_sodium "^mcx/backend/sodium[_.]")
set(headers_of_botan "^mcx/backend/botan[_.]")
set(headers_of_xml "^mcx/xml/")
set(headers ${header_list})
foreach(part IN ITEMS sodium botan xml)
    list(FILTER headers EXCLUDE REGEX ${headers_of_${part}})
endforeach()
mcx_library(mcx mcx ${headers})

# A backend is a target where its library is wanted and found, and so is XML.
set(backends)
foreach(backend IN ITEMS sodium botan xml)
    string(TOUPPER MCX_${backend} wanted)
    if(${wanted})
        include(cmake/mcx_find_${backend}.cmake)
        if(TARGET mcx::${backend}_library)
            set(headers ${header_list})
            list(FILTER headers INCLUDE REGEX ${headers_of_${backend}})
            mcx_library(mcx-${backend} ${backend} ${headers})
            target_link_libraries(mcx-${backend} INTERFACE mcx mcx::${backend}_library)
            list(APPEND backends ${backend})
        elseif(NOT "${${wanted}}" STREQUAL "AUTO")
            message(FATAL_ERROR "${wanted} is on, but the library that it needs was not found.")
        endif()
    endif()
endforeach()
list(JOIN backends ", " found)
message(STATUS "mcx ${PROJECT_VERSION}, with: ${found}")
