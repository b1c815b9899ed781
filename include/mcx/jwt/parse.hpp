// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_PARSE_HPP
#define MCX_JWT_PARSE_HPP

#include <mcx/core/result.hpp>
#include <mcx/jose/verify.hpp>
#include <mcx/jwt/profile.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

// The first of the four verbs: text becomes an `unverified` token of a profile. The form and the
// header have been checked, the claims cannot be read. [RFC 7519 §7.2]

namespace mcx::jwt {

namespace detail {

struct text_reading;

class parsing_passkey {
    friend struct text_reading;
    constexpr parsing_passkey() = default;
};

}  // namespace detail

/// A token of profile P whose signature has not been looked at. Borrows the text it was read from.
template <Profile P>
class unverified {
    jws::unverified token_;

  public:
    constexpr unverified(jws::unverified const& token, detail::parsing_passkey) noexcept
        : token_(token) {}

    [[nodiscard]] constexpr jws::protected_header const& header() const noexcept {
        return token_.header();
    }
    [[nodiscard]] constexpr jws::unverified const& jws() const noexcept { return token_; }
};

namespace detail {

struct text_reading {
    template <Profile P>
    [[nodiscard]] static constexpr result<unverified<P>> run(std::string_view text) noexcept {
        auto const token = jws::parse<typename P::understood>(text, P::limits.token);
        if (!token) {
            return token.error();
        }
        if (base64url::max_decoded_size(token->parts().header.size()) > P::limits.header) {
            return errc::header_too_long;
        }
        using fields = jws::protected_header::fields;
        jws::protected_header const& header = token->header();
        if (!P::algorithms::names(header.alg.view())) {
            return error{errc::algorithm_refused, fields::number_of("alg")};
        }
        bool const typ =
            header.typ ? P::typ::accepts(header.typ->view()) : P::typ::accepts_absent();
        if (!typ) {
            return error{errc::token_type_refused, fields::number_of("typ")};
        }
        std::string_view const payload = token->parts().payload;
        auto const place = mcx::detail::offset32(token->parts().header.size() + 1);
        if (payload.empty()) {
            return error{errc::empty_part, 0, place};
        }
        if (base64url::max_decoded_size(payload.size()) > P::limits.payload) {
            return error{errc::payload_too_long, 0, place};
        }
        return result<unverified<P>>{std::in_place, *token, parsing_passkey{}};
    }
};

}  // namespace detail

/// Reads a token of profile P in compact form.
/// Fails: token_too_long, payload_too_long, json_serialization, encrypted_token, not_three_parts,
/// empty_part, algorithm_refused (not one of P's), token_type_refused, and as `jws::parse_header`.
template <Profile P>
[[nodiscard]] constexpr result<unverified<P>> parse(std::string_view text) noexcept {
    return detail::text_reading::run<P>(text);
}

/// A temporary text would be gone before its token is verified.
template <Profile P>
result<unverified<P>> parse(std::same_as<std::string> auto&&) = delete;

}  // namespace mcx::jwt

#endif
