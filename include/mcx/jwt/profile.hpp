// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_PROFILE_HPP
#define MCX_JWT_PROFILE_HPP

#include <mcx/codec/json_reader.hpp>
#include <mcx/core/fixed_string.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/jwt/relaxations.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

// What one kind of token is. A profile is a type with six parts; every stage of a token carries it,
// so that a token of one kind is never taken for one of another. [RFC 8725 §3.11, §3.12]

namespace mcx::jwt {

/// How large a token may be, in octets, before it is refused unread; how deep its claims may nest
/// and how many they may be; how long it may be valid, and how long ago it may have been issued.
struct limits {
    std::size_t token = 8192;
    std::size_t header = jws::max_header_size;
    std::size_t payload = 4096;
    json::limits json{};
    std::chrono::seconds lifetime = std::chrono::hours{24};
    std::chrono::seconds age = any_age;

    /// No age is too old, so long as the token has not expired.
    static constexpr std::chrono::seconds any_age = std::chrono::seconds::max();
};

namespace detail {

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Compares media types: without case, and a name without a slash means "application/" before it.
/// [RFC 7515 §4.1.9]
[[nodiscard]] constexpr bool same_media_type(std::string_view a, std::string_view b) noexcept {
    constexpr std::string_view application = "application/";
    auto const starts = [](std::string_view text, std::string_view prefix) {
        return text.size() >= prefix.size() &&
               std::equal(prefix.begin(), prefix.end(), text.begin(),
                          [](char x, char y) { return x == lower(y); });
    };
    auto const subtype = [&](std::string_view text) {
        std::string_view const rest =
            text.substr(starts(text, application) ? application.size() : 0);
        return rest.find('/') == std::string_view::npos ? rest : text;
    };
    std::string_view const left = subtype(a);
    std::string_view const right = subtype(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace detail

/// The token says that it is of this type. [RFC 8725 §3.11]
template <fixed_string Name>
struct typ_is {
    static constexpr std::string_view written = Name.view();
    [[nodiscard]] static constexpr bool accepts(std::string_view typ) noexcept {
        return detail::same_media_type(typ, Name.view());
    }
    [[nodiscard]] static constexpr bool accepts_absent() noexcept { return false; }
};

/// The token says nothing, or that it is of one of these types; the first is what is written.
template <fixed_string Name, fixed_string... Others>
struct typ_absent_or {
    static constexpr std::string_view written = Name.view();
    [[nodiscard]] static constexpr bool accepts(std::string_view typ) noexcept {
        return (detail::same_media_type(typ, Name.view()) || ... ||
                detail::same_media_type(typ, Others.view()));
    }
    [[nodiscard]] static constexpr bool accepts_absent() noexcept { return true; }
};

/// Which `typ` a profile accepts and writes.
template <class T>
concept TypRule = requires(std::string_view typ) {
    { T::accepts(typ) } -> std::same_as<bool>;
    { T::accepts_absent() } -> std::same_as<bool>;
    { T::written } -> std::convertible_to<std::string_view>;
};

/// A claim set that says when it ends.
template <class C>
concept Expires = ClaimSet<C> && detail::requires_claim<instant, C>("exp");

namespace detail {

/// Tells whether a claim of this name is either not read or read as a T.
template <class T, class Field>
[[nodiscard]] consteval bool is_read_as(std::string_view name) {
    if constexpr (StoredField<Field>) {
        using type = field_value<Field>;
        return Field::name != name || std::same_as<type, T> || std::same_as<type, std::optional<T>>;
    } else {
        return true;
    }
}

template <class List>
inline constexpr bool types_checked_claims = false;
template <class... Fs>
inline constexpr bool types_checked_claims<field_list<Fs...>> =
    (... && (is_read_as<issuer, Fs>("iss") && is_read_as<audience, Fs>("aud") &&
             is_read_as<instant, Fs>("nbf") && is_read_as<instant, Fs>("iat") &&
             is_read_as<instant, Fs>("auth_time") && is_read_as<authorized_party, Fs>("azp") &&
             is_read_as<nonce, Fs>("nonce") && is_read_as<jwt_id, Fs>("jti")));

}  // namespace detail

/// The claims that `validate` and `validate_once` look for have the types by which they find them,
/// so that none of them stands in a list and goes unchecked.
template <class C>
concept TypesCheckedClaims = detail::types_checked_claims<typename C::fields>;

namespace detail {

/// How much of a span of time both roundings of its ends together may hide.
template <class P>
inline constexpr std::chrono::seconds hidden_by_rounding{relaxes<P, fractional_dates> ? 2 : 0};

/// Tells whether a token that counts from one instant expires later than its profile allows.
template <class P>
[[nodiscard]] constexpr bool outlives_profile(instant from, instant exp) noexcept {
    return exp > from.plus(P::limits.lifetime - hidden_by_rounding<P>);
}

}  // namespace detail

/// Limits that the library can keep, and that leave some token valid.
template <class P>
concept KeepsLimits = (P::limits.header <= jws::max_header_size) &&
                      (P::limits.json.depth <= json::limits::max_depth) &&
                      (P::limits.json.members <= json::limits::max_members) &&
                      (P::limits.lifetime > detail::hidden_by_rounding<P>) &&
                      (P::limits.age >= detail::hidden_by_rounding<P>);

/// Claims that nest no deeper than the limits of their profile allow.
template <class P>
concept NestsWithinLimits = (json::depth_of<typename P::claims> <= P::limits.json.depth);

/// A limit of age asks for an `iat`: without one it could be evaded by leaving the claim out.
template <class P>
concept TellsItsAge = (P::limits.age == limits::any_age) ||
                      detail::requires_claim<instant, typename P::claims>("iat");

/// One kind of token: its claims, which have to have an `exp`; the algorithms it may be signed
/// with; the `typ` it may have; the critical header names that are understood; its limits; and how
/// its audience is asked; beside these, where it has any, its `relaxations`. Exemplar:
/// `idm::security_token_profile`. Models: the profiles of idm/, a deployment's own. Used by: every
/// verb of jwt/.
template <class P>
concept Profile =
    requires {
        typename P::claims;
        typename P::algorithms;
        typename P::typ;
        typename P::understood;
        typename P::audience_rule;
        { P::limits } -> std::convertible_to<jwt::limits>;
    } && Expires<typename P::claims> && TypesCheckedClaims<typename P::claims> &&
    AlgorithmSet<typename P::algorithms> && TypRule<typename P::typ> &&
    AudienceRule<typename P::audience_rule> && NamesRelaxations<P> && KeepsLimits<P> &&
    NestsWithinLimits<P> && TellsItsAge<P>;

/// The name of the claim that an error of this profile concerns; empty where it names none.
template <Profile P>
[[nodiscard]] constexpr std::string_view name_of(error e) noexcept {
    switch (stage_of(e)) {
        case stage::header:
            return jws::protected_header::fields::name_of(e.where);
        case stage::claims:
        case stage::policy:
            return P::claims::fields::name_of(e.where);
        default:
            return {};
    }
}

}  // namespace mcx::jwt

#endif
