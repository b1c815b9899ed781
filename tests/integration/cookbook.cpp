// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc7520.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

// What the RFCs print, from JWK to token and back: RFC 7515 appendices A and E, RFC 7520 section 4,
// RFC 7797 section 4, RFC 8037 appendix A. Where an algorithm has one signature for a message, what
// is signed here is what the RFC prints.

using mcx::algorithm_set;
using mcx::as_bytes;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::es512;
using mcx::hs256;
using mcx::key_id;
using mcx::ps384;
using mcx::rs256;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::counted_random;
namespace jwk = mcx::jwk;
namespace jws = mcx::jws;
namespace cookbook = mcx::test::rfc7520;

namespace {

using backend = mcx::first_of<mcx::sodium, mcx::botan>;
using macs = algorithm_set<hs256>;

/// The keys of one algorithm, with which its tokens are verified.
template <class A>
using keys_of = mcx::key_set<backend, algorithm_set<A>>;

template <class A>
keys_of<A> public_keys(std::string_view private_key) {
    auto const key = jwk::read_private<A>(private_key);
    keys_of<A> keys;
    CHECK(key.has_value());
    CHECK((key && keys.template add<A>(key->stated, key->id)));
    return keys;
}
keys_of<hs256> mac_keys(std::string_view secret) {
    auto const key = jwk::read_mac<hs256>(secret);
    keys_of<hs256> keys;
    CHECK(key.has_value());
    CHECK((key && keys.add<hs256>(key->octets, key->id)));
    return keys;
}

template <class A>
auto signer_of(std::string_view private_key) {
    return certain(jwk::prepare<backend>(certain(jwk::read_private<A>(private_key))));
}
mcx::mac_key<hs256, backend> mac_signer(std::string_view secret) {
    auto const key = certain(jwk::read_mac<hs256>(secret));
    return certain(mcx::mac_key<hs256, backend>::from(key.octets, key.id));
}

template <class A>
errc verdict_on(std::string_view text, keys_of<A> const& keys) {
    auto const token = jws::parse(text, 8192);
    return token ? jws::verify<algorithm_set<A>>(*token, keys).error().code : token.error().code;
}
/// Verifies the text, and the text with one character of its payload changed.
template <class A>
bool only_good_as_printed(std::string const& text, keys_of<A> const& keys) {
    std::string changed = text;
    char& c = changed[changed.find('.') + 5];
    c = c == 'A' ? 'B' : 'A';
    return verdict_on<A>(text, keys) == errc::none &&
           verdict_on<A>(changed, keys) == errc::signature;
}

std::string octets_of(std::string_view encoded) {
    std::string made(mcx::base64url::max_decoded_size(encoded.size()), '\0');
    CHECK(mcx::base64url::decode(encoded, std::as_writable_bytes(std::span{made})));
    return made;
}

std::string header_of(std::string_view alg, std::string_view kid) {
    return R"({"alg":")" + std::string(alg) + R"(","kid":")" + std::string(kid) + R"("})";
}
std::string token_of(std::string_view alg, std::string_view kid, std::string_view signature) {
    return base64url_text(header_of(alg, kid)) + '.' + std::string(cookbook::payload) + '.' +
           std::string(signature);
}

/// [RFC 7515 §A.1]
constexpr std::string_view a1_key =
    R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hc)"
    R"(gUuTwjAzZr1Z9CAow"})";
constexpr std::string_view a1_input =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0"
    "dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view a1_tag = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// [RFC 7515 §A.5], as it is, and with a signature that somebody put after it.
constexpr std::string_view a5_token =
    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvb"
    "S9pc19yb290Ijp0cnVlfQ.";
/// [RFC 7515 §E]
constexpr std::string_view e_header =
    "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9le"
    "GFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0";

/// [RFC 7797 §4.1, §4.2]
constexpr std::string_view b64_tag = "5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ";
constexpr std::string_view unencoded_header =
    "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19";
constexpr std::string_view unencoded_tag = "A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";

/// [RFC 8037 §A.1, §A.2, §A.4]
constexpr std::string_view okp_key =
    R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
    R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
constexpr std::string_view okp_token =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3"
    "AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

constexpr std::string_view mac_header =
    "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9";

/// Text put together, in constant expressions too, where a string of the library cannot be.
class joined {
    char characters_[2048]{};
    std::size_t size_ = 0;

  public:
    constexpr joined(std::initializer_list<std::string_view> parts) {
        for (std::string_view const part : parts) {
            std::copy(part.begin(), part.end(), characters_ + size_);
            size_ += part.size();
        }
    }
    constexpr std::string_view view() const { return {characters_, size_}; }
};

constexpr std::string_view front = R"({"payload":")";

