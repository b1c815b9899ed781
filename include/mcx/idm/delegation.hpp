// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_DELEGATION_HPP
#define MCX_IDM_DELEGATION_HPP

#include <mcx/core/result.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/actor.hpp>
#include <mcx/jwt/validate.hpp>

// Who may act for the subject of a token, as a function of tokens that have been validated and of
// nothing that was only said. [RFC 8693 §1.1, §4.1, §4.4]

namespace mcx::idm {

namespace detail {

[[nodiscard]] constexpr error actor_refusal() noexcept {
    return {errc::actor_refused, access_token::fields::number_of("may_act")};
}

/// The actor that the bearer of an access token would be.
[[nodiscard]] constexpr result<actor> actor_of(
    jwt::validated<access_token_profile> const& token) noexcept {
    if (!token->sub) {
        return actor_refusal();
    }
    return actor{*token->sub, token.signed_by(), token->client_id};
}

}  // namespace detail

/// The actors of a token that is issued for the subject where nobody new acts: those of the subject
/// token, none of them lost. A subject token that says who may act for the subject is for that one:
/// it is refused where the client that presents it is another. Fails: actor_refused.
[[nodiscard]] constexpr result<acting> acting_for(
    jwt::validated<access_token_profile> const& subject) noexcept {
    if (subject->may_act) {
        actor const& may = *subject->may_act;
        bool const is_client = may.sub.view() == subject->client_id.view() &&
                               (!may.iss || *may.iss == subject.signed_by()) &&
                               (!may.client_id || *may.client_id == subject->client_id);
        if (!is_client) {
            return detail::actor_refusal();
        }
    }
    return subject->act.value_or(acting{});
}

/// The same where an actor comes with a token of its own: it becomes the first of the chain. The
/// subject token has to name it as one that may act. Fails: actor_refused (it does not, or the
/// chain would be too long).
[[nodiscard]] constexpr result<acting> acting_for(
    jwt::validated<access_token_profile> const& subject,
    jwt::validated<access_token_profile> const& by) noexcept {
    auto const who = detail::actor_of(by);
    if (!who || !subject->may_act || !who->answers(*subject->may_act) || by->act) {
        return detail::actor_refusal();
    }
    acting made;
    (void)made.chain.push_back(*who);
    for (actor const& before : subject->act.value_or(acting{}).chain) {
        if (!made.chain.push_back(before)) {
            return detail::actor_refusal();
        }
    }
    return made;
}

}  // namespace mcx::idm

#endif
