// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_CLIENT_TOKEN_HPP
#define MCX_ROLE_CLIENT_TOKEN_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/mc/user_profile.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/token.hpp>
#include <mcx/oauth/token_response.hpp>

#include <utility>

// What the client's steps are made of: how it is registered at home and with a partner, and tokens
// that are not sent past their time.

namespace mcx::role::client {

/// The client as its primary IdMS has registered it, and where that IdMS is. [TS 33.180 B.3]
struct account {
    issuer iss;
    https_uri authorization_endpoint;
    https_uri token_endpoint;
    oauth::client_id client_id;
    oauth::redirect_uri redirect_uri;

    friend constexpr bool operator==(account const&, account const&) = default;
};

/// A partner domain as the client knows it: where its IdMS is, and under which id the client is
/// registered there. [TS 33.180 B.6, C.2 step 5]
struct partner {
    idm::idms_address address;
    https_uri token_endpoint;
    oauth::client_id client_id;

    /// The partner that a user profile names. The address is the one that the operator has told, or
    /// else the token endpoint's. [TS 24.484, TS 33.180 C.2 step 5]
    /// Fails: value_empty (no client id), value_too_long (an endpoint that is no address).
    [[nodiscard]] static constexpr result<partner> named_by(
        mc::group_server_info const& profile, oauth::client_id const& registered_as,
        idm::idms_address const& address = {}) noexcept {
        if (registered_as.empty() || profile.idms_token_endpoint.empty()) {
            return errc::value_empty;
        }
        auto const to = address.empty() ? profile.address() : result<idm::idms_address>{address};
        if (!to) {
            return to.error();
        }
        return partner{*to, profile.idms_token_endpoint, registered_as};
    }

    friend constexpr bool operator==(partner const&, partner const&) = default;
};

/// A token and the instant from which on it must not be sent. [TS 33.180 B.12]
class dated_token {
    oauth::token token_;
    instant expires_;

    dated_token(oauth::token token, instant expires) noexcept
        : token_(std::move(token)), expires_(expires) {}

  public:
    /// Takes the token of a response; `expires_in` counts from the clock given.
    /// Fails: member_missing (no `expires_in`: such a token could never be sent).
    [[nodiscard]] static result<dated_token> from(oauth::token_response const& response,
                                                  Clock auto const& clock) {
        if (!response.expires_in) {
            return error{errc::member_missing,
                         oauth::token_response::fields::number_of("expires_in")};
        }
        return dated_token{response.access_token, clock.now().plus(response.expires_in->value())};
    }

    /// The token, if it may still be sent. Fails: token_expired_here.
    [[nodiscard]] result<oauth::token> usable(Clock auto const& clock) const {
        if (clock.now() >= expires_) {
            return errc::token_expired_here;
        }
        return token_;
    }

    [[nodiscard]] instant expires() const noexcept { return expires_; }
};

}  // namespace mcx::role::client

#endif