/// The one signature of RFC 7520 §4.7, whose algorithm is in the header that nothing protects.
constexpr joined unprotected{R"("header":{"alg":"HS256","kid":")", cookbook::mac_id,
                             R"("},"signature":")", cookbook::hs256_unprotected, "\""};
constexpr joined unprotected_flat{front, cookbook::payload, "\",", unprotected.view(), "}"};
constexpr joined unprotected_general{front, cookbook::payload, R"(","signatures":[{)",
                                     unprotected.view(), "}]}"};

/// The token of RFC 7520 §4.8, with a MAC among its signatures.
constexpr joined mixed{front,
                       cookbook::payload,
                       R"(","signatures":[{"protected":"eyJhbGciOiJSUzI1NiJ9","header":{"kid":")",
                       cookbook::person,
                       R"("},"signature":")",
                       cookbook::rs256_bare,
                       R"("},{"header":{"alg":"ES512","kid":")",
                       cookbook::person,
                       R"("},"signature":")",
                       cookbook::es512_unprotected,
                       R"("},{"protected":")",
                       mac_header,
                       R"(","signature":")",
                       cookbook::hs256,
                       "\"}]}"};

/// A critical name that nobody understands, in a token that has some signature, and in one that has
/// none but in JSON, where its header is looked at first. [RFC 7515 §E]
constexpr joined e_signed{e_header, ".RkFJTA.AA"};
constexpr joined e_flat{front, R"(RkFJTA","protected":")", e_header, R"(","signature":""})"};

std::string member(std::string_view name, std::string_view text) {
    return '"' + std::string(name) + "\":\"" + std::string(text) + '"';
}

constexpr errc refusal(std::string_view text) {
    return jws::parse(text, 8192).error().code;
}
constexpr errc refusal_of_flattened(std::string_view text) {
    return jws::flattened::parse(text, 8192).error().code;
}
constexpr errc refusal_of_general(std::string_view text) {
    return jws::general::parse(text, 8192).error().code;
}

}  // namespace

TEST_CASE("RFC 7515 A.1: the token with a MAC is verified, and signed octet for octet") {
    std::string const text = std::string(a1_input) + '.' + std::string(a1_tag);
    CHECK(only_good_as_printed<hs256>(text, mac_keys(a1_key)));
    counted_random none{.left = 0};
    hs256::signature tag{};
    CHECK(mac_signer(a1_key).sign(as_bytes(a1_input), none, tag).has_value());
    CHECK(base64url_text(byte_view{tag}) == a1_tag);
}

TEST_CASE("RFC 7515 A.5: an unsecured token has no signature, and with one no algorithm") {
    CHECK_BOTH(refusal(a5_token) == errc::empty_part);
    CHECK(verdict_on<rs256>(std::string(a5_token) + "AA", public_keys<rs256>(cookbook::rsa_key)) ==
          errc::algorithm_refused);
    CHECK(verdict_on<hs256>(std::string(a5_token) + std::string(a1_tag), mac_keys(a1_key)) ==
          errc::algorithm_refused);
}

TEST_CASE("RFC 7515 E: a critical name that is not understood refuses the token") {
    std::string const text = std::string(e_header) + ".RkFJTA.";
    CHECK(jws::parse(std::string_view{text}, 8192).error().code == errc::empty_part);
    CHECK_BOTH(refusal(e_signed.view()) == errc::critical_header);
    CHECK_BOTH(refusal_of_flattened(e_flat.view()) == errc::critical_header);
}

TEST_CASE("RFC 7520 4.1: RS256 is verified, and signed octet for octet") {
    auto const text = token_of("RS256", cookbook::person, cookbook::rs256);
    CHECK(only_good_as_printed<rs256>(text, public_keys<rs256>(cookbook::rsa_key)));
    auto const signer = signer_of<rs256>(cookbook::rsa_key);
    mcx::botan::random random;
    auto const again = jws::sign(as_bytes(octets_of(cookbook::payload)), "", signer, random);
    CHECK(again.value() == text);
}

TEST_CASE("RFC 7520 4.2, 4.3: PS384 and ES512 are verified, and what is signed verifies") {
    auto const check = [](auto algorithm, std::string_view key, std::string_view signature) {
        using A = decltype(algorithm);
        auto const keys = public_keys<A>(key);
        CHECK(only_good_as_printed<A>(token_of(A::name, cookbook::person, signature), keys));
        auto const signer = signer_of<A>(key);
        mcx::botan::random random;
        auto const again = jws::sign(as_bytes(octets_of(cookbook::payload)), "", signer, random);
        CHECK(again.value() != token_of(A::name, cookbook::person, signature));
        CHECK(only_good_as_printed<A>(again.value(), keys));
    };
    check(ps384{}, cookbook::rsa_key, cookbook::ps384);
    check(es512{}, cookbook::ec_key, cookbook::es512);
}

TEST_CASE("RFC 7520 4.4: HS256 is verified, and signed octet for octet, in each form") {
    auto const keys = mac_keys(cookbook::mac_key);
    auto const text = token_of("HS256", cookbook::mac_id, cookbook::hs256);
    CHECK(only_good_as_printed<hs256>(text, keys));
    auto signer = mac_signer(cookbook::mac_key);
    counted_random none{.left = 0};
    std::string const payload = octets_of(cookbook::payload);
    CHECK(jws::sign(as_bytes(payload), "", signer, none).value() == text);

    std::string const halves =
        member("protected", mac_header) + ',' + member("signature", cookbook::hs256);
    std::string const flat = '{' + member("payload", cookbook::payload) + ',' + halves + '}';
    std::string const general =
        '{' + member("payload", cookbook::payload) + ",\"signatures\":[{" + halves + "}]}";
    CHECK(jws::flattened::sign(as_bytes(payload), "", signer, none).value() == flat);
    CHECK(jws::general::sign(as_bytes(payload), "", none, signer).value() == general);
    mcx::workspace<backend, macs> work;
    auto const one = jws::flattened::parse(std::string_view{flat}, 8192);
    CHECK((one && jws::flattened::verify<macs>(*one, keys, work)));
    auto const several = jws::general::parse(std::string_view{general}, 8192);
    CHECK((several && jws::general::check<macs>(*several, keys, work).all()));
}

TEST_CASE("RFC 7520 4.5: detached content is verified, and signed octet for octet, in each form") {
    auto const keys = mac_keys(cookbook::mac_key);
    auto signer = mac_signer(cookbook::mac_key);
    mcx::workspace<backend, macs> work;
    counted_random none{.left = 0};
    std::string const payload = octets_of(cookbook::payload);
    std::array<byte_view, 2> const pieces{as_bytes(payload).first(50),
                                          as_bytes(payload).subspan(50)};
    jws::payload_chain const shorter = jws::payload_chain{pieces}.first(1);
    std::string const halves =
        member("protected", mac_header) + ',' + member("signature", cookbook::hs256);

    std::string const text = std::string(mac_header) + ".." + std::string(cookbook::hs256);
    auto const compact = jws::detached::parse(std::string_view{text}, 8192);
    CHECK((compact && jws::detached::verify<macs>(*compact, pieces, keys, work)));
    CHECK((compact &&
           jws::detached::verify<macs>(*compact, shorter, keys, work).error() == errc::signature));
    CHECK(jws::detached::sign(pieces, "", signer, none).value() == text);

    std::string const flat_text = '{' + halves + '}';
    auto const flat = jws::flattened::parse_detached(std::string_view{flat_text}, pieces, 8192);
    CHECK((flat && jws::flattened::verify<macs>(*flat, keys, work)));
    auto const less = jws::flattened::parse_detached(std::string_view{flat_text}, shorter, 8192);
    CHECK((less && jws::flattened::verify<macs>(*less, keys, work).error() == errc::signature));
    CHECK(jws::flattened::sign_detached(pieces, "", signer, none).value() == flat_text);

    std::string const general_text = "{\"signatures\":[{" + halves + "}]}";
    auto const general = jws::general::parse_detached(std::string_view{general_text}, pieces, 8192);
    CHECK((general && jws::general::check<macs>(*general, keys, work).all()));
    CHECK(jws::general::sign_detached(pieces, "", none, signer).value() == general_text);
}

TEST_CASE("RFC 7520 4.6: the name of the key may be in the header that nothing protects") {
    auto const keys = mac_keys(cookbook::mac_key);
    mcx::workspace<backend, macs> work;
    std::string const halves = member("protected", "eyJhbGciOiJIUzI1NiJ9") + ",\"header\":{" +
                               member("kid", cookbook::mac_id) + "}," +
                               member("signature", cookbook::hs256_bare);
    std::string const flat = '{' + member("payload", cookbook::payload) + ',' + halves + '}';
    auto const one = jws::flattened::parse(std::string_view{flat}, 8192);
    CHECK((one && jws::flattened::verify<macs>(*one, keys, work)));
    std::string const general =
        '{' + member("payload", cookbook::payload) + ",\"signatures\":[{" + halves + "}]}";
    auto const several = jws::general::parse(std::string_view{general}, 8192);
    CHECK((several && jws::general::check<macs>(*several, keys, work).all()));
}

TEST_CASE("RFC 7520 4.7: an algorithm that nothing protects is refused") {
    CHECK_BOTH(refusal_of_flattened(unprotected_flat.view()) == errc::header_unprotected);
    auto const token = jws::general::parse(unprotected_general.view(), 8192);
    CHECK(token.has_value());
    mcx::workspace<backend, macs> work;
    auto const keys = mac_keys(cookbook::mac_key);
    auto const found = jws::general::check<macs>(token.value(), keys, work);
    CHECK(found.any().error().code == errc::header_unprotected);
}

TEST_CASE("RFC 7520 4.8: a MAC among signatures is refused, and its first signature is good") {
    CHECK_BOTH(refusal_of_general(mixed.view()) == errc::mac_among_signatures);
    std::string const alone = '{' + member("payload", cookbook::payload) + ',' +
                              member("protected", "eyJhbGciOiJSUzI1NiJ9") + ",\"header\":{" +
                              member("kid", cookbook::person) + "}," +
                              member("signature", cookbook::rs256_bare) + '}';
    auto const token = jws::flattened::parse(std::string_view{alone}, 8192);
    mcx::workspace<backend, algorithm_set<rs256>> work;
    auto const keys = public_keys<rs256>(cookbook::rsa_key);
    CHECK((token && jws::flattened::verify<algorithm_set<rs256>>(*token, keys, work)));
}

TEST_CASE("RFC 7797 4: a payload is encoded or not, and each way has its tag") {
    auto const keys = mac_keys(a1_key);
    auto signer = mac_signer(a1_key);
    mcx::workspace<backend, macs> work;
    counted_random none{.left = 0};
    std::string const encoded = "eyJhbGciOiJIUzI1NiJ9.JC4wMg." + std::string(b64_tag);
    CHECK(only_good_as_printed<hs256>(encoded, keys));
    CHECK(jws::sign(as_bytes("$.02"), "", signer, none).value() == encoded);

    std::array<byte_view, 2> const pieces{as_bytes("$."), as_bytes("02")};
    std::string const text = std::string(unencoded_header) + ".." + std::string(unencoded_tag);
    auto const apart = jws::detached::parse_unencoded(std::string_view{text}, 8192);
    CHECK((apart && jws::detached::verify<macs>(*apart, pieces, keys, work)));
    CHECK(jws::detached::sign_unencoded(pieces, "", signer, none).value() == text);
    CHECK(jws::detached::parse(std::string_view{text}, 8192).error().code == errc::header_b64);

    std::string const flat = '{' + member("payload", "$.02") + ',' +
                             member("protected", unencoded_header) + ',' +
                             member("signature", unencoded_tag) + '}';
    auto const one = jws::flattened::parse_unencoded(std::string_view{flat}, 8192);
    CHECK((one && jws::flattened::verify<macs>(*one, keys, work)));
    CHECK(jws::flattened::sign_unencoded("$.02", "", signer, none).value() == flat);
    CHECK(refusal_of_flattened(flat) == errc::header_b64);
}

TEST_CASE("RFC 8037 A: the key, its thumbprint and its token, in both directions") {
    auto const keys = public_keys<eddsa>(okp_key);
    CHECK(only_good_as_printed<eddsa>(std::string(okp_token), keys));
    auto const signer = signer_of<eddsa>(okp_key);
    counted_random none{.left = 0};
    CHECK(jws::sign(as_bytes("Example of Ed25519 signing"), "", signer, none).value() == okp_token);
    auto const print =
        jwk::thumbprint<eddsa, mcx::hashing<backend, mcx::sha256>>(signer.public_key());
    CHECK((print &&
           base64url_text(byte_view{*print}) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
    auto const written = jwk::write_private(certain(jwk::read_private<eddsa>(okp_key)));
    auto const reread = jwk::read_private<eddsa>(mcx::as_text(written.value().reveal()));
    CHECK((reread &&
           reread->numbers.seed == certain(jwk::read_private<eddsa>(okp_key)).numbers.seed));
}

TEST_CASE("RFC 7520 3: the keys of the cookbook are written as they are read") {
    auto const again = [](auto const& key) {
        return std::string(mcx::as_text(jwk::write_private(key).value().reveal()));
    };
    auto const ec = certain(jwk::read_private<es512>(cookbook::ec_key));
    auto const ec_again = jwk::read_private<es512>(again(ec));
    CHECK((ec_again && ec_again->numbers.scalar == ec.numbers.scalar &&
           ec_again->stated == ec.stated && ec_again->id == ec.id));
    auto const rsa = certain(jwk::read_private<rs256>(cookbook::rsa_key));
    auto const rsa_again = jwk::read_private<rs256>(again(rsa));
    CHECK((rsa_again && rsa_again->numbers.p == rsa.numbers.p &&
           rsa_again->more.qi == rsa.more.qi && jwk::prepare<mcx::botan>(*rsa_again)));
    auto const mac = certain(jwk::read_mac<hs256>(cookbook::mac_key));
    auto const mac_text = jwk::write_mac(mac);
    auto const mac_again = jwk::read_mac<hs256>(mcx::as_text(mac_text.value().reveal()));
    CHECK((mac_again && mac_again->id == mac.id &&
           mcx::constant_time_equal(mac_again->octets.reveal(), mac.octets.reveal())));
}
