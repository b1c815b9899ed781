// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_CLIENT_CHECK_HPP
#define MCX_ROLE_CLIENT_CHECK_HPP

#include <mcx/role/registration.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/grant/client_assertion.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/replay.hpp>
#include <mcx/oauth/client_authentication.hpp>

#include <algorithm>
#include <span>
#include <string_view>
#include <variant>

// Who sends a token request: the first thing that a token endpoint finds out, whatever the grant.
// It makes a proof without which no request for tokens is received. A client is known by the one
// method with which it is registered, and by no other. [TS 33.180 B.4.2.4, B.5, RFC 6749 §2.3, RFC
// 7523 §3]

namespace mcx::role {

namespace detail {

struct client_checking;

class checked_passkey {
    friend struct client_checking;
    constexpr checked_passkey() = default;
};

}  // namespace detail

/// The proof that the sender of a request is who it says, or that it has said nothing and can be a
/// public client only. Only `client_check::of` makes one. Borrows the list of clients.
class checked_client {
    issuer server_;
    std::span<registered_client const> clients_;
    oauth::client_id id_;

  public:
    constexpr checked_client(issuer const& server, std::span<registered_client const> clients,
                             oauth::client_id const& id, detail::checked_passkey) noexcept
        : server_(server), clients_(clients), id_(id) {}

    /// The client; empty: a public one that has not named itself.
    [[nodiscard]] constexpr oauth::client_id const& id() const noexcept { return id_; }

    /// Tells whether this server has made the proof. Fails: client_proof_mismatch.
    [[nodiscard]] constexpr result<void> checked_at(issuer const& server) const noexcept {
        return server_ == server ? result<void>{} : errc::client_proof_mismatch;
    }

    /// Tells whether the sender may act as this client: it is the client, or nobody in particular
    /// where the client is one that need not show anything. Fails: client_mismatch; unknown_client,
    /// client_authentication_refused (a client that has to show something).
    [[nodiscard]] constexpr result<void> vouches_for(oauth::client_id const& who) const noexcept {
        if (!id_.empty()) {
            return id_ == who ? result<void>{} : errc::client_mismatch;
        }
        auto const client = find_registered(clients_, who);
        if (!client) {
            return client.error();
        }
        return client->by == client_method::none ? result<void>{}
                                                 : errc::client_authentication_refused;
    }

    /// The client of a request that names this one, or none: the sender, or else the one named.
    /// Fails: parameter_missing (nobody says); as `vouches_for`.
    [[nodiscard]] constexpr result<oauth::client_id> named(
        oauth::client_id const& who) const noexcept {
        oauth::client_id const& client = who.empty() ? id_ : who;
        if (client.empty()) {
            return errc::parameter_missing;
        }
        return vouches_for(client).and_then([&] { return result<oauth::client_id>{client}; });
    }
};

namespace detail {

struct client_checking {
    [[nodiscard]] static constexpr checked_client made(issuer const& server,
                                                       std::span<registered_client const> clients,
                                                       oauth::client_id const& id) noexcept {
        return {server, clients, id, checked_passkey{}};
    }
};

}  // namespace detail

/// How a server knows its clients. Borrows the list of them, the secrets of those that have one (a
/// client has two while they are changed), and the keys of those that sign, each under the client's
/// id for an issuer.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
    requires Digests<B, sha256>
class client_check {
    issuer self_;
    std::span<registered_client const> clients_;
    std::span<oauth::secret_client const> secrets_;
    trust<B, As> const* keys_;
    leeway skew_;

  public:
    /// `self` is the server's own issuer identifier: the one audience of an assertion.
    client_check(issuer const& self, std::span<registered_client const> clients,
                 std::span<oauth::secret_client const> secrets, trust<B, As> const& keys,
                 leeway skew = {}) noexcept
        : self_(self), clients_(clients), secrets_(secrets), keys_(&keys), skew_(skew) {}
    client_check(issuer const&, std::span<registered_client const>,
                 std::span<oauth::secret_client const>, trust<B, As>&&, leeway = {}) = delete;

    /// Checks who sends a token request, from the value of its Authorization header (empty: none)
    /// and its body. An assertion is used up in `used`, as the last thing.
    /// `oauth::answer_to_client` makes the answer to a failure.
    /// Fails: as `oauth::read_client`; unknown_client; client_authentication_refused (another
    /// method than the registered one, a wrong secret); as `grant::authenticate`, `jwt::consume`.
    template <AlgorithmSet Ws>
    [[nodiscard]] result<checked_client> of(std::string_view authorization, std::string_view body,
                                            workspace<B, Ws>& work, jwt::ReplayMemory auto& used,
                                            Clock auto const& clock) const {
        auto const said = oauth::read_client(authorization, body);
        if (!said) {
            return said.error();
        }
        if (auto const* const open = std::get_if<oauth::public_client>(&*said)) {
            return open->id.empty() ? detail::client_checking::made(self_, clients_, {})
                                    : known(open->id, client_method::none);
        }
        if (auto const* const sharing = std::get_if<oauth::secret_client>(&*said)) {
            auto client = known(sharing->id, client_method::client_secret_basic);
            return !client ||
                           std::find(secrets_.begin(), secrets_.end(), *sharing) != secrets_.end()
                       ? client
                       : errc::client_authentication_refused;
        }
        auto const signer = mcx::grant::authenticate(std::get<oauth::asserting_client>(*said),
                                                     *keys_, work, self_, clock, skew_);
        if (!signer) {
            return signer.error();
        }
        auto client = known(signer->id(), client_method::private_key_jwt);
        if (!client) {
            return client;
        }
        auto const first = jwt::consume(used, signer->replay());
        return first ? client : first.error();
    }

  private:
    [[nodiscard]] result<checked_client> known(oauth::client_id const& id,
                                               client_method by) const noexcept {
        auto const client = find_registered(clients_, id);
        if (!client) {
            return client.error();
        }
        if (client->by != by) {
            return errc::client_authentication_refused;
        }
        return detail::client_checking::made(self_, clients_, id);
    }
};

}  // namespace mcx::role

#endif
