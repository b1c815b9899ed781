// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/error_category.hpp>

#include <doctest/doctest.h>

#include <ostream>  // for CHECK on a std::error_code
#include <string>
#include <string_view>
#include <system_error>

using mcx::errc;

TEST_CASE("a code becomes a std::error_code of the category mcx") {
    std::error_code const made = errc::audience_mismatch;
    CHECK(made);
    CHECK(made.value() == static_cast<int>(errc::audience_mismatch));
    CHECK(made == errc::audience_mismatch);
    CHECK(made != errc::issuer_mismatch);
    CHECK(made.category() == mcx::error_category());
    CHECK(std::string_view{made.category().name()} == "mcx");
    CHECK(made.message() == mcx::message_of(errc::audience_mismatch));
    CHECK_FALSE(make_error_code(errc::none));
}

TEST_CASE("a std::error_code with a number that is no code says so") {
    for (int const value : {1, 1599, 0x10000 + 702, -1}) {
        CHECK(std::error_code(value, mcx::error_category()).message() == "unknown error");
    }
}
