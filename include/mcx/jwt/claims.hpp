// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_CLAIMS_HPP
#define MCX_JWT_CLAIMS_HPP

#include <mcx/codec/fields.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>
#include <mcx/jose/trust.hpp>

#include <concepts>
#include <optional>
#include <string_view>

// Claims as structs. A claim set is a plain struct, one member a claim, with the list of its claims
// in the order of the table that defines it; nothing else has to be written to read, issue and
// validate it. What the claims mean is for jwt/validate.hpp. [RFC 7519 §4]

namespace mcx {

namespace detail {

struct non_empty_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.empty() ? errc::value_empty : refuse_control_characters(v);
    }
};

struct subject_tag : non_empty_tag {};
struct jwt_id_tag : non_empty_tag {};

}  // namespace detail

/// Subject: names the user in the issuer's domain; case-sensitive, never reassigned, 1 to 255
/// octets. [RFC 7519 §4.1.2, TS 33.180 B.2.1.2, B.8]
using subject = text<detail::subject_tag, 255>;

/// JWT ID: names one token of its issuer, 1 to 128 octets. [RFC 7519 §4.1.7]
using jwt_id = text<detail::jwt_id_tag, 128>;

/// The claims of one kind of token, in table order, each of them `required`, `optional` or
/// `prohibited`.
template <class... Claims>
using claim_list = field_list<Claims...>;

/// A struct of claims. Exemplar: `idm::security_token`. Models: the tokens of idm/, a deployment's
/// own. Used by: `jwt::Profile`.
template <class C>
concept ClaimSet = FieldStruct<C> && std::copyable<C>;

namespace jwt {

/// The codes under which the claims stage reports.
inline constexpr json::object_errors claim_errors{errc::claims_not_object, errc::claim_missing,
                                                  errc::claim_prohibited, errc::claim_shape,
                                                  errc::claim_value};

namespace detail {

/// A claim that is in the list of C under this name, as a pointer; null where the list has no such
/// claim or the token does not carry it.
template <class T, ClaimSet C>
[[nodiscard]] constexpr T const* find_claim(C const& claims, std::string_view name) noexcept {
    T const* found = nullptr;
    C::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            using value_type = field_value<field_type>;
            if constexpr (std::same_as<value_type, T>) {
                if (field_type::name == name) {
                    found = &(claims.*field_type::member);
                }
            } else if constexpr (std::same_as<value_type, std::optional<T>>) {
                if (field_type::name == name && (claims.*field_type::member).has_value()) {
                    found = &*(claims.*field_type::member);
                }
            }
        }
        return found == nullptr;
    });
    return found;
}

/// Sets the claim that is in the list of C under this name and as a T; where there is none, nothing
/// is said.
template <class T, ClaimSet C>
constexpr void set_claim(C& claims, std::string_view name, T const& value) noexcept {
    C::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            using value_type = field_value<field_type>;
            if constexpr (std::same_as<value_type, T> ||
                          std::same_as<value_type, std::optional<T>>) {
                if (field_type::name == name) {
                    claims.*field_type::member = value;
                }
            }
        }
        return true;
    });
}

/// Tells whether the list of C has a claim of this name and type.
template <class T, ClaimSet C>
[[nodiscard]] consteval bool has_claim(std::string_view name) {
    bool found = false;
    C::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            using value_type = field_value<field_type>;
            found = found ||
                    (field_type::name == name &&
                     (std::same_as<value_type, T> || std::same_as<value_type, std::optional<T>>));
        }
        return true;
    });
    return found;
}

/// Tells whether the list of C requires a claim of this name and type.
template <class T, ClaimSet C>
[[nodiscard]] consteval bool requires_claim(std::string_view name) {
    bool found = false;
    C::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            found = found || (field_type::name == name && field_type::is_required &&
                              std::same_as<field_value<field_type>, T>);
        }
        return true;
    });
    return found;
}

}  // namespace detail

}  // namespace jwt

}  // namespace mcx

#endif
