// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include "support/rows.hpp"

// cjose: verifies with a prepared key; JSON and claims are read with jansson, as its users do.

#ifndef MCX_BENCH_CJOSE

namespace {
[[maybe_unused]] bool const absent = mcx::bench::add_peer("cjose", "absent");
}

#else

#include <mcx/backend/botan.hpp>
#include <mcx/jose/jwk.hpp>

#include <cjose/cjose.h>
#include <jansson.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "support/signed.hpp"

namespace {

namespace bench = mcx::bench;

struct released {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
    void operator()(json_t* value) const { json_decref(value); }
};
using held_key = std::unique_ptr<cjose_jwk_t, released>;
using signed_token = std::unique_ptr<cjose_jws_t, released>;
using object = std::unique_ptr<json_t, released>;

bool is(json_t const* value, std::string_view expected) {
    char const* const text = json_string_value(value);
    return text != nullptr && expected == text;
}

bool claims_hold(json_t const* claims) {
    return is(json_object_get(claims, "iss"), bench::idms.view()) &&
           is(json_array_get(json_object_get(claims, "aud"), 0), bench::server.view()) &&
           bench::now.now().seconds < json_integer_value(json_object_get(claims, "exp")) &&
           bench::now.now().seconds >= json_integer_value(json_object_get(claims, "nbf"));
}

bool accepts(std::string const& text, cjose_jwk_t const* key, char const* alg) {
    cjose_err e;
    signed_token const token{cjose_jws_import(text.data(), text.size(), &e)};
    if (!token) {
        return false;
    }
    char const* const named = cjose_header_get(cjose_jws_get_protected(token.get()), "alg", &e);
    if (named == nullptr || std::string_view{named} != alg ||
        !cjose_jws_verify(token.get(), key, &e)) {
        return false;
    }
    std::uint8_t* payload = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(token.get(), &payload, &size, &e)) {
        return false;
    }
    object const claims{
        json_loadb(reinterpret_cast<char const*>(payload), size, JSON_REJECT_DUPLICATES, nullptr)};
    return claims && claims_hold(claims.get());
}

template <class A>
void verify_token(bench::row const& row) {
    cjose_err e;
    std::string const jwk = mcx::jwk::write<A>(mcx::test::rfc_example<A>::public_key(), bench::kid);
    held_key const open{cjose_jwk_import(jwk.data(), jwk.size(), &e)};
    row.check(open != nullptr, "no key");
    std::string const token = bench::token_of<A, mcx::botan>();
    row.check(accepts(token, open.get(), A::name.data()), "a good token is refused");
    row.check(!accepts(bench::altered(token), open.get(), A::name.data()),
              "a bad token is accepted");
    row.time(token.size(), [&] { return accepts(token, open.get(), A::name.data()); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_peer("cjose", cjose_version()),
    bench::add_row("verify_token/ES256/cjose", verify_token<mcx::es256>),
    bench::add_row("verify_token/RS256/cjose", verify_token<mcx::rs256>),
};

}  // namespace

#endif
