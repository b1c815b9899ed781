// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/extras.hpp>
#include <mcx/jwt/issue.hpp>
#include <mcx/jwt/peek.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/jwt/token_hash.hpp>

#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The input as claims: those that an ID token may have, an object and a list of a deployment's own,
// and whatever else there is, kept. Read with and without fractional dates: what is good without is
// good with them, with the same claims. What is accepted is accepted again when it is issued, and a
// look at its text sees the issuer and the audience that the verified claims have.

namespace {

namespace jwt = mcx::jwt;
using mcx::contract;
using mcx::errc;
using mcx::es256;
using mcx::test::certain;
using mcx::test::credulous;

constexpr mcx::fixed_clock now{{1'700'000'000}};

struct place {
    mcx::subject name;
    std::optional<bool> open;
    using fields =
        mcx::field_list<mcx::required<"name", &place::name>, mcx::optional<"open", &place::open>>;
    friend constexpr bool operator==(place const&, place const&) = default;
};

struct login {
    mcx::instant exp;
    std::optional<mcx::instant> iat;
    std::optional<mcx::instant> nbf;
    std::optional<mcx::issuer> iss;
    std::optional<mcx::audience> aud;
    std::optional<mcx::token_hash> at_hash;
    mcx::authentication_methods amr;
    std::optional<mcx::confirmation> cnf;
    mcx::list<place, 3> places;
    mcx::extras<64> more;

    using fields =
        mcx::claim_list<mcx::required<"exp", &login::exp>, mcx::optional<"iat", &login::iat>,
                        mcx::optional<"nbf", &login::nbf>, mcx::optional<"iss", &login::iss>,
                        mcx::optional<"aud", &login::aud>,
                        mcx::optional<"at_hash", &login::at_hash>,
                        mcx::optional<"amr", &login::amr>, mcx::optional<"cnf", &login::cnf>,
                        mcx::optional<"places", &login::places>, mcx::remaining<&login::more>>;
    friend constexpr bool operator==(login const&, login const&) = default;
};

struct strict {
    using claims = login;
    using algorithms = mcx::algorithm_set<es256>;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me_if_present;
    static constexpr jwt::limits limits{};
};
struct relaxed : strict {
    using relaxations = jwt::relaxed<jwt::fractional_dates>;
};

template <class P>
mcx::result<jwt::validated<P>> accepted(std::string_view text) {
    static auto const issuers = mcx::test::trust_in<credulous>({"one"});
    static mcx::workspace<credulous> work;
    return jwt::accept<P>(text, issuers, work, {.to = "me"}, now);
}

template <class P>
void check_reissued(jwt::validated<P> const& token) {
    static auto key = certain(
        mcx::signing_key<es256, credulous>::from(mcx::test::rfc_example<es256>::private_key(), {}));
    mcx::test::counted_random random;
    auto const text = jwt::issue<P>(token.claims(), key, random);
    if (!text) {
        contract(text.error() == errc::payload_too_long);  // what was unknown made room for escapes
        return;
    }
    auto const again = accepted<P>(*text);
    contract(again.has_value() && again->claims() == token.claims());
}

void check_peek(std::string_view text, login const& claims) {
    auto const seen = jwt::peek(text);
    contract(seen.has_value());
    contract(seen->issuer().has_value() == claims.iss.has_value());
    contract(!claims.iss || seen->issuer()->for_lookup() == *claims.iss);
    contract(seen->audience().has_value() == claims.aud.has_value());
    contract(!claims.aud || seen->audience()->for_lookup() == *claims.aud);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const payload = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const text = mcx::test::compact<es256>(R"({"alg":"ES256"})", payload);
    auto const token = accepted<strict>(text);
    auto const loose = accepted<relaxed>(text);
    if (token) {
        // The limits of a relaxed profile are a little shorter.
        contract(loose ? loose->claims() == token->claims()
                       : loose.error().code == errc::lifetime_too_long);
        check_reissued(*token);
    } else {
        contract(mcx::blame_of(token.error()) == mcx::blame::peer);
        contract(token.error().offset <= text.size());
    }
    if (loose) {
        contract(loose->claims().exp > now.at);
        check_peek(text, loose->claims());
        check_reissued(*loose);
    }
    return 0;
}
