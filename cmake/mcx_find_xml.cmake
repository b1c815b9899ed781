# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Makes mcx::xml_library where libxml2 is found, and names its module of pkg-config. The build and
# the installed package both use this file.

if(NOT TARGET mcx::xml_library)
    find_package(LibXml2 2.9 QUIET GLOBAL)
    if(TARGET LibXml2::LibXml2)
        add_library(mcx::xml_library INTERFACE IMPORTED GLOBAL)
        target_link_libraries(mcx::xml_library INTERFACE LibXml2::LibXml2)
    endif()
endif()
set(mcx_xml_module libxml-2.0)
