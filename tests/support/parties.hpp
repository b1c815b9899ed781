// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_PARTIES_HPP
#define MCX_TESTS_SUPPORT_PARTIES_HPP

#include <mcx/codec/form.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/jose/compact.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/oauth/token.hpp>

#include "tokens.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The domains of inter-domain authorization in tests, and the messages and tokens that their
// parties send: right ones, from which a test takes something away or in which it puts something
// wrong.

namespace mcx::test {

/// When everything happens.
inline constexpr instant now{1'700'000'000};

/// A clock that shows a time so many seconds later.
[[nodiscard]] constexpr fixed_clock clock_at(std::int64_t seconds_later) noexcept {
    return {now.plus(std::chrono::seconds{seconds_later})};
}

// The issuer, the address and the endpoint of a domain differ, so that none is taken for another.
inline constexpr idm::domain domain_a{"https://a.example", "https://idms.a.example/exchange",
                                      "https://idms.a.example/token"};
inline constexpr idm::domain domain_b{"https://b.example", "https://idms.b.example/exchange",
                                      "https://idms.b.example/token"};
inline constexpr idm::domain domain_c{"https://c.example", "https://idms.c.example/exchange",
                                      "https://idms.c.example/token"};

/// Names and values in an order: the members of an object, the parameters of a form.
class named_values {
    std::vector<std::pair<std::string, std::string>> values_;

  public:
    named_values(std::initializer_list<std::pair<std::string, std::string>> values)
        : values_(values) {}

    /// Sets the value of a name, in its place or at the end.
    [[nodiscard]] named_values with(std::string_view name, std::string_view value) const {
        named_values made = *this;
        auto const place = std::find_if(made.values_.begin(), made.values_.end(),
                                        [&](auto const& v) { return v.first == name; });
        if (place != made.values_.end()) {
            place->second = value;
            return made;
        }
        return made.and_also(name, value);
    }

    /// Puts a value at the end, whether or not there is one of this name.
    [[nodiscard]] named_values and_also(std::string_view name, std::string_view value) const {
        named_values made = *this;
        made.values_.emplace_back(name, value);
        return made;
    }

    [[nodiscard]] named_values without(std::string_view name) const {
        named_values made = *this;
        std::erase_if(made.values_, [&](auto const& v) { return v.first == name; });
        return made;
    }

    /// An object whose values are written as they stand here.
    [[nodiscard]] std::string json() const {
        std::string text;
        for (auto const& [name, value] : values_) {
            text.append(text.empty() ? "{\"" : ",\"").append(name).append("\":").append(value);
        }
        return text.append("}");
    }

    /// The body of a request.
    [[nodiscard]] std::string form() const {
        std::string body;
        for (auto const& [name, value] : values_) {
            form::append(body, name, value);
        }
        return body;
    }

    [[nodiscard]] auto begin() const { return values_.begin(); }
    [[nodiscard]] auto end() const { return values_.end(); }
};

/// The text as a JSON string; it has no characters that would have to be escaped.
[[nodiscard]] inline std::string quoted(std::string_view text) {
    return std::string{"\""}.append(text).append("\"");
}

/// A time as a NumericDate, so many seconds later than everything else.
[[nodiscard]] inline std::string date(std::int64_t seconds_later) {
    return std::to_string(clock_at(seconds_later).at.seconds);
}

/// The claims of Alice's access token in A. [TS 33.180 B.2.2]
[[nodiscard]] inline named_values access_claims() {
    return {{"exp", date(3600)},
            {"scope", quoted("3gpp:mc:ptt_service openid")},
            {"client_id", quoted("radio-at-a")},
            {"mcptt_id", quoted("sip:alice@a.example")},
            {"iss", quoted(domain_a.iss.view())},
            {"sub", quoted("alice")},
            {"iat", date(0)}};
}

/// The claims of the security token with which A vouches for Alice to B. [TS 33.180 B.8]
[[nodiscard]] inline named_values security_claims() {
    return {{"iss", quoted(domain_a.iss.view())},
            {"sub", quoted("alice")},
            {"aud", "[" + quoted("radio-at-a") + "," + quoted(domain_b.address.view()) + "]"},
            {"exp", date(600)},
            {"iat", date(0)},
            {"jti", quoted("one")}};
}

/// The claims of the ID token with which A tells Alice's client who logged in. [TS 33.180 B.2.1]
[[nodiscard]] inline named_values id_claims() {
    return {{"iss", quoted(domain_a.iss.view())},
            {"sub", quoted("alice")},
            {"aud", quoted("radio-at-a")},
            {"exp", date(3600)},
            {"iat", date(0)},
            {"mcptt_id", quoted("sip:alice@a.example")}};
}

/// A header that names algorithm and key as an IdMS would.
[[nodiscard]] inline std::string header_of(std::string_view kid) {
    return named_values{{"alg", quoted("ES256")}, {"kid", quoted(kid)}, {"typ", quoted("JWT")}}
        .json();
}

/// A token with these claims, which a credulous backend takes for one of the key's.
[[nodiscard]] inline std::string token_of(named_values const& claims,
                                          std::string_view kid = "a-1") {
    return compact(header_of(kid), claims.json());
}

/// The parameters with which Alice's client asks A for a security token for B. [TS 33.180 B.7.2]
[[nodiscard]] inline named_values exchange_of(std::string_view subject_token) {
    return {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
            {"resource", std::string{domain_b.address.view()}},
            {"subject_token", std::string{subject_token}},
            {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"}};
}

/// The parameters with which Alice's client asks B for an access token. [TS 33.180 B.7.4]
[[nodiscard]] inline named_values bearer_grant_of(std::string_view assertion) {
    return {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"assertion", std::string{assertion}},
            {"client_id", "radio-at-b"},
            {"scope", "3gpp:mc:ptt_service 3gpp:mc:data_service openid"}};
}

/// An issuer and the id of its keys.
struct known_issuer {
    issuer iss;
    key_id kid;
};

inline constexpr known_issuer issuer_a{domain_a.iss, "a-1"};
inline constexpr known_issuer issuer_b{domain_b.iss, "b-1"};
inline constexpr known_issuer issuer_c{domain_c.iss, "c-1"};

/// Trust in these issuers, all of which have the keys of the RFCs, each under its own id.
template <class B>
[[nodiscard]] trust<B> trusting(std::initializer_list<known_issuer> issuers) {
    trust<B> made;
    for (known_issuer const& who : issuers) {
        contract(made.add(who.iss, rfc_keys<B>(who.kid)).has_value());
    }
    return made;
}

/// One of the three parts of a token, decoded.
[[nodiscard]] inline std::string decoded_part(std::string_view encoded) {
    std::string text(base64url::max_decoded_size(encoded.size()), '\0');
    text.resize(certain(base64url::decode(encoded, std::as_writable_bytes(std::span{text}))));
    return text;
}
[[nodiscard]] inline std::string header_in(std::string_view token) {
    return decoded_part(certain(jws::split(token, oauth::token::max_size)).header);
}
[[nodiscard]] inline std::string payload_in(std::string_view token) {
    return decoded_part(certain(jws::split(token, oauth::token::max_size)).payload);
}

}  // namespace mcx::test

#endif
