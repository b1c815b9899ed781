// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_INTROSPECTION_HPP
#define MCX_OAUTH_INTROSPECTION_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/json_value.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/revocation.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>
#include <mcx/oauth/transport.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// A server asks another what it knows of a token [RFC 7662]: the request and the answer, with every
// member that the RFC registers. How the asker authenticates stands beside the request; whether an
// answer is to be acted upon is for grant/introspected.hpp. Members of other registrations are read
// past, but for `cnf`: a token that is bound to a key [RFC 8705 §3.2, RFC 9449 §6.2] would pass for
// a bearer's, so that its answer is refused. A signed answer (RFC 9701) is not here.

namespace mcx::oauth {

namespace detail {

struct told_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.empty() ? errc::value_empty : mcx::detail::refuse_control_characters(v);
    }
};
struct user_name_tag : told_tag {};
struct told_type_tag : told_tag {};
struct told_subject_tag : told_tag {};
struct told_audience_tag : told_tag {};
struct told_issuer_tag : told_tag {};
struct told_id_tag : told_tag {};

}  // namespace detail

/// A name of the user for people to read: it identifies nobody. [RFC 7662 §2.2]
using user_name = text<detail::user_name_tag, 255>;

/// How a token is used, such as "Bearer". [RFC 7662 §2.2, RFC 6749 §5.1]
using told_token_type = text<detail::told_type_tag, 64>;

/// The parties that a token is said to be for, at most 8: a string or an array of strings.
struct told_audience {
    list<text<detail::told_audience_tag, 255>, 8> names;

    [[nodiscard]] constexpr bool empty() const noexcept { return names.empty(); }
    friend constexpr bool operator==(told_audience const&, told_audience const&) = default;
};

/// Asks what the server knows of a token. [RFC 7662 §2.1]
struct introspection_request {
    oauth::token token;
    token_type_hint hint;        // empty: absent
    oauth::client_id client_id;  // of a client that says who it is here only; empty: absent

    using fields = field_list<required<"token", &introspection_request::token>,
                              optional<"token_type_hint", &introspection_request::hint>,
                              optional<"client_id", &introspection_request::client_id>>;

    friend bool operator==(introspection_request const&, introspection_request const&) = default;
};

/// Tells what the server knows of a token; of one that is not active, nothing. [RFC 7662 §2.2]
struct introspection_response {
    bool active = false;
    oauth::scope scope;          // empty: absent
    oauth::client_id client_id;  // empty: absent
    user_name username;          // empty: absent
    told_token_type token_type;  // empty: absent
    std::optional<instant> exp;
    std::optional<instant> iat;
    std::optional<instant> nbf;
    text<detail::told_subject_tag, 255> sub;  // empty: absent
    told_audience aud;                        // empty: absent
    text<detail::told_issuer_tag, 255> iss;   // empty: absent
    text<detail::told_id_tag, 128> jti;       // empty: absent

    using fields = field_list<required<"active", &introspection_response::active>,
                              optional<"scope", &introspection_response::scope>,
                              optional<"client_id", &introspection_response::client_id>,
                              optional<"username", &introspection_response::username>,
                              optional<"token_type", &introspection_response::token_type>,
                              optional<"exp", &introspection_response::exp>,
                              optional<"iat", &introspection_response::iat>,
                              optional<"nbf", &introspection_response::nbf>,
                              optional<"sub", &introspection_response::sub>,
                              optional<"aud", &introspection_response::aud>,
                              optional<"iss", &introspection_response::iss>,
                              optional<"jti", &introspection_response::jti>, prohibited<"cnf">>;

    friend bool operator==(introspection_response const&, introspection_response const&) = default;
};

}  // namespace mcx::oauth

namespace mcx::json {

/// A string, or an array of strings with one at least.
template <>
struct value<oauth::told_audience> {
    static constexpr std::size_t depth = 1;
    using names = decltype(oauth::told_audience::names);

    static constexpr result<void> read(reader& r, event const& first,
                                       oauth::told_audience& out) noexcept {
        oauth::told_audience made;
        if (first.kind == kind::string) {
            names::value_type only;
            if (auto const read = value<names::value_type>::read(r, first, only); !read) {
                return read;
            }
            (void)made.names.push_back(only);
        } else if (auto const read = value<names>::read(r, first, made.names); !read) {
            return read;
        }
        if (made.empty()) {
            return errc::json_value;
        }
        out = made;
        return {};
    }
    static constexpr void write(writer& w, oauth::told_audience const& in) noexcept {
        if (in.names.size() == 1) {
            w.string(in.names[0].view());
        } else {
            value<names>::write(w, in.names);
        }
    }
};

}  // namespace mcx::json

namespace mcx::oauth {

/// Reads what a server says of a token. Whatever else it says of one that is not active is dropped.
/// Fails: as `parse_json`. [RFC 7662 §2.2]
[[nodiscard]] constexpr result<introspection_response> parse_introspection(
    std::string_view body) noexcept {
    auto read = parse_json<introspection_response>(body);
    if (read && !read->active) {
        return introspection_response{};
    }
    return read;
}

/// Writes what a server says of a token: of one that is not active, that and no more.
/// Fails: as `write_json`. [RFC 7662 §2.2, §4]
[[nodiscard]] constexpr result<std::string> write_introspection(
    introspection_response const& known) noexcept {
    return write_json(known.active ? known : introspection_response{});
}

/// Reads what an introspection endpoint answered.
/// Fails: peer_refused (an error document), response_status, response_media_type; as `parse_json`.
[[nodiscard]] inline result<introspection_response> read_introspection(
    reply const& answer) noexcept {
    if (answer.status != 200) {
        return detail::refusal_in(answer);
    }
    if (!is_json(answer.media_type)) {
        return errc::response_media_type;
    }
    return parse_introspection(answer.body);
}

}  // namespace mcx::oauth

#endif
