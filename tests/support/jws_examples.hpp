// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_JWS_EXAMPLES_HPP
#define MCX_TESTS_SUPPORT_JWS_EXAMPLES_HPP

#include "by_name.hpp"
#include "tokens.hpp"
#include "vectors.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/jose/detached.hpp>
#include <mcx/jose/detached_json.hpp>
#include <mcx/jose/flattened.hpp>
#include <mcx/jose/general.hpp>
#include <mcx/jose/private_jwk.hpp>
#include <mcx/jose/verify.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Examples of JWS as RFCs and the cookbook print them: the key is its owner's, and the token stands
// in whichever serialization. From these to a verdict, and to a signature of one's own.

namespace mcx::test {

using jws::payload_chain;

/// A key set of the public half of somebody's key, or of a MAC secret. Fails: as its reader.
template <class B, class A>
result<key_set<B, algorithm_set<A>>> keys_of_owner(std::string_view jwk) {
    key_set<B, algorithm_set<A>> made;
    auto const add = [&made](auto const& read, auto const& numbers) -> result<void> {
        return read ? made.template add<A>(numbers(*read), read->id) : read.error();
    };
    result<void> added;
    if constexpr (MacAlgorithm<A>) {
        added = add(jwk::read_mac<A>(jwk), [](auto const& k) -> auto const& { return k.octets; });
    } else {
        added =
            add(jwk::read_private<A>(jwk), [](auto const& k) -> auto const& { return k.stated; });
    }
    return added ? std::move(made) : result<key_set<B, algorithm_set<A>>>{added.error()};
}

/// The encoded signature of a text by the owner's key; empty where there is none.
template <class B, class A>
std::string sign_as_owner(std::string_view jwk, std::string_view input) {
    botan::random random;
    fixed_bytes<8192> out{};
    auto const sign = [&](auto const& key) -> std::string {
        auto const size = key ? key->sign(as_bytes(input), random, out) : key.error();
        return size ? base64url_text(byte_view{out}.first(*size)) : std::string{};
    };
    if constexpr (MacAlgorithm<A>) {
        auto const read = jwk::read_mac<A>(jwk);
        return read ? sign(mac_key<A, B>::from(read->octets)) : std::string{};
    } else {
        auto const read = jwk::read_private<A>(jwk);
        return read ? sign(jwk::prepare<B>(*read)) : std::string{};
    }
}

/// A token, its payload where that is apart from it, and whether the payload is signed as it is.
struct jws_example {
    std::string text;
    std::optional<std::string> payload_apart;
    bool unencoded = false;
};

namespace detail {

inline constexpr std::size_t max_example = 16384;

/// Verifies a token that has been read by `Acceptable`, in either of the JSON serializations.
template <class As, class B>
errc verdict_on(result<jws::flattened::unverified> const& token, key_set<B, As> const& keys) {
    if (!token) {
        return token.error().code;
    }
    std::vector<std::byte> space(token->input().size());
    workspace<B, As> work;
    return jws::flattened::verify<As>(*token, keys, work, space).error().code;
}
template <class As, class B>
errc verdict_on(result<jws::general::unverified> const& token, key_set<B, As> const& keys) {
    if (!token) {
        return token.error().code;
    }
    std::vector<std::byte> space(token->space());
    workspace<B, As> work;
    return jws::general::check<As>(*token, keys, work, space).all().error().code;
}
template <class As, class B>
errc verdict_on(result<jws::detached::unverified> const& token, payload_chain payload,
                key_set<B, As> const& keys) {
    if (!token) {
        return token.error().code;
    }
    std::vector<std::byte> space(token->input(payload).size());
    workspace<B, As> work;
    return jws::detached::verify<As>(*token, payload, keys, work, space).error().code;
}

template <class As, class B>
errc compact_verdict(jws_example const& e, payload_chain payload, key_set<B, As> const& keys) {
    std::string_view const text = e.text;
    if (e.unencoded) {
        return verdict_on(jws::detached::parse_unencoded(text, max_example), payload, keys);
    }
    if (e.payload_apart) {
        return verdict_on(jws::detached::parse(text, max_example), payload, keys);
    }
    auto const token = jws::parse(text, max_example);
    return token ? jws::verify<As>(*token, keys).error().code : token.error().code;
}

template <class As, class B>
errc general_verdict(jws_example const& e, payload_chain payload, key_set<B, As> const& keys) {
    std::string_view const text = e.text;
    return verdict_on(e.payload_apart ? jws::general::parse_detached(text, payload, max_example)
                                      : jws::general::parse(text, max_example),
                      keys);
}

template <class As, class B>
errc flattened_verdict(jws_example const& e, payload_chain payload, key_set<B, As> const& keys) {
    std::string_view const text = e.text;
    if (e.unencoded) {
        return verdict_on(jws::flattened::parse_unencoded(text, max_example), keys);
    }
    return verdict_on(e.payload_apart ? jws::flattened::parse_detached(text, payload, max_example)
                                      : jws::flattened::parse(text, max_example),
                      keys);
}

}  // namespace detail

/// Verifies an example by the one verb for its serialization. In general JSON all signatures count.
template <class As, class B>
errc verdict_of(jws_example const& e, key_set<B, As> const& keys) {
    byte_view const whole = as_bytes(e.payload_apart ? std::string_view{*e.payload_apart} : "");
    payload_chain const payload{&whole, 1};
    if (!e.text.starts_with('{')) {
        return detail::compact_verdict(e, payload, keys);
    }
    return members_in(e.text).contains("signatures") ? detail::general_verdict(e, payload, keys)
                                                     : detail::flattened_verdict(e, payload, keys);
}

}  // namespace mcx::test

#endif
