// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
#include <mcx/jose/private_jwk.hpp>

#include "support/check.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"

#include <mcx/backend/botan.hpp>

#include <string>
#include <string_view>
#include <type_traits>

using mcx::botan;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::rs256;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::rfc_example;
namespace jwk = mcx::jwk;

static_assert(!std::is_copy_constructible_v<jwk::private_jwk<es256>>);

namespace {

using fields = jwk::private_members::fields;

/// [RFC 7515 §A.3, RFC 8037 §A.1]
constexpr std::string_view ec_key =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",)"
    R"("d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})";
constexpr std::string_view okp_key =
    R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
    R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

/// The RSA key of the RFC with all that follows from its primes. [RFC 7515 §A.2]
jwk::private_jwk<rs256> rsa_numbers() {
    auto key = rfc_example<rs256>::private_key();
    auto more = certain(mcx::rsa_arithmetic<botan>::derive(key));
    return {std::move(key), rfc_example<rs256>::public_key(), "rsa", std::move(more)};
}
std::string rsa_key() {
    auto const written = jwk::write_private(rsa_numbers());
    CHECK(written.has_value());
    return std::string(mcx::as_text(written.value().reveal()));
}

/// The key with one text in place of another.
std::string replaced(std::string_view key, std::string_view from, std::string_view to) {
    std::string made{key};
    auto const at = made.find(from);
    CHECK(at != std::string::npos);
    return at == std::string::npos ? made : made.replace(at, from.size(), to);
}
/// The key without one of its members.
std::string without(std::string_view key, std::string_view name) {
    std::string const start = ",\"" + std::string(name) + "\":\"";
    std::string made{key};
    auto const at = made.find(start);
    CHECK(at != std::string::npos);
    return at == std::string::npos ? made
                                   : made.erase(at, made.find('"', at + start.size()) + 1 - at);
}
std::string with(std::string_view key, std::string_view member) {
    return "{" + std::string(member) + "," + std::string(key.substr(1));
}

template <class A>
error refusal(std::string_view text) {
    return jwk::read_private<A>(text).error();
}
bool is(error e, errc code, std::string_view member) {
    return e.code == code && fields::name_of(e.where) == member;
}

template <class A>
error preparing(std::string_view text) {
    auto const key = jwk::read_private<A>(text);
    return key ? jwk::prepare<botan>(*key).error() : key.error();
}

}  // namespace

TEST_CASE("public members are numbered as those of a public key are") {
    for (std::uint16_t i = 1; i <= fields::number_of("pub"); ++i) {
        CHECK(fields::name_of(i) == jwk::members::fields::name_of(i));
    }
}

TEST_CASE("the private keys that the RFCs print are read, and belong to their public keys") {
    auto const ec = jwk::read_private<es256>(ec_key);
    CHECK((ec && ec->numbers.scalar == rfc_example<es256>::private_key().scalar));
    CHECK((ec && ec->stated == rfc_example<es256>::public_key()));
    CHECK(preparing<es256>(ec_key) == error{});
    auto const ed = jwk::read_private<eddsa>(okp_key);
    CHECK((ed && ed->numbers.seed == rfc_example<eddsa>::private_key().seed));
    CHECK(preparing<eddsa>(okp_key) == error{});
    auto const rsa = jwk::read_private<rs256>(rsa_key());
    CHECK((rsa && rsa->numbers.p == rfc_example<rs256>::private_key().p));
    CHECK((rsa && rsa->id.view() == "rsa"));
    CHECK(preparing<rs256>(rsa_key()) == error{});
}

TEST_CASE("a private key that is written is read again, octet for octet") {
    auto const again = [](auto algorithm, std::string_view text) {
        using A = decltype(algorithm);
        auto const key = jwk::read_private<A>(text);
        auto const written = jwk::write_private(key.value());
        auto const reread = jwk::read_private<A>(mcx::as_text(written.value().reveal()));
        auto const rewritten = jwk::write_private(reread.value());
        CHECK(*written == *rewritten);
        return std::string(mcx::as_text(written->reveal()));
    };
    CHECK(again(eddsa{}, with(okp_key, R"("kid":"one")")) ==
          R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",)"
          R"("d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","alg":"EdDSA","use":"sig",)"
          R"("kid":"one"})");
    CHECK(again(es256{}, ec_key).find(R"("d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")") !=
          std::string::npos);
    CHECK(again(rs256{}, rsa_key()) == rsa_key());
}

