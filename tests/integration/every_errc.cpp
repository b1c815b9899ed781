// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mcx.hpp>

#include "support/certificate_text.hpp"
#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/dpop_proofs.hpp"
#include "support/kms_world.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <mcx/jose/x509_key.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Every code of the closed list has a case here that brings it about, by a function that a program
// can call: there is no code that nothing means.

using mcx::blame;
using mcx::errc;
using mcx::error;
using mcx::test::access_claims;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::compact;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::security_claims;
using mcx::test::token_of;
using namespace std::chrono_literals;
namespace idm = mcx::idm;
namespace json = mcx::json;
namespace jwk = mcx::jwk;
namespace jws = mcx::jws;
namespace jwt = mcx::jwt;
namespace kms = mcx::kms;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
namespace test = mcx::test;

namespace {

// Servers and clients, each of them asked once.

error flattened(std::string_view text) {
    return jws::flattened::parse(text, 999).error();
}
error general(std::string_view text) {
    return jws::general::parse(text, 999).error();
}

template <class B = credulous>
error primary(std::string_view body) {
    auto const keys = test::trusting<B>({test::issuer_a});
    mcx::workspace<B> work;
    return role::primary_idms<B>{test::domain_a, keys}
        .receive(body, test::sender(), work, clock_at(0))
        .error();
}
error exchange(named_values const& request) {
    return primary(request.form());
}
named_values good_exchange() {
    return test::exchange_of(token_of(access_claims()));
}
error subject_token(named_values const& claims) {
    return exchange(test::exchange_of(token_of(claims)));
}

template <class B = credulous>
mcx::result<role::admission_petition> partner(named_values const& claims) {
    auto const keys = test::trusting<B>({test::issuer_a, test::issuer_c});
    mcx::workspace<B> work;
    std::string const body = test::bearer_grant_of(token_of(claims)).form();
    return role::partner_idms<B>{test::domain_b, keys}.receive(body, test::sender_at_b(), work,
                                                               clock_at(0));
}
error assertion(named_values const& claims) {
    return partner(claims).error();
}

template <class B = credulous>
mcx::result<role::admission> resource(std::string_view authorization) {
    auto const keys = test::trusting<B>({test::issuer_a});
    mcx::workspace<B> work;
    return role::resource_server<B>{"https://gms.a.example", keys}.receive(authorization, work,
                                                                           clock_at(0));
}

/// A token with these octets for a header or a payload.
error header(std::string_view text) {
    return resource("Bearer " + compact(text, access_claims().json())).error();
}
error payload(std::string_view text) {
    return resource("Bearer " + compact(test::header_of("a-1"), text)).error();
}
error bearer(std::string_view token) {
    return resource(std::string{"Bearer "}.append(token)).error();
}

/// ID tokens for whose algorithm a hash is at hand.
struct id_token_profile : idm::id_token_profile {
    using algorithms = mcx::algorithm_set<mcx::es256>;
};
template <class B>
auto accepted_id_token(named_values const& claims, jwt::expectation const& expected) {
    auto const keys = test::trusting<B>({test::issuer_a});
    mcx::workspace<B> work;
    std::string const text = token_of(claims);
    return jwt::accept<id_token_profile>(text, keys, work, expected, clock_at(0));
}
template <class B>
error id_token(named_values const& claims,
               jwt::expectation const& expected = {.to = "radio-at-a"}) {
    return accepted_id_token<B>(claims, expected).error();
}

template <class B = credulous>
mcx::signing_key<mcx::eddsa, B> signing_key() {
    return *mcx::signing_key<mcx::eddsa, B>::from(test::rfc_example<mcx::eddsa>::private_key(),
                                                  "b-1");
}

/// How a proof of possession is refused.
error proof(named_values const& claims,
            mcx::grant::proof_expectation const& want = test::proof_expected()) {
    return mcx::grant::check_proof<credulous>(test::proof_of(claims), want, clock_at(0)).error();
}

/// A memory that remembers one token.
using memory = jwt::bounded_memory<1, mcx::fixed_clock>;

/// How an admission of these scopes, with the proof of this assertion, is refused.
error admission(std::string_view scope, named_values const& spent) {
    memory used{clock_at(0)};
    auto const proof = jwt::consume(used, partner(spent)->replay());
    auto const key = signing_key();
    counted_random random;
    role::grant granted;
    granted.scope = *oauth::scope::from(scope);
    return partner(security_claims())
        ->admit(granted, role::issuance{key, random, mcx::lifetime(1min)}, *proof, clock_at(0))
        .error();
}

/// How the client of a state that waits for a security token takes an answer.
error reply(int status, std::string_view media_type, std::string_view body) {
    oauth::token_response login;
    login.access_token = *oauth::token::from("access.of.a");
    login.expires_in = mcx::lifetime(1h);
    auto const home = role::client::home::from(test::domain_a.token_endpoint, login, clock_at(0));
    role::client::partner const to{test::domain_b.address, test::domain_b.token_endpoint, "radio"};
    return home->enter_for_group(to, clock_at(0))
        ->receive({status, media_type, body}, clock_at(0))
        .error();
}
error answer(std::string_view members) {
    std::string const body =
        std::string{R"({"access_token":"t","token_type":"N_A","issued_token_type":)"}
            .append(R"("urn:ietf:params:oauth:token-type:jwt")")
            .append(members)
            .append("}");
    return reply(200, "application/json", body);
}

// Keys.

std::string const good_x = test::base64url_text(test::rfc_example<mcx::es256>::x);
std::string const good_y = test::base64url_text(test::rfc_example<mcx::es256>::y);

/// The JWK of the RFC's P-256 key.
named_values good_jwk() {
    return {{"kty", mcx::test::quoted("EC")},
            {"crv", mcx::test::quoted("P-256")},
            {"x", mcx::test::quoted(good_x)},
            {"y", mcx::test::quoted(good_y)}};
}
error public_key(named_values const& members) {
    std::string const text = members.json();
    auto const parsed = jwk::parse(text);
    return parsed ? jwk::read<mcx::es256>(*parsed).error() : parsed.error();
}
error jwks(std::string_view text) {
    return mcx::key_set<credulous>::from_jwks(text).error();
}

/// An RSA modulus of 2048 bits, changed in one place.
error modulus(std::size_t at, unsigned octet) {
    auto octets = test::rfc_example<mcx::rs256>::modulus;
    octets[at] = static_cast<std::byte>(octet);
    return mcx::rsa_public_key::from(octets, 65537).error();
}
mcx::fixed_bytes<256> all_ones() {
    mcx::fixed_bytes<256> octets;
    octets.fill(std::byte{0xFF});
    return octets;
}

/// DER and PEM.
std::string const p256_info{mcx::as_text(test::der_example<mcx::es256>::spki)};

error info(std::string_view der) {
    return mcx::spki::read<mcx::es256>(mcx::as_bytes(der)).error();
}
error pem(std::string_view text) {
    return mcx::spki::read_pem<mcx::es256>(text).error();
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}
error x509(std::string_view from, std::string_view to) {
    std::string const der{mcx::as_text(test::certificate_es256)};
    return mcx::x509::read<mcx::es256>(mcx::as_bytes(replaced(der, from, to))).error();
}

// Security domains.

error certificate(std::optional<std::string_view> kms::certificate_fields::* field,
                  std::optional<std::string_view> value) {
    auto fields = test::good_certificate();
    fields.*field = value;
    return kms::certificate::from(fields).error();
}
error usable(std::string_view from, std::string_view to, std::string_view revoked) {
    auto fields = test::good_certificate();
    fields.valid_from = from;
    fields.valid_to = to;
    fields.revoked = revoked;
    return kms::certificate::from(fields)
        .and_then([](auto const& made) { return made.usable_at(test::now); })
        .error();
}
using domains = kms::domain_set<1, 1>;
kms::certificate known_certificate() {
    return *kms::certificate::from(test::good_certificate());
}

using fields = kms::certificate_fields;

// The KMS and its user.

constexpr role::kms_server kms_server{test::kms_home, "https://kms.example.org"};
constexpr kms::key_name trk{"trk.12.user@example.org"};

kms::request kms_asking() {
    role::kms_client::account a;
    a.user = test::kms_user;
    a.kms = test::kms_home;
    a.server = "https://kms.example.org";
    return role::kms_client::starting::from(a)->message(test::kms_clock);
}
template <class Change>
error kms_request(Change change) {
    auto r = kms_asking();
    auto const url = r.url;
    change(r);
    return kms_server.receive(kms::received{r}, url.view(), test::kms_user, test::kms_clock)
        .error();
}
template <class Change>
error kms_reply(Change change) {
    role::kms_client::account a;
    a.user = test::kms_user;
    a.kms = test::kms_home;
    a.server = "https://kms.example.org";
    auto const start = role::kms_client::starting::from(a);
    auto r = test::response_to(start->message(test::kms_clock).url);
    change(r);
    return start->receive(kms::received{std::move(r)}, test::kms_clock).error();
}
error usable_keys(std::optional<std::string_view> until, std::optional<std::string_view> revoked) {
    test::key_set_text text;
    text.fields.valid_to = until;
    text.fields.revoked = revoked;
    return text.made()->usable_at(test::kms_clock.at).error();
}

struct row {
    errc code;
    error (*brings_about)();
};

constexpr row rows[]{
    // caller
    {errc::buffer_too_small,
     [] {
         char out[1];
         return mcx::form::decode("ab", out).error();
     }},
    {errc::value_too_long, [] { return mcx::key_id::from(std::string(129, 'k')).error(); }},
    {errc::value_empty, [] { return mcx::subject::from("").error(); }},
    {errc::value_character, [] { return oauth::client_id::from("\n").error(); }},
    {errc::out_of_range, [] { return mcx::leeway::from(31s).error(); }},
    {errc::token_expired_here,
     [] {
         oauth::token_response login;
         login.expires_in = mcx::lifetime(1h);
         auto const home =
             role::client::home::from(test::domain_a.token_endpoint, login, clock_at(0));
         role::client::partner const to{test::domain_b.address, test::domain_b.token_endpoint,
                                        "radio"};
         return home->enter_by_migration(to, clock_at(3600)).error();
     }},
    {errc::replay_proof_mismatch,
     [] { return admission("openid", security_claims().with("jti", quoted("two"))); }},
    {errc::client_proof_mismatch,
     [] { return test::sender().checked_at(test::domain_b.iss).error(); }},
    {errc::scope_not_requested, [] { return admission("other", security_claims()); }},
    {errc::identity_not_granted,
     [] { return admission("3gpp:mc:ptt_service", security_claims()); }},
    {errc::no_token_here,
     [] {
         role::client::wallet<1> const empty;
         return empty.bearer(test::domain_b.address, clock_at(0)).error();
     }},
    {errc::token_not_issued,
     [] {
         auto const key = signing_key();
         counted_random random;
         role::issuance const with{key, random, mcx::lifetime(1min)};
         return role::issue_token<idm::access_token_profile>({}, with).error();
     }},
    {errc::no_such_answer, [] { return oauth::answer_to(errc::peer_refused).error(); }},

    // form
    {errc::token_too_long,
     [] {
         return jwt::parse<idm::access_token_profile>(std::string_view{std::string(8193, 'a')})
             .error();
     }},
    {errc::not_three_parts, [] { return bearer("opaque"); }},
    {errc::encrypted_token, [] { return bearer("a.b.c.d.e"); }},
    {errc::json_serialization, [] { return exchange(test::exchange_of("{\"payload\":\"\"}")); }},
    {errc::compact_serialization, [] { return flattened("a.b.c"); }},
    {errc::other_json_serialization, [] { return flattened(R"({"signatures":[]})"); }},
    {errc::jws_member_missing, [] { return flattened("{}"); }},
    {errc::jws_member_shape, [] { return flattened("[]"); }},
    {errc::too_many_signatures, [] { return general(R"({"payload":"","signatures":[]})"); }},
    {errc::payload_not_detached, [] { return jws::detached::parse("e30.e30.AA", 99).error(); }},
    {errc::empty_part, [] { return bearer("e30.e30."); }},
    {errc::base64_character, [] { return bearer("e30~.a.b"); }},
    {errc::base64_padding, [] { return exchange(test::exchange_of("e30=.a.b")); }},
    {errc::base64_length, [] { return bearer("e.a.b"); }},
    {errc::base64_spare_bits, [] { return bearer("e31.a.b"); }},
    {errc::hex_character,
     [] {
         mcx::fixed_bytes<1> out;
         return mcx::hex::decode("0g", out).error();
     }},
    {errc::hex_length,
     [] {
         mcx::fixed_bytes<1> out;
         return mcx::hex::decode("0", out).error();
     }},
    {errc::utf8_invalid, [] { return payload("\xFF"); }},
    {errc::uri_syntax, [] { return mcx::uri::from("https://a b").error(); }},
    {errc::uri_not_absolute, [] { return mcx::uri::from("//a.example").error(); }},
    {errc::uri_fragment, [] { return mcx::uri::from("https://a.example#x").error(); }},
    {errc::uri_scheme, [] { return mcx::https_uri::from("http://a.example").error(); }},
    {errc::json_syntax, [] { return header("{x}"); }},
    {errc::json_truncated, [] { return header("{"); }},
    {errc::json_trailing, [] { return payload(access_claims().json() + "x"); }},
    {errc::json_depth, [] { return payload(R"({"x":[[[[[[[[)"); }},
    {errc::json_members,
     [] {
         std::string many = "{\"x0\":0";
         for (int i = 1; i < 65; ++i) {
             many += ",\"x" + std::to_string(i) + "\":0";
         }
         return payload(many + "}");
     }},
    {errc::json_duplicate, [] { return payload(R"({"x":1,"\u0078":2})"); }},
    {errc::json_control, [] { return payload("{\"x\":\"\n\"}"); }},
    {errc::json_escape, [] { return payload(R"({"x":"\q"})"); }},
    {errc::json_surrogate, [] { return payload(R"({"x":"\uD800"})"); }},
    {errc::json_number, [] { return payload(R"({"x":01})"); }},
    {errc::json_number_range, [] { return json::to_integer("9223372036854775808").error(); }},
    {errc::json_type,
     [] {
         json::reader r{"1"};
         mcx::subject out;
         return json::value<mcx::subject>::read(r, *r.next(), out).error();
     }},
    {errc::json_value,
     [] {
         json::reader r{"\"\""};
         mcx::subject out;
         return json::value<mcx::subject>::read(r, *r.next(), out).error();
     }},
    {errc::form_percent, [] { return primary("grant_type=%4"); }},
    {errc::form_character, [] { return primary("grant_type=%FF"); }},
    {errc::form_parameters,
     [] {
         std::string many;
         for (int i = 0; i < 33; ++i) {
             many += "x&";
         }
         return primary(many);
     }},
    {errc::der_truncated, [] { return info("0"); }},
    {errc::der_tag, [] { return info("1"); }},
    {errc::der_length, [] { return info("0\x80"); }},
    {errc::der_value,
     [] {
         return info(
             "0\x04"
             "0\x02"
             "\x06" +
             std::string(1, '\0'));
     }},
    {errc::der_trailing, [] { return info(p256_info + "0"); }},
    {errc::pem_too_long, [] { return pem(std::string(20'000, 'a')); }},
    {errc::pem_boundary, [] { return pem("-----BEGIN PRIVATE KEY-----"); }},
    {errc::pem_line, [] { return pem("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"); }},

    // header
    {errc::header_too_long, [] { return header(std::string(1025, ' ')); }},
    {errc::header_not_object, [] { return header("[]"); }},
    {errc::header_missing, [] { return header("{}"); }},
    {errc::header_shape, [] { return header(R"({"alg":1})"); }},
    {errc::header_value, [] { return header(R"({"alg":"ES256","kid":"\n"})"); }},
    {errc::algorithm_refused, [] { return header(R"({"alg":"none"})"); }},
    {errc::critical_malformed, [] { return header(R"({"alg":"ES256","crit":[]})"); }},
    {errc::critical_header, [] { return header(R"({"alg":"ES256","crit":["x"],"x":1})"); }},
    {errc::header_b64, [] { return header(R"({"alg":"ES256","b64":true})"); }},
    {errc::header_unprotected,
     [] { return flattened(R"({"payload":"","header":{"alg":""},"signature":""})"); }},
    {errc::header_repeated,
     [] {
         return flattened(R"({"payload":"","protected":"eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ",)"
                          R"("header":{"kid":"b"},"signature":""})");
     }},
    {errc::mac_among_signatures,
     [] {
         return general(R"({"payload":"","signatures":[)"
                        R"({"protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AA"},)"
                        R"({"protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"}]})");
     }},
    {errc::signature_missing,
     [] {
         std::string_view const text = R"({"payload":"","signatures":[{"signature":"AA"}]})";
         auto const token = jws::general::parse(text, 99);
         mcx::workspace<credulous> work;
         auto const keys = test::rfc_keys<credulous>();
         mcx::key_id const name("a");
         return jws::general::check<mcx::signature_algorithms>(*token, keys, work, {})
             .named({&name, 1})
             .error();
     }},
    {errc::token_type_refused, [] { return header(R"({"alg":"ES256","typ":"dpop+jwt"})"); }},

    // key
    {errc::key_set_shape, [] { return jwks("{}"); }},
    {errc::key_set_too_large,
     [] {
         std::string many = "{\"keys\":[{\"kty\":\"x\"}";
         for (int i = 0; i < 64; ++i) {
             many += ",{\"kty\":\"x\"}";
         }
         return jwks(many + "]}");
     }},
    {errc::key_missing_member, [] { return public_key(good_jwk().without("y")); }},
    {errc::key_shape, [] { return public_key(good_jwk().with("kid", "1")); }},
    {errc::key_value, [] { return public_key(good_jwk().with("x", quoted("="))); }},
    {errc::key_private, [] { return public_key(good_jwk().with("d", mcx::test::quoted(good_x))); }},
    {errc::key_certificate,
     [] {
         auto const said = jwk::read_certificates(
             R"({"x5c":["MAMC"],"x5t#S256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
         return jwk::check_certificates<mcx::test::sha256>(said.value()).error();
     }},
    {errc::key_type, [] { return public_key(good_jwk().with("kty", quoted("RSA"))); }},
    {errc::key_curve, [] { return public_key(good_jwk().with("crv", quoted("P-384"))); }},
    {errc::key_parameters, [] { return info(replaced(p256_info, "\x06\x08", "\x04\x08")); }},
    {errc::key_algorithm, [] { return public_key(good_jwk().with("alg", quoted("ES384"))); }},
    {errc::key_use, [] { return public_key(good_jwk().with("use", quoted("enc"))); }},
    {errc::key_operations, [] { return public_key(good_jwk().with("key_ops", "[\"sign\"]")); }},
    {errc::rsa_modulus_size,
     [] {
         return mcx::rsa_public_key::from(mcx::byte_view{all_ones()}.first(255), 65537).error();
     }},
    {errc::rsa_modulus_encoding, [] { return modulus(0, 0); }},
    {errc::rsa_modulus_even, [] { return modulus(255, 2); }},
    {errc::rsa_modulus_weak, [] { return mcx::rsa_public_key::from(all_ones(), 65537).error(); }},
    {errc::rsa_exponent,
     [] { return mcx::rsa_public_key::from(test::rfc_example<mcx::rs256>::modulus, 3).error(); }},
    {errc::point_encoding, [] { return mcx::ed25519_public_key::from({}).error(); }},
    {errc::point_not_on_curve,
     [] { return public_key(good_jwk().with("y", mcx::test::quoted(good_x))); }},
    {errc::point_small_order,
     [] { return mcx::ed25519_public_key::from(mcx::fixed_bytes<32>{}).error(); }},
    {errc::no_such_key, [] { return bearer(token_of(access_claims(), "b-1")); }},
    {errc::ambiguous_key,
     [] {
         auto keys = test::rfc_keys<credulous>("twice");
         (void)keys.add<mcx::es256>(test::rfc_example<mcx::es256>::public_key(), "twice");
         return keys.find<mcx::es256>(mcx::key_id("twice")).error();
     }},
    {errc::unknown_issuer,
     [] { return assertion(security_claims().with("iss", quoted("https://x.example"))); }},
    {errc::duplicate_issuer,
     [] {
         auto known = test::trusting<credulous>({test::issuer_a});
         return known.add(test::domain_a.iss, {}).error();
     }},
    {errc::mac_secret_size, [] { return mcx::mac_secret<mcx::hs256>::from({}).error(); }},
    {errc::key_mismatch,
     [] {
         // The mock signs with the key of the RFC, whatever it was given. [RFC 7517 §A.1]
         auto const key = jwk::read_private<mcx::es256>(
             R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
             R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",)"
             R"("d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})");
         return jwk::prepare<credulous>(key.value()).error();
     }},
    {errc::x509_too_long, [] { return x509("0", std::string(9'000, '0')); }},
    {errc::x509_shape, [] { return x509("\xA0\x03\x02\x01\x02", "\xA0\x03\x02\x01\x01"); }},
    {errc::x509_time, [] { return x509("361122", "251122"); }},

    // signature
    {errc::signature,
     [] { return resource<incredulous>("Bearer " + token_of(access_claims())).error(); }},

    // claims
    {errc::payload_too_long, [] { return payload(std::string(4097, ' ')); }},
    {errc::claims_not_object, [] { return payload("[]"); }},
    {errc::claim_missing, [] { return subject_token(access_claims().without("exp")); }},
    {errc::claim_prohibited,
     [] { return assertion(security_claims().with("scope", quoted("x"))); }},
    {errc::claim_shape, [] { return subject_token(access_claims().with("sub", "1")); }},
    {errc::claim_value, [] { return subject_token(access_claims().with("exp", "-1")); }},

    // policy
    {errc::expired, [] { return subject_token(access_claims().with("exp", date(0))); }},
    {errc::not_yet_valid, [] { return subject_token(access_claims().with("nbf", date(1))); }},
    {errc::issued_in_future, [] { return assertion(security_claims().with("iat", date(1))); }},
    {errc::issuer_mismatch,
     [] { return subject_token(access_claims().with("iss", quoted("https://x.example"))); }},
    {errc::audience_mismatch,
     [] { return assertion(security_claims().with("aud", quoted("radio-at-a"))); }},
    {errc::audience_not_sole,
     [] { return id_token<credulous>(test::id_claims().with("aud", R"(["radio-at-a","x"])")); }},
    {errc::audience_lacks_client,
     [] {
         return assertion(security_claims().with("aud", quoted(test::domain_b.address.view())));
     }},
    {errc::client_mismatch, [] { return exchange(good_exchange().with("client_id", "radio")); }},
    {errc::insufficient_scope,
     [] {
         return resource("Bearer " + token_of(access_claims()))
             ->permit(idm::operations::data)
             .error();
     }},
    {errc::identity_mismatch,
     [] {
         return resource("Bearer " + token_of(access_claims().without("mcptt_id")))
             ->permit(idm::operations::ptt)
             .error();
     }},
    {errc::subject_refused, [] { return subject_token(access_claims().without("sub")); }},
    {errc::lifetime_too_long,
     [] { return subject_token(access_claims().with("exp", date(367LL * 86400))); }},
    {errc::too_old,
     [] {
         return id_token<credulous>(test::id_claims(), {.to = "radio-at-a", .login_within = 1h});
     }},
    {errc::authorized_party_mismatch,
     [] {
         return id_token<credulous>(test::id_claims(),
                                    {.to = "radio-at-a", .azp = mcx::authorized_party("x")});
     }},
    {errc::nonce_mismatch,
     [] {
         return id_token<credulous>(test::id_claims(),
                                    {.to = "radio-at-a", .nonce = mcx::nonce("x")});
     }},
    {errc::token_hash_mismatch,
     [] {
         auto const token = accepted_id_token<credulous>(test::id_claims(), {.to = "radio-at-a"});
         return jwt::check_access_token<credulous>(*token, "x").error();
     }},
    {errc::actor_refused,
     [] { return subject_token(access_claims().with("may_act", R"({"sub":"x"})")); }},
    {errc::authentication_context_mismatch,
     [] {
         auto const keys = test::trusting<credulous>({test::issuer_a});
         mcx::workspace<credulous> work;
         idm::login asked{.client = "radio-at-a"};
         (void)asked.acr.push_back(idm::password_context);
         return idm::accept_id_token(token_of(test::id_claims()), keys, work, asked, {},
                                     clock_at(0))
             .error();
     }},
    {errc::proof_missing, [] { return oauth::sole_proof({}).error(); }},
    {errc::proof_method_mismatch,
     [] { return proof(test::proof_claims().with("htm", quoted("PUT"))); }},
    {errc::proof_target_mismatch,
     [] { return proof(test::proof_claims().with("htu", quoted("https://x.example"))); }},
    {errc::proof_nonce_due,
     [] {
         oauth::dpop_nonce const given("x");
         auto want = test::proof_expected();
         want.nonces = {&given, 1};
         return proof(test::proof_claims(), want);
     }},
    {errc::confirmation_mismatch,
     [] {
         auto const keys = test::trusting<credulous>({test::issuer_a});
         mcx::workspace<credulous> work;
         auto const token = jwt::accept<idm::bound_access_token_profile>(
             token_of(access_claims().with(
                 "cnf", R"({"x5t#S256":")" + std::string(test::rfc9449_jkt) + R"("})")),
             keys, work, {.to = "https://gms.a.example"}, clock_at(0));
         return mcx::grant::confirm(*token, mcx::grant::client_certificate::of_print({})).error();
     }},

    {errc::login_mismatch,
     [] {
         auto const keys = test::trusting<credulous>({test::issuer_a});
         mcx::workspace<credulous> work;
         auto const token =
             idm::accept_id_token(token_of(test::id_claims().with("auth_time", date(-9))), keys,
                                  work, {.client = "radio-at-a"}, {}, clock_at(0));
         auto first = idm::first_login_of(*token);
         first.auth_time = clock_at(-10).at;
         return idm::check_same_login(*token, first).error();
     }},
    {errc::code_verifier_mismatch,
     [] { return oauth::check_verifier<mcx::hashing<credulous, mcx::sha256>>({}, {}).error(); }},
    {errc::token_inactive,
     [] {
         return mcx::grant::check_introspection({}, {.from = "a", .to = "b"}, clock_at(0)).error();
     }},

    {errc::certificate_period,
     [] {
         mcx::key_set<credulous> keys;
         (void)keys.add<mcx::es256>(test::rfc_example<mcx::es256>::public_key(), "a-1",
                                    {.until = test::now.plus(-1s)});
         mcx::trust<credulous> ended;
         (void)ended.add(test::domain_a.iss, std::move(keys));
         mcx::workspace<credulous> work;
         return jwt::accept<idm::access_token_profile>(token_of(access_claims()), ended, work,
                                                       {.to = "https://gms.a.example"}, clock_at(0))
             .error();
     }},

    // replay
    {errc::replayed,
     [] {
         memory used{clock_at(0)};
         (void)jwt::consume(used, partner(security_claims())->replay());
         return jwt::consume(used, partner(security_claims())->replay()).error();
     }},

    // message
    {errc::message_too_long, [] { return primary(std::string(65537, 'x')); }},
    {errc::parameter_missing, [] { return exchange(good_exchange().without("resource")); }},
    {errc::parameter_repeated,
     [] { return exchange(good_exchange().and_also("subject_token", "x")); }},
    {errc::parameter_value, [] { return exchange(good_exchange().with("resource", "x")); }},
    {errc::parameter_without_pair,
     [] { return exchange(good_exchange().with("actor_token", "x")); }},
    {errc::unsupported_grant_type,
     [] { return exchange(good_exchange().with("grant_type", "password")); }},
    {errc::subject_token_type_refused,
     [] {
         return exchange(
             good_exchange().with("subject_token_type", oauth::token_types::access_token.view()));
     }},
    {errc::member_missing, [] { return answer(""); }},
    {errc::member_shape, [] { return answer(R"(,"expires_in":"1")"); }},
    {errc::member_value, [] { return answer(R"(,"expires_in":-1)"); }},
    {errc::response_token_type,
     [] { return reply(200, "application/json", R"({"access_token":"t","token_type":"DPoP"})"); }},
    {errc::issued_token_type_mismatch,
     [] { return reply(200, "application/json", R"({"access_token":"t","token_type":"N_A"})"); }},
    {errc::response_status, [] { return reply(500, "application/json", "{}"); }},
    {errc::response_media_type, [] { return reply(200, "text/html", "{}"); }},
    {errc::peer_refused, [] { return reply(400, "application/json", R"({"error":"x"})"); }},
    {errc::bearer_missing, [] { return resource("Basic x").error(); }},
    {errc::bearer_malformed, [] { return resource("Bearer ,").error(); }},
    {errc::unsupported_response_type,
     [] {
         return oauth::parse_form<oauth::authentication_request>("response_type=token").error();
     }},
    {errc::client_authentication_refused,
     [] { return oauth::read_client("", "client_secret=x").error(); }},
    {errc::client_authentication_repeated,
     [] { return oauth::read_client("Basic YTpi", "client_id=b").error(); }},
    {errc::proof_repeated,
     [] {
         std::string_view const two[]{"a.b.c", "a.b.c"};
         return oauth::sole_proof(two).error();
     }},
    {errc::state_mismatch,
     [] { return oauth::receive_code("code=c&state=b", oauth::state("a"), "").error(); }},

    // kms
    {errc::field_missing, [] { return certificate(&fields::kms_uri, {}); }},
    {errc::field_value, [] { return certificate(&fields::role, "root"); }},
    {errc::key_period_zero, [] { return certificate(&fields::user_key_period, "0"); }},
    {errc::key_period_offset, [] { return certificate(&fields::user_key_offset, "2592000"); }},
    {errc::validity_reversed,
     [] { return usable("2030-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "false"); }},
    {errc::certificate_revoked,
     [] { return usable("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "true"); }},
    {errc::certificate_not_yet_valid,
     [] { return usable("2029-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "false"); }},
    {errc::certificate_expired,
     [] { return usable("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", "false"); }},
    {errc::certificate_role,
     [] {
         return kms::external_domain{known_certificate().kms_uri()}
             .accept(known_certificate())
             .error();
     }},
    {errc::unsupported_parameter_set, [] { return certificate(&fields::parameter_set, "2"); }},
    {errc::unsupported_user_id_format, [] { return certificate(&fields::user_id_format, "1"); }},
    {errc::time_before_period, [] { return kms::ntp_time::from({-3'000'000'000}).error(); }},
    {errc::home_domain_repeated,
     [] {
         return domains{kms::home_domain("a.example")}
             .add(kms::external_domain("a.example"))
             .error();
     }},
    {errc::domain_mismatch,
     [] { return kms::home_domain("a.example").accept(known_certificate()).error(); }},
    {errc::user_mismatch, [] { return kms_request([](auto& r) { r.user = "x"; }); }},
    {errc::request_url_mismatch, [] { return kms_request([](auto& r) { r.url = "x"; }); }},
    {errc::request_path, [] { return kms::read_request_url("", "/", test::kms_clock).error(); }},
    {errc::message_time, [] { return kms_request([](auto& r) { r.time.seconds += 6; }); }},
    {errc::message_unsigned,
     [] {
         auto const strict = kms_server.with({5s}, true);
         return strict
             .receive(kms::received{kms_asking()}, kms_asking().url.view(), {}, test::kms_clock)
             .error();
     }},
    {errc::kms_message_mismatch,
     [] { return kms_reply([](auto& r) { r.message = test::keys_of(); }); }},
    {errc::kms_refused,
     [] { return kms_reply([](auto& r) { r.error = kms::error_report{1, "no"}; }); }},
    {errc::user_id_mismatch,
     [] {
         test::key_set_text text;
         text.fields.key_period_no = "1";
         return text.made()->belongs_to<test::sha256>(known_certificate()).error();
     }},
    {errc::key_period_mismatch,
     [] {
         return kms::check<test::sha256>(test::keys_of(1), known_certificate(), test::kms_user,
                                         test::kms_clock.at)
             .error();
     }},
    {errc::key_set_revoked, [] { return usable_keys({}, "1"); }},
    {errc::key_set_outside_validity, [] { return usable_keys("2014-01-01T00:00:00", {}); }},
    {errc::key_wrap_undefined,
     [] { return kms::unwrap<32>(test::wrapped_of(73), trk, test::toy_wrapper{}).error(); }},
    {errc::key_wrap_integrity,
     [] { return kms::unwrap<32>(test::wrapped_of(40, 1), trk, test::toy_wrapper{}).error(); }},

    // backend
    {errc::backend, [] { return resource<broken>("Bearer " + token_of(access_claims())).error(); }},
    {errc::random_unavailable,
     [] {
         auto const key = signing_key();
         counted_random none{.next = 0, .left = 0};
         return role::issuance{key, none, mcx::lifetime(1min)}.fresh_id().error();
     }},
    {errc::replay_memory_unavailable,
     [] {
         memory used{clock_at(0)};
         (void)jwt::consume(used, partner(security_claims())->replay());
         auto const other = security_claims().with("jti", quoted("two"));
         return jwt::consume(used, partner(other)->replay()).error();
     }},
};

// What only a deployment's policy can find out: the library takes these as reasons of a refusal.
constexpr errc reasons_of_policies[]{errc::unknown_partner,
                                     errc::unknown_client,
                                     errc::scope_refused,
                                     errc::relation_refused,
                                     errc::access_denied,
                                     errc::client_unauthorized,
                                     errc::grant_refused,
                                     errc::redirect_mismatch,
                                     errc::login_required,
                                     errc::unsupported_token_type,
                                     errc::interaction_required,
                                     errc::consent_required,
                                     errc::account_selection_required};

}  // namespace

TEST_CASE("every code is brought about by something that a program can do") {
    for (row const& r : rows) {
        CAPTURE(name_of(r.code));
        CHECK(name_of(r.brings_about().code) == name_of(r.code));
    }
}

TEST_CASE("every reason that a policy may have becomes an answer to the peer") {
    for (errc const reason : reasons_of_policies) {
        CAPTURE(name_of(reason));
        CHECK(blame_of(reason) == blame::peer);
        auto const answer = partner(security_claims())->refuse(reason);
        CHECK(answer);
        CHECK(answer->description.view() == message_of(reason));
    }
}

TEST_CASE("no code is without a case, and none has two") {
    std::size_t of_xml = 0;  // which have their cases in integration/every_xml_errc.cpp
    for (errc const code : mcx::all_errors) {
        if (mcx::stage_of(code) == mcx::stage::xml) {
            ++of_xml;
            continue;
        }
        CAPTURE(name_of(code));
        auto const cases =
            std::count_if(std::begin(rows), std::end(rows),
                          [code](row const& r) { return r.code == code; }) +
            std::count(std::begin(reasons_of_policies), std::end(reasons_of_policies), code);
        CHECK(cases == 1);
    }
    CHECK(std::size(rows) + std::size(reasons_of_policies) + of_xml == mcx::all_errors.size());
}
