// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/mc_tokens.hpp"
#include "support/rfc_keys.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/jwt/replay.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Anyone who sees an ECDSA signature (r, s) can make another good one of it, (r, n - s). A memory
// of used tokens that went by the signature would take the twin for a new token; the digest of what
// was signed does not. [FIPS 186-5 §6.4]

using mcx::botan;
using mcx::byte_view;
using mcx::errc;
using mcx::es256;
using mcx::idm::security_token_profile;
using mcx::test::certain;
using mcx::test::hex_octets;
using mcx::test::rfc_example;
namespace jws = mcx::jws;
namespace jwt = mcx::jwt;

namespace {

using sha256 = mcx::hashing<botan, mcx::sha256>;

/// The order of P-256. [SP 800-186 §3.2.1.3]
constexpr auto order =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

/// (r, n - s) for (r, s).
es256::signature twin_of(es256::signature s) {
    unsigned borrow = 0;
    for (std::size_t i = 32; i-- > 0;) {
        unsigned const n = std::to_integer<unsigned>(order[i]);
        unsigned const taken = std::to_integer<unsigned>(s[32 + i]) + borrow;
        s[32 + i] = static_cast<std::byte>(n - taken);
        borrow = n < taken ? 1 : 0;
    }
    return s;
}

/// The token with its signature's twin.
std::string twin_of(std::string_view token) {
    std::size_t const place = token.rfind('.') + 1;
    es256::signature signature{};
    CHECK(mcx::base64url::decode(token.substr(place), signature).has_value());
    auto const twin = twin_of(signature);
    return std::string(token.substr(0, place)) + mcx::test::base64url_text(byte_view{twin});
}

mcx::key_set<botan> keys() {
    mcx::key_set<botan> made;
    CHECK(made.add<es256>(rfc_example<es256>::public_key(), {}));
    return made;
}

struct received {
    mcx::result<jwt::first_use> use;
    std::string subject;
};

/// What a partner makes of a security token.
received receive(std::string_view text) {
    mcx::trust<botan> issuers;
    CHECK(issuers.add(certain(mcx::issuer::from(mcx::test::home_idms)), keys()));
    mcx::workspace<botan> work;
    auto const partner = certain(mcx::recipient::from(mcx::test::partner_idms));
    auto const once = jwt::parse<security_token_profile>(text)
                          .and_then(jwt::verify(issuers, work))
                          .and_then(jwt::validate_once<sha256>({.to = partner}, mcx::test::noon));
    if (!once) {
        return {once.error(), {}};
    }
    return {once->replay(), std::string(once->claims()->sub.view())};
}

}  // namespace

TEST_CASE("the RFC's ES256 signature and its twin are both good, and name the same token") {
    std::string const text = mcx::test::rfc_token<es256>();
    std::string const twin = twin_of(text);
    CHECK(twin != text);
    CHECK(twin_of(twin) == text);
    auto const set = keys();
    auto const first = jws::parse(std::string_view{text}, 4096);
    auto const second = jws::parse(std::string_view{twin}, 4096);
    auto const one = jws::verify<mcx::algorithm_set<es256>>(*first, set);
    auto const other = jws::verify<mcx::algorithm_set<es256>>(*second, set);
    CHECK((one && other));
    CHECK((one && other && *one->identity<sha256>() == *other->identity<sha256>()));
}

TEST_CASE("a signature that is neither is bad") {
    auto signature = rfc_example<es256>::signature();
    signature[63] ^= std::byte{1};
    auto const key =
        certain(mcx::verifying_key<es256, botan>::from(rfc_example<es256>::public_key()));
    byte_view const input = mcx::as_bytes(rfc_example<es256>::signing_input);
    CHECK(key.verify(input, signature) == mcx::verdict::bad);
    CHECK(key.verify(input, twin_of(signature)) == mcx::verdict::bad);
    CHECK(key.verify(input, twin_of(rfc_example<es256>::signature())) == mcx::verdict::good);
}

TEST_CASE("a token that was used is not used again as its twin") {
    auto claims = mcx::test::sample_security_token();
    claims.jti.reset();
    auto key = certain(mcx::signing_key<es256, botan>::from(rfc_example<es256>::private_key(), {}));
    botan::random random;
    std::string const text = certain(jwt::issue<security_token_profile>(claims, key, random));
    auto const first = receive(text);
    auto const second = receive(twin_of(text));
    CHECK((first.use && first.subject == "alice"));
    CHECK((second.use && second.subject == "alice"));
    if (first.use && second.use) {
        CHECK(*first.use == *second.use);
        jwt::bounded_memory<4, mcx::fixed_clock> memory{mcx::test::noon};
        CHECK(jwt::consume(memory, *first.use).has_value());
        CHECK(jwt::consume(memory, *second.use).error() == errc::replayed);
    }
}