TEST_CASE("a public key is refused where a private one is due, and the reverse") {
    CHECK(is(refusal<es256>(without(ec_key, "d")), errc::key_private, "d"));
    CHECK(is(refusal<eddsa>(without(okp_key, "d")), errc::key_private, "d"));
    CHECK(is(refusal<rs256>(mcx::jwk::write<rs256>(rfc_example<rs256>::public_key(), {})),
             errc::key_private, "d"));
    for (std::string const& key : {std::string(ec_key), std::string(okp_key), rsa_key()}) {
        CHECK(jwk::parse(key).error().code == errc::key_private);
    }
}

TEST_CASE("a key whose parts do not belong together signs nothing") {
    CHECK(preparing<es256>(replaced(ec_key, "jpsQ", "jpsR")) == errc::key_mismatch);
    CHECK(preparing<eddsa>(replaced(okp_key, "nWGx", "nWGy")) == errc::key_mismatch);
    std::string const key = rsa_key();
    for (char const* name : {"d", "dp", "dq", "qi"}) {
        std::string const start = "\"" + std::string(name) + "\":\"";
        auto const at = key.find(start) + start.size() + 40;
        std::string other = key;
        other[at] = other[at] == 'A' ? 'B' : 'A';
        CHECK_MESSAGE(preparing<rs256>(other) == errc::key_mismatch, name);
    }
    for (char const* name : {"p", "q"}) {
        std::string const start = "\"" + std::string(name) + "\":\"";
        auto const at = key.find(start) + start.size() + 40;
        std::string other = key;
        other[at] = other[at] == 'A' ? 'B' : 'A';
        CHECK_MESSAGE(preparing<rs256>(other) == errc::key_value, name);
    }
    // The scalar zero is no key.
    CHECK(preparing<es256>(replaced(ec_key, "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
                                    std::string(43, 'A'))) == errc::key_value);
}

TEST_CASE("an RSA key states its primes and all that follows from them, and has two of them") {
    for (char const* name : {"p", "q", "dp", "dq", "qi"}) {
        CHECK(is(refusal<rs256>(without(rsa_key(), name)), errc::key_missing_member, name));
    }
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("oth":[{"r":"AA"}])")), errc::key_value, "oth"));
    CHECK(is(refusal<rs256>(without(rsa_key(), "n")), errc::key_missing_member, "n"));
    CHECK(is(refusal<es256>(without(ec_key, "y")), errc::key_missing_member, "y"));
}

TEST_CASE("a secret has its length and one spelling, and tells nothing when it has not") {
    CHECK(is(refusal<es256>(replaced(ec_key, "jpsQ", "")), errc::key_value, "d"));
    CHECK(is(refusal<es256>(replaced(ec_key, "jpsQ", "jpsQjpsQ")), errc::key_value, "d"));
    CHECK(is(refusal<es256>(replaced(ec_key, "E9LI", "E9LJ")), errc::key_value, "d"));
    CHECK(is(refusal<es256>(replaced(ec_key, "E9LI", "E9L=")), errc::key_value, "d"));
    CHECK(is(refusal<es256>(replaced(ec_key, "jpsQ", R"(jps\u0051)")), errc::key_value, "d"));
    CHECK(is(refusal<eddsa>(replaced(okp_key, "nWGx", "")), errc::key_value, "d"));
    CHECK(is(refusal<rs256>(replaced(rsa_key(), R"("p":")", R"("p":"","p2":")")), errc::key_value,
             "p"));
    CHECK(
        is(refusal<es256>(replaced(ec_key, R"("d":")", R"("d":1,"x2":")")), errc::key_shape, "d"));
    CHECK(is(refusal<es256>(with(ec_key, R"("k":"AA")")), errc::key_value, "k"));
    CHECK(is(refusal<es256>(with(ec_key, R"("priv":"AA")")), errc::key_value, "priv"));
}

