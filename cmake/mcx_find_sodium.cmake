# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Makes mcx::sodium_library where libsodium is found. Used by the build and by the installed package.

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
