// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include "support/rows.hpp"

// cpp-jwt: takes its key as PEM for every token, and knows of one audience only where `aud` is not
// a list, so that the audience is left to its caller here.

#ifndef MCX_BENCH_CPP_JWT

namespace {
[[maybe_unused]] bool const absent = mcx::bench::add_peer("cpp-jwt", "absent");
}

#else

#include <mcx/backend/botan.hpp>

#include <jwt/jwt.hpp>

#include <string>
#include <system_error>

#include "peers/keys.hpp"
#include "support/signed.hpp"

namespace {

namespace bench = mcx::bench;
namespace params = jwt::params;

template <class A>
void verify_token(bench::row const& row) {
    std::string const& pem = bench::pem_of(A::name);
    std::string const iss{bench::idms.view()};
    std::string const server{bench::server.view()};
    auto const accepts = [&](std::string const& text) {
        std::error_code refused;
        auto const token =
            jwt::decode(text, params::algorithms({A::name.data()}), refused, params::secret(pem),
                        params::issuer(iss), params::verify(true));
        return !refused && token.payload().create_json_obj()["aud"][0] == server;
    };
    std::string const token = bench::token_of<A, mcx::botan>();
    row.check(accepts(token), "a good token is refused");
    row.check(!accepts(bench::altered(token)), "a bad token is accepted");
    row.time(token.size(), [&] { return accepts(token); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_peer("cpp-jwt", MCX_BENCH_CPP_JWT),
    bench::add_row("verify_token/ES256/cpp-jwt", verify_token<mcx::es256>),
    bench::add_row("verify_token/RS256/cpp-jwt", verify_token<mcx::rs256>),
};

}  // namespace

#endif