TEST_CASE("a member of another kind of key is refused, public or secret") {
    CHECK(is(refusal<es256>(with(ec_key, R"("n":"AQAB","p":"AQAB")")), errc::key_value, "n"));
    for (char const* name : {"e", "pub", "p", "q", "dp", "dq", "qi", "priv"}) {
        auto const member = '"' + std::string(name) + R"(":"AQAB")";
        CHECK_MESSAGE(is(refusal<es256>(with(ec_key, member)), errc::key_value, name), name);
        CHECK_MESSAGE(is(refusal<eddsa>(with(okp_key, member)), errc::key_value, name), name);
    }
    CHECK(is(refusal<eddsa>(with(okp_key, R"("y":"AQAB")")), errc::key_value, "y"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("x":"AQAB")")), errc::key_value, "x"));
    CHECK(is(refusal<rs256>(with(rsa_key(), R"("priv":"AQAB")")), errc::key_value, "priv"));
}

TEST_CASE("a private key has a longest text") {
    std::string text{okp_key};
    text.resize(jwk::max_text, ' ');
    CHECK(refusal<eddsa>(text) == error{});
    CHECK(refusal<eddsa>(text + ' ') == error{errc::key_value});
}

TEST_CASE("what a private key says of itself has to agree") {
    CHECK(is(refusal<eddsa>(ec_key), errc::key_type, "kty"));
    CHECK(is(refusal<es256>(replaced(ec_key, "P-256", "P-384")), errc::key_curve, "crv"));
    CHECK(is(refusal<es256>(with(ec_key, R"("alg":"ES384")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<es256>(with(ec_key, R"("use":"enc")")), errc::key_use, "use"));
    auto const ops = [](std::string_view list) {
        return refusal<es256>(with(ec_key, R"("key_ops":)" + std::string(list)));
    };
    CHECK(ops(R"(["sign"])") == error{});
    CHECK(ops(R"(["verify","sign"])") == error{});
    for (char const* wrong : {"[]", R"(["verify"])", R"(["sign","sign"])", R"(["sign","encrypt"])",
                              R"(["sign","verify","verify"])"}) {
        CHECK_MESSAGE(is(ops(wrong), errc::key_operations, "key_ops"), wrong);
    }
    CHECK(refusal<es256>("[]").code == errc::key_set_shape);
    CHECK(refusal<es256>("{}").code == errc::key_missing_member);
    CHECK(refusal<es256>(with(ec_key, R"("d":"AA")")).code == errc::json_duplicate);
    CHECK(refusal<es256>(replaced(ec_key, "x_FE", "x_FF")).code == errc::point_not_on_curve);
}

TEST_CASE_TEMPLATE("a key of ML-DSA is its seed, and an AKP, which names its algorithm", A,
                   mcx::ml_dsa_44, mcx::ml_dsa_65, mcx::ml_dsa_87) {
    mcx::fixed_bytes<A::public_key::size> octets{};
    octets.fill(std::byte{5});
    std::string const text = R"({"kty":"AKP","alg":")" + std::string(A::name) + R"(","pub":")" +
                             base64url_text(mcx::byte_view{octets}) +
                             R"(","priv":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","kid":"k"})";
    auto const key = jwk::read_private<A>(text);
    CHECK(key.has_value());
    if (!key) {
        return;
    }
    auto const seed = key->numbers.seed.reveal();
    CHECK((seed.size() == 32 && seed[0] == std::byte{0} && seed[31] == std::byte{31}));
    CHECK((key->stated == *A::public_key::from(octets) && key->id.view() == "k"));
    auto const written = jwk::write_private(*key);
    auto const again = jwk::read_private<A>(mcx::as_text(written.value().reveal()));
    CHECK((again && again->numbers.seed == key->numbers.seed && again->stated == key->stated));

    CHECK(is(refusal<A>(without(text, "priv")), errc::key_private, "priv"));
    CHECK(is(refusal<A>(with(text, R"("d":"AA")")), errc::key_value, "d"));
    CHECK(is(refusal<A>(replaced(text, "AAEC", "")), errc::key_value, "priv"));
    CHECK(is(refusal<A>(replaced(text, "AAEC", "AAECAAEC")), errc::key_value, "priv"));
    CHECK(is(refusal<A>(without(text, "alg")), errc::key_missing_member, "alg"));
    CHECK(is(refusal<A>(without(text, "pub")), errc::key_missing_member, "pub"));
    CHECK(is(refusal<A>(replaced(text, "ML-DSA", "ML_DSA")), errc::key_algorithm, "alg"));
    CHECK(is(refusal<es256>(text), errc::key_type, "kty"));
    CHECK(jwk::parse(text).error().code == errc::key_private);
}

#ifdef BOTAN_HAS_ML_DSA
TEST_CASE_TEMPLATE("a key of ML-DSA signs where its seed belongs to its public key", A,
                   mcx::ml_dsa_44, mcx::ml_dsa_65, mcx::ml_dsa_87) {
    botan::random random;
    auto numbers = mcx::signing<botan, A>::generate(mcx::any_random{random});
    auto const key = certain(mcx::signing_key<A, botan>::from(numbers.value(), "k"));
    jwk::private_jwk<A> const made{*std::move(numbers), key.public_key(), "k", {}};
    auto const text = jwk::write_private(made);
    std::string const written{mcx::as_text(text.value().reveal())};
    CHECK(preparing<A>(written) == error{});
    auto const at = written.find(R"("priv":")") + 8;
    std::string other = written;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    CHECK(preparing<A>(other) == errc::key_mismatch);
}
#endif
