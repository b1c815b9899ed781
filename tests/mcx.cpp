// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mcx.hpp>

#include <doctest/doctest.h>

TEST_CASE("the umbrella brings what was not included by name") {
    CHECK(mcx::instant{1} < mcx::instant{2});
    CHECK(mcx::blame_of(mcx::errc::signature) != mcx::blame_of(mcx::errc::backend));
}

TEST_CASE("the umbrella brings no backend") {
#if defined(MCX_BACKEND_SODIUM_HPP) || defined(MCX_BACKEND_BOTAN_HPP) || \
    defined(MCX_BACKEND_NATIVE_HPP)
    CHECK_MESSAGE(false, "a backend came with the umbrella");
#endif
    CHECK_FALSE(mcx::Verifies<struct no_backend, mcx::es256>);
}
