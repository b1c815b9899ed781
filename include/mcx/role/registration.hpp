// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_REGISTRATION_HPP
#define MCX_ROLE_REGISTRATION_HPP

#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/idm/identity.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/oauth/redirect.hpp>
#include <mcx/oauth/scope.hpp>
#include <mcx/oauth/token.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Which clients are registered with an IdMS, and what is granted to a user through one of them.
// [TS 33.180 B.2.2, B.3, B.6]

namespace mcx::role {

/// How a client shows who it is at the token endpoint: not at all (a public client, which has PKCE
/// for its codes), by a secret in the header, by an assertion that it signs.
/// [RFC 8414 §2, TS 33.180 B.4.2.4, B.5]
enum class client_method : std::uint8_t { none, client_secret_basic, private_key_jwt };

/// A method that somebody has stated: there is none by default.
class stated_method {
    client_method method_;

  public:
    constexpr stated_method(client_method method) noexcept : method_(method) {}

    friend constexpr bool operator==(stated_method const&, stated_method const&) = default;
};

/// A client that is registered with an IdMS: what it may ask for at most, how it shows who it is,
/// and where, at home, its users may be sent back to. [TS 33.180 B.3, B.6]
struct registered_client {
    oauth::client_id id;
    oauth::scope may_have;
    stated_method by;
    list<oauth::redirect_uri, 4> redirects{};
};

/// Finds a registered client. Fails: unknown_client.
[[nodiscard]] constexpr result<registered_client> find_registered(
    std::span<registered_client const> clients, oauth::client_id const& id) noexcept {
    auto const found = std::find_if(clients.begin(), clients.end(),
                                    [&](registered_client const& c) { return c.id == id; });
    if (found == clients.end()) {
        return errc::unknown_client;
    }
    return *found;
}

/// What a policy grants to a user.
struct grant {
    oauth::scope scope;         ///< of what was requested
    idm::identities ids;        ///< the user's MC service IDs in this domain [TS 33.180 B.2.2.3]
    std::optional<subject> as;  ///< the user, as this domain names them
};

/// Checks that a grant is within what was requested, and has the user's identity for every service
/// of which it has a scope. Fails: value_empty (no scope), scope_not_requested,
/// identity_not_granted.
[[nodiscard]] constexpr result<void> check_grant(grant const& granted,
                                                 oauth::scope const& requested) noexcept {
    if (granted.scope.empty()) {
        return errc::value_empty;
    }
    if (!granted.scope.within(requested)) {
        return errc::scope_not_requested;
    }
    for (std::string_view const token : granted.scope) {
        auto const service = idm::service_of(token);
        if (service && !idm::has_identity(granted.ids, *service)) {
            return errc::identity_not_granted;
        }
    }
    return {};
}

}  // namespace mcx::role

#endif
