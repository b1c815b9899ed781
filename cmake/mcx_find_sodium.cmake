# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Makes mcx::sodium_library where libsodium is found, and names its module of pkg-config. The build
# and the installed package both use this file.

if(NOT TARGET mcx::sodium_library)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
        pkg_check_modules(MCX_LIBSODIUM QUIET IMPORTED_TARGET GLOBAL libsodium>=1.0.18)
    endif()
    if(TARGET PkgConfig::MCX_LIBSODIUM)
        add_library(mcx::sodium_library INTERFACE IMPORTED GLOBAL)
        target_link_libraries(mcx::sodium_library INTERFACE PkgConfig::MCX_LIBSODIUM)
    endif()
endif()
set(mcx_sodium_module libsodium)
