// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/issue.hpp>

#include <string>

#include "support/rows.hpp"
#include "support/signed.hpp"
#include "support/tokens.hpp"

// A whole token, from claims to text; the signer is there already.

namespace {

namespace bench = mcx::bench;

template <class A, class B>
void sign_token(bench::row const& row) {
    auto const key = bench::key_of<A, B>();
    mcx::prepared_signer signer{key};
    typename B::random random;
    auto const claims = bench::claims();
    auto const issued = [&] { return mcx::jwt::issue<bench::profile>(claims, signer, random); };

    mcx::key_set<B> keys;
    mcx::trust<B> trusted;
    row.check(keys.template add<A>(key.public_key(), bench::kid) &&
                  trusted.add(bench::idms, std::move(keys)),
              "no key");
    mcx::workspace<B> work;
    auto const accepts = [&](std::string const& token) {
        return mcx::jwt::accept<bench::profile>(token, trusted, work, {.to = bench::server},
                                                bench::now)
            .has_value();
    };
    std::string const token = issued().value_or("");
    row.check(accepts(token), "the token is refused");
    row.check(!accepts(bench::altered(token)), "a bad token is accepted");
    row.time(token.size(), [&] { return issued().has_value(); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_row("sign_token/EdDSA/mcx-sodium", sign_token<mcx::eddsa, mcx::sodium>),
    bench::add_row("sign_token/EdDSA/mcx-botan", sign_token<mcx::eddsa, mcx::botan>),
    bench::add_row("sign_token/ES256/mcx-botan", sign_token<mcx::es256, mcx::botan>),
    bench::add_row("sign_token/RS256/mcx-botan", sign_token<mcx::rs256, mcx::botan>),
};

}  // namespace
