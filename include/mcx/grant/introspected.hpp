// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_INTROSPECTED_HPP
#define MCX_GRANT_INTROSPECTED_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/audience.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/oauth/introspection.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/transport.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

// What an answer about a token is worth to the server that asked: the word of whoever answered,
// over a connection that the caller vouches for, checked as the claims of a token are. It is not a
// validated token, since nobody here has seen a signature, and does not become one.
// [RFC 7662 §2.2, §4]

namespace mcx::grant {

/// What the server that asks knows: who may have issued the token, the names under which it is an
/// audience itself, and how far clocks may be apart.
struct introspection_expectation {
    jwt::given<issuer> from;  ///< whose answers the endpoint gives
    jwt::given<recipient> to;
    leeway skew{};
    jwt::other_names also{};
};

namespace detail {

struct introspection_check;

class introspection_passkey {
    friend struct introspection_check;
    oauth::introspection_response const& told_;
    issuer const& from_;
    audience const& aud_;
    constexpr introspection_passkey(oauth::introspection_response const& told, issuer const& from,
                                    audience const& aud) noexcept
        : told_(told), from_(from), aud_(aud) {}

  public:
    [[nodiscard]] constexpr oauth::introspection_response const& told() const noexcept {
        return told_;
    }
    [[nodiscard]] constexpr issuer const& from() const noexcept { return from_; }
    [[nodiscard]] constexpr audience const& aud() const noexcept { return aud_; }
};

}  // namespace detail

/// A token that its issuer calls active, and that is good here and now as far as the issuer tells.
class introspected {
    oauth::introspection_response told_;
    issuer from_;
    mcx::audience aud_;

  public:
    explicit introspected(detail::introspection_passkey const& key) noexcept
        : told_(key.told()), from_(key.from()), aud_(key.aud()) {}

    /// Who answered; the answer's `iss`, where it has one, is the same.
    [[nodiscard]] issuer const& told_by() const noexcept { return from_; }
    [[nodiscard]] std::optional<mcx::subject> subject() const noexcept {
        auto const made = mcx::subject::from(told_.sub.view());
        return made ? std::optional{*made} : std::nullopt;
    }
    [[nodiscard]] std::optional<jwt_id> id() const noexcept {
        auto const made = jwt_id::from(told_.jti.view());
        return made ? std::optional{*made} : std::nullopt;
    }
    /// Whom the token is for; empty where the answer does not tell.
    [[nodiscard]] mcx::audience const& audience() const noexcept { return aud_; }
    /// The client that the token was issued to; empty where the answer does not tell.
    [[nodiscard]] oauth::client_id const& client() const noexcept { return told_.client_id; }
    /// What the token is good for; empty where the answer does not tell.
    [[nodiscard]] oauth::scope const& scope() const noexcept { return told_.scope; }
    [[nodiscard]] oauth::user_name const& username() const noexcept { return told_.username; }
    [[nodiscard]] oauth::told_token_type const& token_type() const noexcept {
        return told_.token_type;
    }
    /// From when on it is good for nothing, and so not longer kept. [RFC 7662 §4]
    [[nodiscard]] instant expires() const noexcept { return told_.exp.value_or(instant{}); }
};

namespace detail {

struct introspection_check {
    static constexpr error refused(errc code, std::string_view member) noexcept {
        return {code, oauth::introspection_response::fields::number_of(member)};
    }

    [[nodiscard]] static constexpr result<void> times(oauth::introspection_response const& told,
                                                      std::chrono::seconds s,
                                                      instant now) noexcept {
        if (!told.exp) {
            return refused(errc::member_missing, "exp");
        }
        if (now >= told.exp->plus(s)) {
            return refused(errc::expired, "exp");
        }
        if (told.nbf && now.plus(s) < *told.nbf) {
            return refused(errc::not_yet_valid, "nbf");
        }
        if (told.iat && now.plus(s) < *told.iat) {
            return refused(errc::issued_in_future, "iat");
        }
        return {};
    }

    template <jwt::AudienceRule R>
    [[nodiscard]] static result<introspected> run(oauth::introspection_response const& told,
                                                  introspection_expectation const& expected,
                                                  instant now) noexcept {
        if (expected.from.value().empty() || expected.to.value().empty()) {
            return errc::value_empty;
        }
        if (!told.active) {
            return refused(errc::token_inactive, "active");
        }
        if (oauth::same_in_any_case(told.token_type.view(), "dpop")) {
            return refused(errc::proof_missing, "token_type");
        }
        if (!told.iss.empty() && told.iss.view() != expected.from.value().view()) {
            return refused(errc::issuer_mismatch, "iss");
        }
        if (auto const checked = times(told, expected.skew.value(), now); !checked) {
            return checked.error();
        }
        audience aud;
        for (auto const& name : told.aud.names) {
            auto const added = recipient::from(name.view()).and_then([&](recipient const& who) {
                return aud.add(who);
            });
            if (!added) {
                return refused(errc::member_value, "aud");
            }
        }
        errc const refusal =
            R::check(aud.empty() ? nullptr : &aud, jwt::asker{expected.to.value(), expected.also});
        if (refusal != errc::none) {
            return refused(refusal, "aud");
        }
        return introspected{introspection_passkey{told, expected.from.value(), aud}};
    }
};

}  // namespace detail

/// Checks what an introspection endpoint says of a token, in the order in which a token's own
/// claims are checked; by default the audience is asked as that of an access token is, where there
/// is one. Fails: value_empty (nobody may have issued it, or the one that asks has no name);
/// token_inactive, proof_missing (no bearer's token), issuer_mismatch, member_missing (`exp`:
/// without an end nobody knows how long the answer is good), expired, not_yet_valid,
/// issued_in_future, and as the audience rule; `where` is the member's number. [RFC 7662 §2.2]
template <jwt::AudienceRule R = jwt::names_me_if_present>
[[nodiscard]] result<introspected> check_introspection(oauth::introspection_response const& told,
                                                       introspection_expectation const& expected,
                                                       Clock auto const& clock) noexcept {
    return detail::introspection_check::run<R>(told, expected, clock.now());
}

}  // namespace mcx::grant

#endif
