// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"
#include "support/vector_suite.hpp"

#include <mcx/codec/uri.hpp>
#include <mcx/oauth/redirect.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// URLs of all kinds, and what browsers make of them. What they refuse is refused here too; what is
// accepted here has the scheme, the host and the port that they see in it. Much of what they repair
// is refused, which is no deviation: the file asks for no more.

using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::string_in;
using mcx::test::written_in;

namespace {

std::string lower(std::string_view text) {
    std::string made{text};
    std::transform(made.begin(), made.end(), made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return made;
}

/// Tells whether the parts are those that a browser sees.
bool agree(mcx::uri_parts const& parts, json_members const& test) {
    bool const special = parts.is_https() || parts.has_scheme("http");
    std::string const host = string_in(test.at("hostname"));
    std::string const port = string_in(test.at("port"));
    bool const default_port = port.empty() && (parts.port == (parts.is_https() ? "443" : "80"));
    return lower(parts.scheme) + ":" == string_in(test.at("protocol")) &&
           (special ? lower(parts.host) : std::string{parts.host}) == host &&
           (parts.port == port || (special && default_port));
}

bool run(mcx::test::vector_file const& file, mcx::test::tally& counts) {
    std::size_t accepted = 0;
    for (std::string const& written : elements_in(written_in(file.members, "tests"))) {
        json_members const test = members_in(written);
        if (!test.contains("input")) {
            return false;
        }
        std::string const input = string_in(test.at("input"));
        auto const parts = mcx::split_uri(std::string_view{input});
        bool const taken = mcx::uri::check(input) == mcx::errc::none;
        CHECK((!taken || parts));
        accepted += taken ? 1U : 0U;
        // Neither of the narrower types takes what the wider one does not.
        CHECK((taken || mcx::https_uri::check(input) != mcx::errc::none));
        CHECK((taken || mcx::oauth::redirect_uri::check(input) != mcx::errc::none));
        bool const fails = test.contains("failure");
        counts.judge(fails ? !taken : !taken || agree(*parts, test), {input}, "otherwise");
    }
    CHECK(accepted > 0);
    return accepted > 0;
}

}  // namespace

TEST_CASE("a URI that browsers refuse is refused, and one that is accepted is the one they see") {
    mcx::test::run_folder("url", run);
}
