# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Makes mcx::botan_library where Botan is found: version 3 by its CMake config, else version 3 or 2
# by pkg-config; and names its module of pkg-config. The build and the installed package both use
# this file.

if(NOT TARGET mcx::botan_library)
    find_package(botan 3 QUIET CONFIG)
    set(mcx_botan_module botan-3)
    foreach(candidate IN ITEMS Botan::Botan botan::botan)
        if(TARGET ${candidate} AND NOT TARGET mcx::botan_library)
            add_library(mcx::botan_library INTERFACE IMPORTED GLOBAL)
            target_link_libraries(mcx::botan_library INTERFACE ${candidate})
        endif()
    endforeach()
    find_package(PkgConfig QUIET)
    foreach(major IN ITEMS 3 2)
        if(PkgConfig_FOUND AND NOT TARGET mcx::botan_library)
            pkg_check_modules(MCX_BOTAN_${major} QUIET IMPORTED_TARGET GLOBAL botan-${major})
            if(TARGET PkgConfig::MCX_BOTAN_${major})
                add_library(mcx::botan_library INTERFACE IMPORTED GLOBAL)
                target_link_libraries(mcx::botan_library INTERFACE PkgConfig::MCX_BOTAN_${major})
                set(mcx_botan_module botan-${major})
            endif()
        endif()
    endforeach()
endif()
