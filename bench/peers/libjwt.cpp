// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include "support/rows.hpp"

// libjwt 1: takes its key as PEM for every token. It leaves the claims to its caller.

#ifndef MCX_BENCH_LIBJWT

namespace {
[[maybe_unused]] bool const absent = mcx::bench::add_peer("libjwt", "absent");
}

#else

#include <mcx/backend/botan.hpp>

#include <jwt.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "peers/keys.hpp"
#include "support/signed.hpp"

namespace {

namespace bench = mcx::bench;

bool claims_hold(jwt_t* token) {
    char const* const iss = jwt_get_grant(token, "iss");
    char* const aud = jwt_get_grants_json(token, "aud");
    bool const hold = iss != nullptr && bench::idms.view() == iss && aud != nullptr &&
                      std::string_view{aud}.find(bench::server.view()) != std::string_view::npos &&
                      bench::now.now().seconds < jwt_get_grant_int(token, "exp") &&
                      bench::now.now().seconds >= jwt_get_grant_int(token, "nbf");
    std::free(aud);
    return hold;
}

template <class A>
void verify_token(bench::row const& row, jwt_alg_t alg) {
    std::string const& pem = bench::pem_of(A::name);
    auto const accepts = [&](std::string const& text) {
        jwt_t* token = nullptr;
        if (jwt_decode(&token, text.c_str(), mcx::as_c_octets(mcx::as_bytes(pem)),
                       static_cast<int>(pem.size())) != 0) {
            return false;
        }
        bool const good = jwt_get_alg(token) == alg && claims_hold(token);
        jwt_free(token);
        return good;
    };
    std::string const token = bench::token_of<A, mcx::botan>();
    row.check(accepts(token), "a good token is refused");
    row.check(!accepts(bench::altered(token)), "a bad token is accepted");
    row.time(token.size(), [&] { return accepts(token); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_peer("libjwt", MCX_BENCH_LIBJWT),
    bench::add_row("verify_token/ES256/libjwt",
                   [](bench::row const& row) { verify_token<mcx::es256>(row, JWT_ALG_ES256); }),
    bench::add_row("verify_token/RS256/libjwt",
                   [](bench::row const& row) { verify_token<mcx::rs256>(row, JWT_ALG_RS256); }),
};

}  // namespace

#endif
