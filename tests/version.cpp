// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/version.hpp>

#include <doctest/doctest.h>

#include <string>

// MCX_BUILD_VERSION is what the build system read.

TEST_CASE("the build and the header agree about the version") {
    CHECK(std::to_string(mcx::version_major) + "." + std::to_string(mcx::version_minor) + "." +
              std::to_string(mcx::version_patch) ==
          MCX_BUILD_VERSION);
}
