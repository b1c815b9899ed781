// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_AUTHORISED_IDENTITY_HPP
#define MCX_IDM_AUTHORISED_IDENTITY_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/oauth/scope.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

// Two terms of TS 33.180 clause 3.1 as types. An authorised identity is an MC service ID that
// carries its authorisation; only an access token that has been validated makes one. Privileged
// signalling is intrusive on a target without the target's leave; only an authorised identity, a
// target and a named action make it. Neither is made from text. How the signal travels is not here,
// nor whether the user profile allows it: that is the caller's question, asked of a typed value.

namespace mcx::idm {

/// An MC service ID with the scopes that a validated access token grants it. [TS 33.180 3.1]
template <ServiceId Id>
class authorised_identity {
    Id id_;
    oauth::scope scope_;
    oauth::client_id client_;
    instant until_;

    constexpr authorised_identity(Id const& id, access_token const& token) noexcept
        : id_(id), scope_(token.scope), client_(token.client_id), until_(token.exp) {}

  public:
    /// Fails: identity_mismatch (the token has no such identity).
    [[nodiscard]] static constexpr result<authorised_identity> of(
        jwt::validated<access_token_profile> const& token) noexcept {
        identities const ids = identities_of(token.claims());
        std::optional<Id> const& id = id_of<Id>(ids);
        if (!id) {
            return errc::identity_mismatch;
        }
        return authorised_identity{*id, token.claims()};
    }

    [[nodiscard]] constexpr Id const& id() const noexcept { return id_; }
    [[nodiscard]] constexpr oauth::scope const& scope() const noexcept { return scope_; }
    [[nodiscard]] constexpr oauth::client_id const& client() const noexcept { return client_; }
    /// The instant from which on it authorises nothing any more.
    [[nodiscard]] constexpr instant until() const noexcept { return until_; }

    friend constexpr bool operator==(authorised_identity const&,
                                     authorised_identity const&) = default;
};

/// Something intrusive that can be done to a target's client, by its name; and the scope without
/// which nobody does it.
template <ServiceId Id>
class intrusive_action {
    std::string_view name_;
    oauth::scope_token needs_;

  public:
    template <std::size_t N>
    consteval intrusive_action(char const (&name)[N], oauth::scope_token const& needs)
        : name_(name, N - 1), needs_(needs) {}

    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr oauth::scope_token const& needs() const noexcept { return needs_; }

    friend constexpr bool operator==(intrusive_action const&, intrusive_action const&) = default;
};

/// The actions that MC services know.
namespace actions {

inline constexpr intrusive_action<mcptt_id> ambient_listening{"ambient listening",
                                                              scopes::ptt_service};
inline constexpr intrusive_action<mcptt_id> remotely_initiated_call{"remotely initiated call",
                                                                    scopes::ptt_service};
inline constexpr intrusive_action<mcptt_id> group_selection{"remote group selection",
                                                            scopes::ptt_service};
inline constexpr intrusive_action<mcvideo_id> ambient_viewing{"ambient viewing",
                                                              scopes::video_service};
inline constexpr intrusive_action<mcvideo_id> remotely_initiated_video{"remotely initiated video",
                                                                       scopes::video_service};

}  // namespace actions

/// Signalling of an authorised user that is intrusive on a target. [TS 33.180 3.1]
template <ServiceId Id>
class privileged_signal {
    authorised_identity<Id> by_;
    Id target_;
    intrusive_action<Id> action_;

    constexpr privileged_signal(authorised_identity<Id> const& by, Id const& target,
                                intrusive_action<Id> const& action) noexcept
        : by_(by), target_(target), action_(action) {}

  public:
    /// Fails: value_empty (no target), insufficient_scope, expired (the identity is past its time).
    [[nodiscard]] static constexpr result<privileged_signal> to(authorised_identity<Id> const& by,
                                                                Id const& target,
                                                                intrusive_action<Id> const& action,
                                                                Clock auto const& clock) noexcept {
        if (target.empty()) {
            return errc::value_empty;
        }
        if (!grants(by.scope(), action.needs())) {
            return errc::insufficient_scope;
        }
        if (clock.now() >= by.until()) {
            return errc::expired;
        }
        return privileged_signal{by, target, action};
    }

    [[nodiscard]] constexpr authorised_identity<Id> const& by() const noexcept { return by_; }
    [[nodiscard]] constexpr Id const& target() const noexcept { return target_; }
    [[nodiscard]] constexpr intrusive_action<Id> const& action() const noexcept { return action_; }

    friend constexpr bool operator==(privileged_signal const&, privileged_signal const&) = default;
};

}  // namespace mcx::idm

#endif
