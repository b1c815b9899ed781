// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_CLIENT_AUTHENTICATION_HPP
#define MCX_OAUTH_CLIENT_AUTHENTICATION_HPP

#include <mcx/codec/base64.hpp>
#include <mcx/codec/fields.hpp>
#include <mcx/codec/form.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/secret_text.hpp>
#include <mcx/core/text.hpp>
#include <mcx/oauth/bearer.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/transport.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// How a client says who it is at a token endpoint: by its name, by a secret in the Authorization
// header, or by a signed assertion [RFC 6749 §2.3, RFC 7521 §4.2, TS 33.180 B.4.2.4]. A secret in
// the body is refused: bodies end up in logs. Verifying the assertion is for grant/.

namespace mcx::oauth {

namespace detail {

struct client_secret_tag {
    static constexpr errc check(std::string_view v) noexcept { return refuse_all_but_visible(v); }
};
struct assertion_type_tag : client_secret_tag {};

}  // namespace detail

/// What a client and a server share, wiped when it dies and compared in constant time.
/// [RFC 6749 A.2]
using client_secret = secret_text<detail::client_secret_tag, 255>;

/// The type of an assertion that is a JWT. [RFC 7523 §2.2]
inline constexpr std::string_view jwt_client_assertion_type =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client that only says its name: anybody can. [RFC 6749 §3.2.1]
struct public_client {
    client_id id;  // empty: it does not even do that

    friend bool operator==(public_client const&, public_client const&) = default;
};

/// A client that shows its secret, in the Authorization header. [RFC 6749 §2.3.1]
struct secret_client {
    client_id id;
    client_secret secret;

    friend bool operator==(secret_client const&, secret_client const&) = default;
};

/// A client that signs: `private_key_jwt`. [RFC 7523 §2.2]
struct asserting_client {
    client_id id;  // empty: the assertion says it
    token assertion;

    friend bool operator==(asserting_client const&, asserting_client const&) = default;
};

/// A client, by the one way in which it says who it is.
using client_authentication = std::variant<public_client, secret_client, asserting_client>;

/// What of a client's authentication stands in the body, beside the grant.
struct client_parameters {
    oauth::client_id client_id;
    text<detail::assertion_type_tag, 128> client_assertion_type;
    token client_assertion;
    oauth::client_secret client_secret;

    using fields =
        field_list<optional<"client_id", &client_parameters::client_id>,
                   optional<"client_assertion_type", &client_parameters::client_assertion_type>,
                   optional<"client_assertion", &client_parameters::client_assertion>,
                   optional<"client_secret", &client_parameters::client_secret>>;

    friend bool operator==(client_parameters const&, client_parameters const&) = default;
};

namespace detail {

/// The longest id and the longest secret with all of their characters encoded, and the colon.
inline constexpr std::size_t max_userpass = 3 * (client_id::max_size + client_secret::max_size) + 1;

/// Octets that are wiped at the end of their scope.
template <std::size_t N>
struct wiped_octets {
    fixed_bytes<N> octets{};

