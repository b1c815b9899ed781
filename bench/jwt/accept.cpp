// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/jwt/accept.hpp>

#include <string>

#include "support/rfc_keys.hpp"
#include "support/rows.hpp"
#include "support/signed.hpp"
#include "support/tokens.hpp"

// A whole token, from text to validated claims; the key and the work space are there already.

namespace {

namespace bench = mcx::bench;

template <class A, class B>
void verify_token(bench::row const& row) {
    mcx::key_set<B> keys;
    mcx::trust<B> trusted;
    row.check(keys.template add<A>(mcx::test::rfc_example<A>::public_key(), bench::kid) &&
                  trusted.add(bench::idms, std::move(keys)),
              "no key");
    mcx::workspace<B> work;
    auto const accepts = [&](std::string const& token) {
        return mcx::jwt::accept<bench::profile>(token, trusted, work, {.to = bench::server},
                                                bench::now)
            .has_value();
    };
    std::string const token = bench::token_of<A, B>();
    row.check(accepts(token), "a good token is refused");
    row.check(!accepts(bench::altered(token)), "a bad token is accepted");
    row.time(token.size(), [&] { return accepts(token); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_row("verify_token/EdDSA/mcx-sodium", verify_token<mcx::eddsa, mcx::sodium>),
    bench::add_row("verify_token/EdDSA/mcx-botan", verify_token<mcx::eddsa, mcx::botan>),
    bench::add_row("verify_token/ES256/mcx-botan", verify_token<mcx::es256, mcx::botan>),
    bench::add_row("verify_token/RS256/mcx-botan", verify_token<mcx::rs256, mcx::botan>),
};

}  // namespace
