// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_SENDERS_HPP
#define MCX_TESTS_SUPPORT_SENDERS_HPP

#include <mcx/role/client_check.hpp>

#include "mock.hpp"
#include "parties.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

// Who sends a request, for tests that are about what is sent.

namespace mcx::test {

inline constexpr auto public_client = role::client_method::none;

/// The clients of the tests, which have nothing to show but one.
inline constexpr std::array<role::registered_client, 8> known_clients{{
    {"radio-at-a", "3gpp:mc:ptt_service", public_client},
    {"radio-at-b", "3gpp:mc:ptt_service", public_client},
    {"deputy-radio", "3gpp:mc:ptt_service", public_client},
    {"visitor-17", "3gpp:mc:ptt_service", public_client},
    {"visitor-29", "3gpp:mc:ptt_service", public_client},
    {"%", "3gpp:mc:ptt_service", public_client},
    {"other", "3gpp:mc:ptt_service", public_client},
    {"console", "3gpp:mc:ptt_service", role::client_method::client_secret_basic},
}};

/// What `client_check` says of the sender of this body, without an Authorization header.
inline result<role::checked_client> sender_of(
    std::string_view body, issuer const& server = domain_a.iss,
    std::span<role::registered_client const> clients = known_clients) {
    trust<credulous> const no_keys;
    role::client_check<credulous> const senders{server, clients, {}, no_keys};
    workspace<credulous> work;
    jwt::bounded_memory<1, fixed_clock> memory{clock_at(0)};
    return senders.of({}, body, work, memory, clock_at(0));
}

/// A known client that says who it is; empty: nobody in particular, who can be a public client.
inline role::checked_client sender(std::string_view id = {}, idm::domain const& at = domain_a) {
    std::string const body = id.empty() ? std::string{} : "client_id=" + std::string{id};
    return certain(sender_of(body, at.iss));
}
inline role::checked_client sender_at_b(std::string_view id = {}) {
    return sender(id, domain_b);
}

}  // namespace mcx::test

#endif