    wiped_octets() noexcept = default;
    wiped_octets(wiped_octets const&) = delete;
    wiped_octets& operator=(wiped_octets const&) = delete;
    ~wiped_octets() { wipe(octets); }
};

/// Decodes one half of the credentials.
template <TextLike T>
[[nodiscard]] result<T> read_half(std::string_view raw) noexcept {
    wiped_octets<T::max_size> kept;
    auto const size = form::decode(raw, as_writable_text(kept.octets));
    if (!size) {
        return size.error();
    }
    return T::from(as_text(byte_view{kept.octets}.first(*size)));
}

}  // namespace detail

/// Reads the value of an Authorization header with a client's secret.
/// Fails: client_authentication_refused (another scheme, malformed, no id or no secret).
/// [RFC 6749 §2.3.1, RFC 7617 §2]
[[nodiscard]] inline result<secret_client> parse_basic(std::string_view value) noexcept {
    std::size_t const space = std::min(value.find(' '), value.size());
    std::size_t const start = std::min(value.find_first_not_of(' ', space), value.size());
    if (!same_in_any_case(value.substr(0, space), "basic")) {
        return errc::client_authentication_refused;
    }
    detail::wiped_octets<detail::max_userpass> kept;
    auto const size = base64::decode_secret(value.substr(start), kept.octets);
    if (!size) {
        return errc::client_authentication_refused;
    }
    std::string_view const both = as_text(byte_view{kept.octets}.first(*size));
    std::size_t const colon = both.find(':');
    if (colon == both.npos) {
        return errc::client_authentication_refused;
    }
    auto const id = detail::read_half<client_id>(both.substr(0, colon));
    auto secret = detail::read_half<client_secret>(both.substr(colon + 1));
    if (!id || !secret) {
        return errc::client_authentication_refused;
    }
    return secret_client{*id, *std::move(secret)};
}

/// Writes the value of an Authorization header with a client's secret.
/// Fails: value_empty (no id or no secret). [RFC 6749 §2.3.1, RFC 7617 §2]
[[nodiscard]] inline result<std::string> basic_authorization(secret_client const& client) {
    if (client.id.empty() || client.secret.empty()) {
        return errc::value_empty;
    }
    detail::wiped_octets<detail::max_userpass> kept;
    auto const room = as_writable_text(kept.octets);
    std::size_t size = form::encode(client.id.view(), room);
    room[size++] = ':';
    size += form::encode(client.secret.view(), room.subspan(size));
    std::string value{"Basic "};
    std::size_t const start = value.size();
    value.resize(start + base64::encoded_size(size));
    base64::encode(byte_view{kept.octets}.first(size), std::span{value}.subspan(start));
    return value;
}

/// The WWW-Authenticate header of the response 401 to a client that failed by its Authorization
/// header. [RFC 6749 §5.2, RFC 7617 §2]
[[nodiscard]] inline std::string basic_challenge(realm const& space) {
    return std::string{"Basic realm=\""}.append(space.view()).append("\"");
}

namespace detail {

/// The client that the body alone speaks of.
[[nodiscard]] inline result<client_authentication> client_of(client_parameters& body) {
    using fields = client_parameters::fields;
    if (body.client_assertion.empty() && body.client_assertion_type.empty()) {
        return client_authentication{public_client{body.client_id}};
    }
    if (body.client_assertion.empty()) {
        return error{errc::parameter_without_pair, fields::number_of("client_assertion")};
    }
    if (body.client_assertion_type.empty()) {
        return error{errc::parameter_without_pair, fields::number_of("client_assertion_type")};
    }
    if (body.client_assertion_type.view() != jwt_client_assertion_type) {
        return error{errc::client_authentication_refused,
                     fields::number_of("client_assertion_type")};
    }
    return client_authentication{
        asserting_client{body.client_id, std::move(body.client_assertion)}};
}

}  // namespace detail

/// Finds out how the sender of a token request says who it is, from the value of the Authorization
/// header (empty: none) and the body. Nobody is authenticated yet.
/// Fails: as `parse_form`; client_authentication_refused (a secret in the body, an unknown type of
/// assertion, and as `parse_basic`); client_authentication_repeated (two ways, or two names);
/// parameter_without_pair. `where` is the number in `client_parameters`.
[[nodiscard]] inline result<client_authentication> read_client(std::string_view authorization,
                                                               std::string_view body) {
    using fields = client_parameters::fields;
    auto parameters = parse_form<client_parameters>(body);
    if (!parameters) {
        return parameters.error();
    }
    if (!parameters->client_secret.empty()) {
        return error{errc::client_authentication_refused, fields::number_of("client_secret")};
    }
    if (authorization.empty()) {
        return detail::client_of(*parameters);
    }
    auto basic = parse_basic(authorization);
    if (!basic) {
        return basic.error();
    }
    if (!parameters->client_assertion.empty() || !parameters->client_assertion_type.empty()) {
        return error{errc::client_authentication_repeated, fields::number_of("client_assertion")};
    }
    if (!parameters->client_id.empty() && parameters->client_id != basic->id) {
        return error{errc::client_authentication_repeated, fields::number_of("client_id")};
    }
    return client_authentication{*std::move(basic)};
}

/// Adds to a request what tells the server who sends it, beside the client id in the message.
/// Fails: value_empty, value_too_long.
[[nodiscard]] inline result<void> authenticate(request& message,
                                               client_authentication const& client) {
    if (auto const* const basic = std::get_if<secret_client>(&client)) {
        auto value = basic_authorization(*basic);
        if (!value) {
            return value.error();
        }
        message.authorization = *std::move(value);
    } else if (auto const* const asserting = std::get_if<asserting_client>(&client)) {
        if (asserting->assertion.empty()) {
            return errc::value_empty;
        }
        std::string body = message.body;
        form::append(body, "client_assertion_type", jwt_client_assertion_type);
        form::append(body, "client_assertion", asserting->assertion.view());
        if (body.size() > max_message_size) {
            return errc::value_too_long;
        }
        message.body = std::move(body);
    }
    return {};
}

}  // namespace mcx::oauth

#endif
