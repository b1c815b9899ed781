// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_OAUTH_GRANT_TYPE_HPP
#define MCX_OAUTH_GRANT_TYPE_HPP

#include <mcx/codec/form.hpp>
#include <mcx/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// Which grant a request at a token endpoint is for. A server asks this once and then reads the
// request as that grant's message or not at all: no grant falls through to another.

namespace mcx::oauth {

/// A request or response is at most this long, in octets.
inline constexpr std::size_t max_message_size = 65536;

/// The grants that this library has messages for.
enum class grant_type : std::uint8_t {
    authorization_code,  ///< RFC 6749 §4.1.3
    refresh_token,       ///< RFC 6749 §6
    token_exchange,      ///< RFC 8693 §2.1
    jwt_bearer,          ///< RFC 7523 §2.1
};

namespace detail {

struct grant_type_row {
    grant_type type;
    std::string_view name;
};

inline constexpr grant_type_row grant_types[] = {
    {grant_type::authorization_code, "authorization_code"},
    {grant_type::refresh_token, "refresh_token"},
    {grant_type::token_exchange, "urn:ietf:params:oauth:grant-type:token-exchange"},
    {grant_type::jwt_bearer, "urn:ietf:params:oauth:grant-type:jwt-bearer"},
};

/// Reads the next parameter of a body; what is no text in it is form_character, so that
/// utf8_invalid stays a word about tokens.
[[nodiscard]] constexpr result<std::optional<form::pair>> next_parameter(
    form::reader& reader) noexcept {
    auto const parameter = reader.next();
    if (!parameter && parameter.error().code == errc::utf8_invalid) {
        return error{errc::form_character, 0, parameter.error().offset};
    }
    return parameter;
}

}  // namespace detail

/// The value of a grant's grant_type parameter.
[[nodiscard]] constexpr std::string_view name_of(grant_type type) noexcept {
    return detail::grant_types[static_cast<std::size_t>(type)].name;
}

/// Tells which grant the body of a token request is for; nothing else in it is looked at.
/// Fails: message_too_long; form_percent, form_character, form_parameters; parameter_missing,
/// parameter_repeated, unsupported_grant_type, as every grant's message does. [RFC 6749 §5.2]
[[nodiscard]] constexpr result<grant_type> grant_type_of(std::string_view body) noexcept {
    constexpr std::uint16_t where = 1;  // in the field list of every grant's message
    if (body.size() > max_message_size) {
        return errc::message_too_long;
    }
    std::optional<form::pair> found;
    for (form::reader reader{body};;) {
        auto const next = detail::next_parameter(reader);
        if (!next) {
            return next.error();
        }
        auto const& parameter = *next;
        if (!parameter) {
            break;
        }
        if (parameter->raw_value.empty() || !form::equals(parameter->raw_name, "grant_type")) {
            continue;
        }
        if (found) {
            return error{errc::parameter_repeated, where, mcx::detail::offset32(parameter->offset)};
        }
        found = parameter;
    }
    if (!found) {
        return error{errc::parameter_missing, where, mcx::detail::offset32(body.size())};
    }
    for (auto const& row : detail::grant_types) {
        if (form::equals(found->raw_value, row.name)) {
            return row.type;
        }
    }
    return error{errc::unsupported_grant_type, where, mcx::detail::offset32(found->offset)};
}

}  // namespace mcx::oauth

#endif
