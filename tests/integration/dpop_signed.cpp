// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/dpop_proofs.hpp"
#include "support/mc_tokens.hpp"
#include "support/mutation.hpp"

#include <cstddef>
#include <string>
#include <string_view>

// Proofs of possession with real signatures: those that RFC 9449 prints, the whole way from a token
// request to a protected resource, and that no octet of a proof can be changed.

using mcx::botan;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::rs256;
using mcx::sodium;
using mcx::grant::check_proof;
using mcx::grant::check_token_proof;
using mcx::grant::proof_expectation;
using mcx::test::certain;
using mcx::test::clock_at;
using mcx::test::target;
namespace grant = mcx::grant;
namespace test = mcx::test;

namespace {

using mixed = mcx::first_of<sodium, botan>;

template <class B_, class R, class A_>
struct party {
    using B = B_;
    using A = A_;
    R random;
    mcx::signing_key<A, B> key =
        certain(mcx::signing_key<A, B>::generate(random, mcx::key_id("mine")));
};

proof_expectation rfc_request() {
    return {.method = "POST", .target = target("https://server.example.com/token")};
}
proof_expectation rfc_resource() {
    return {.method = "GET", .target = target("https://resource.example.org/protectedresource")};
}

/// What the party says of a request, now.
template <class P>
std::string proof(P& p, proof_expectation const& of, std::string_view token = {}) {
    grant::dpop_claims claims;
    claims.jti = certain(mcx::oauth::fresh<mcx::jwt_id>(p.random));
    claims.htm = of.method;
    claims.htu = of.target;
    claims.iat = clock_at(0).at;
    if (!token.empty()) {
        using hash = mcx::hashing<typename P::B, mcx::sha256>;
        claims.ath = certain(grant::token_hash_for_proof<hash>(token));
    }
    return certain(grant::make_proof(claims, p.key, p.random));
}

}  // namespace

#define PARTIES                                                                   \
    party<botan, botan::random, es256>, party<botan, botan::random, eddsa>,       \
        party<botan, botan::random, rs256>, party<sodium, sodium::random, eddsa>, \
        party<mixed, botan::random, es256>

TEST_CASE_TEMPLATE("the proofs that RFC 9449 prints hold", B, botan, mixed) {
    auto const request =
        check_proof<B>(test::rfc9449_proof, rfc_request(), mcx::fixed_clock{{1562262616}});
    CHECK(request->jkt().view() == test::rfc9449_jkt);
    CHECK(request->replay().id.view() == "-BwC3ESc6acc2lTc");
    auto const resource = check_token_proof<B>(test::rfc9449_token_proof, test::rfc9449_token,
                                               rfc_resource(), mcx::fixed_clock{{1562262618}});
    CHECK(resource->jkt().view() == test::rfc9449_jkt);
    CHECK(resource->replay().id.view() == "e1j3V_bKic8-LAEB");
}

TEST_CASE("the proofs that RFC 9449 prints are good for nothing else") {
    auto const now = mcx::fixed_clock{{1562262618}};
    CHECK(check_proof<botan>(test::rfc9449_proof, rfc_resource(), now).error().code ==
          errc::proof_method_mismatch);
    CHECK(check_token_proof<botan>(test::rfc9449_token_proof, "other", rfc_resource(), now)
              .error()
              .code == errc::token_hash_mismatch);
    CHECK(check_proof<botan>(test::rfc9449_proof, rfc_request(), clock_at(0)).error().code ==
          errc::too_old);
    CHECK(check_proof<sodium>(test::rfc9449_proof, rfc_request(), now).error().code ==
          errc::algorithm_refused);
}

TEST_CASE_TEMPLATE("a token is bound to the key that asked for it, and spent by it alone", P,
                   PARTIES) {
    using B = typename P::B;
    P client;
    auto const at_idms =
        certain(check_proof<B>(proof(client, rfc_request()), rfc_request(), clock_at(0)));
    using profile = mcx::idm::bound_access_token_profile;
    auto const text = test::issued<profile>(
        mcx::idm::bound_access_token{test::sample_access_token(), grant::confirmation_of(at_idms)});
    auto const token = certain(test::accepted_by<profile>(test::mc_server, text));

    auto const shown = proof(client, rfc_resource(), text);
    auto const checked = certain(check_token_proof<B>(shown, text, rfc_resource(), clock_at(0)));
    CHECK(grant::confirm(token, checked));
    mcx::jwt::bounded_memory<2, mcx::fixed_clock> memory{clock_at(0)};
    CHECK(mcx::jwt::consume(memory, checked.replay()));
    CHECK(mcx::jwt::consume(memory, checked.replay()).error() == errc::replayed);

    P thief;
    auto const stolen = certain(check_token_proof<B>(proof(thief, rfc_resource(), text), text,
                                                     rfc_resource(), clock_at(0)));
    CHECK(grant::confirm(token, stolen).error().code == errc::confirmation_mismatch);
    CHECK(mcx::jwt::consume(memory, stolen.replay()));
    CHECK(grant::confirm(token).error().code == errc::proof_missing);
}

TEST_CASE_TEMPLATE("another octet anywhere in a proof refuses it", P,
                   party<botan, botan::random, es256>, party<sodium, sodium::random, eddsa>) {
    using B = typename P::B;
    P client;
    std::string const good = proof(client, rfc_request());
    CHECK(check_proof<B>(good, rfc_request(), clock_at(0)));
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (char const c : {'A', 'z', '0', '-', '.', '=', '\0', '\x80'}) {
            std::string text = good;
            text[at] = c;
            accepted += c != good[at] && check_proof<B>(text, rfc_request(), clock_at(0)) ? 1U : 0U;
        }
        std::string longer = good;
        accepted += check_proof<B>(longer.insert(at, 1, 'A'), rfc_request(), clock_at(0)) ? 1U : 0U;
        accepted += check_proof<B>(std::string_view{good}.substr(0, at), rfc_request(), clock_at(0))
                        ? 1U
                        : 0U;
    }
    CHECK(accepted == 0);
}

TEST_CASE("of many mutants of a proof, with pieces of another one, none passes") {
    party<sodium, sodium::random, eddsa> client;
    std::string const good = proof(client, rfc_request());
    std::string const other = proof(client, rfc_resource());
    test::numbers random{9449};
    test::clay text;
    std::size_t accepted = 0;
    std::size_t changed = 0;
    for (int i = 0; i < 20'000; ++i) {
        text.assign(good);
        test::change_some(text, random, other);
        if (text.view() != good) {
            ++changed;
            accepted += check_proof<sodium>(text.view(), rfc_request(), clock_at(0)) ? 1U : 0U;
        }
    }
    CHECK(accepted == 0);
    CHECK(changed > 19'000);
}

TEST_CASE("a key in the header that did not sign the proof refuses it") {
    party<botan, botan::random, es256> client;
    party<botan, botan::random, es256> thief;
    std::string const mine = proof(client, rfc_request());
    std::string const theirs = proof(thief, rfc_request());
    std::string const mixed_up = theirs.substr(0, theirs.find('.')) + mine.substr(mine.find('.'));
    CHECK(check_proof<botan>(mixed_up, rfc_request(), clock_at(0)).error() == errc::signature);
}

TEST_CASE("what one backend signs, the other one takes") {
    party<botan, botan::random, eddsa> first;
    party<sodium, sodium::random, eddsa> second;
    CHECK(check_proof<sodium>(proof(first, rfc_request()), rfc_request(), clock_at(0)));
    CHECK(check_proof<botan>(proof(second, rfc_request()), rfc_request(), clock_at(0)));
}
