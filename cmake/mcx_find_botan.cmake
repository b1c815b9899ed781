# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Makes mcx::botan_library where Botan is found, and names its module of pkg-config: version 3 by
# pkg-config, else by its CMake config, which in Debian 13 names files that are not there; else
# version 2 by pkg-config. The build and the installed package both use this file.

# mcx_use_botan(<target> <module>) makes mcx::botan_library of a target, unless it is there already.
macro(mcx_use_botan target module)
    if(TARGET ${target} AND NOT TARGET mcx::botan_library)
        add_library(mcx::botan_library INTERFACE IMPORTED GLOBAL)
        target_link_libraries(mcx::botan_library INTERFACE ${target})
        set(mcx_botan_module ${module})
    endif()
endmacro()

if(NOT TARGET mcx::botan_library)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
        pkg_check_modules(MCX_BOTAN_3 QUIET IMPORTED_TARGET GLOBAL botan-3)
        mcx_use_botan(PkgConfig::MCX_BOTAN_3 botan-3)
    endif()
    if(NOT TARGET mcx::botan_library)
        find_package(botan 3 QUIET CONFIG)
        mcx_use_botan(Botan::Botan botan-3)
        mcx_use_botan(botan::botan botan-3)
    endif()
    if(PkgConfig_FOUND AND NOT TARGET mcx::botan_library)
        pkg_check_modules(MCX_BOTAN_2 QUIET IMPORTED_TARGET GLOBAL botan-2)
        mcx_use_botan(PkgConfig::MCX_BOTAN_2 botan-2)
    endif()
endif()
