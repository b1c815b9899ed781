# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What is installed: headers, a CMake package and pkg-config files, all free of the architecture.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/mcx)
set(package_files
    ${PROJECT_BINARY_DIR}/mcx-config.cmake ${PROJECT_BINARY_DIR}/mcx-config-version.cmake)

# mcx_install(<target>) installs headers, exported target and pkg-config file. Each target is
# exported by itself: who asks for no backend needs none.
function(mcx_install target)
    install(TARGETS ${target} EXPORT ${target}-targets
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(EXPORT ${target}-targets NAMESPACE mcx:: DESTINATION ${package_dir})
    set(prefix ${CMAKE_INSTALL_PREFIX})
    set(includedir ${CMAKE_INSTALL_INCLUDEDIR})
    set(version ${PROJECT_VERSION})
    configure_file(packaging/pkgconfig/${target}.pc.in ${PROJECT_BINARY_DIR}/${target}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/${target}.pc
        DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
endfunction()

mcx_install(mcx)
foreach(backend IN LISTS backends)
    set(module ${mcx_${backend}_module})
    mcx_install(mcx-${backend})
    list(APPEND package_files ${PROJECT_SOURCE_DIR}/cmake/mcx_find_${backend}.cmake)
endforeach()

configure_package_config_file(cmake/mcx-config.cmake.in mcx-config.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/mcx-config-version.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${package_files} DESTINATION ${package_dir})
