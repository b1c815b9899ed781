// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_GRANT_CLIENT_ASSERTION_HPP
#define MCX_GRANT_CLIENT_ASSERTION_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/parse.hpp>
#include <mcx/jwt/profile.hpp>
#include <mcx/jwt/replay.hpp>
#include <mcx/jwt/validate.hpp>
#include <mcx/jwt/verify.hpp>
#include <mcx/oauth/client_authentication.hpp>
#include <mcx/oauth/token.hpp>

#include <chrono>
#include <optional>
#include <string_view>

// Assertions by which a client authenticates, `private_key_jwt`: their only audience is the issuer
// identifier of the server, so that none that was made for one server is good at another
// [RFC 7523 §2.2, §3, draft-ietf-oauth-rfc7523bis]. Those signed with a shared secret are not
// here.

namespace mcx::grant {

/// The token says nothing, or that it is a JWT, or what new clients say.
/// [draft-ietf-oauth-rfc7523bis]
struct client_assertion_typ {
    static constexpr std::string_view written = "client-authentication+jwt";
    [[nodiscard]] static constexpr bool accepts(std::string_view typ) noexcept {
        return jwt::typ_is<"client-authentication+jwt">::accepts(typ) ||
               jwt::typ_is<"JWT">::accepts(typ);
    }
    [[nodiscard]] static constexpr bool accepts_absent() noexcept { return true; }
};

/// What a client says of itself: issuer and subject are its id. [RFC 7523 §3]
struct client_assertion {
    issuer iss;
    subject sub;
    audience aud;
    instant exp;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<jwt_id> jti;

    using fields =
        claim_list<required<"iss", &client_assertion::iss>, required<"sub", &client_assertion::sub>,
                   required<"aud", &client_assertion::aud>, required<"exp", &client_assertion::exp>,
                   optional<"nbf", &client_assertion::nbf>, optional<"iat", &client_assertion::iat>,
                   optional<"jti", &client_assertion::jti>>;

    friend constexpr bool operator==(client_assertion const&, client_assertion const&) = default;
};

/// Client assertions as a token endpoint receives them. [RFC 7523 §3]
struct client_assertion_profile {
    using claims = client_assertion;
    using algorithms = signature_algorithms;
    using typ = client_assertion_typ;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::sole_audience;
    static constexpr jwt::limits limits{.lifetime = std::chrono::hours{1}};
};

static_assert(jwt::Profile<client_assertion_profile>);

/// The claims of an assertion by which a client authenticates once to one server. Where the client,
/// the server or the id has no name, neither has the claim, and `jwt::issue` refuses it.
[[nodiscard]] constexpr client_assertion claims_of(oauth::client_id const& client,
                                                   issuer const& server, jwt_id const& id,
                                                   lifetime valid,
                                                   Clock auto const& clock) noexcept {
    static_assert(oauth::client_id::max_size <= issuer::max_size);
    client_assertion made;
    made.iss = issuer::from(client.view()).value_or(issuer{});
    made.sub = subject::from(client.view()).value_or(subject{});
    made.aud = audience{recipient::from(server.view()).value_or(recipient{})};
    made.iat = clock.now();
    made.exp = made.iat->plus(valid.value());
    made.jti = id;
    return made;
}

namespace detail {

struct client_check;

class client_passkey {
    friend struct client_check;
    oauth::client_id const& id_;
    jwt::first_use const& use_;
    constexpr client_passkey(oauth::client_id const& id, jwt::first_use const& use) noexcept
        : id_(id), use_(use) {}

  public:
    [[nodiscard]] constexpr oauth::client_id const& id() const noexcept { return id_; }
    [[nodiscard]] constexpr jwt::first_use const& use() const noexcept { return use_; }
};

}  // namespace detail

/// A client whose assertion holds here and now.
class authenticated_client {
    oauth::client_id id_;
    jwt::first_use replay_;

  public:
    constexpr explicit authenticated_client(detail::client_passkey const& key) noexcept
        : id_(key.id()), replay_(key.use()) {}

    [[nodiscard]] constexpr oauth::client_id const& id() const noexcept { return id_; }
    /// What has to be remembered for the assertion to be used once: see `jwt::consume`.
    [[nodiscard]] constexpr jwt::first_use const& replay() const noexcept { return replay_; }
};

namespace detail {

struct client_check {
    [[nodiscard]] static result<authenticated_client> run(
        jwt::single_use<client_assertion_profile> const& token,
        oauth::client_id const& named) noexcept {
        auto const& claims = token.claims();
        using fields = client_assertion::fields;
        if (claims->sub.view() != claims->iss.view()) {
            return error{errc::subject_refused, fields::number_of("sub")};
        }
        auto const id = oauth::client_id::from(claims->iss.view());
        if (!id) {
            return error{errc::claim_value, fields::number_of("iss")};
        }
        if (!named.empty() && named != *id) {
            return error{errc::client_mismatch, fields::number_of("iss")};
        }
        return authenticated_client{client_passkey{*id, token.replay()}};
    }
};

}  // namespace detail

/// Checks the assertion of a client. `clients` holds the keys of each client under its id as the
/// issuer; `self` is the server's own issuer identifier, the one audience that is accepted.
/// `oauth::answer_to_client` makes the answer to a failure.
/// Fails: value_empty (`self`); as `jwt::accept`; subject_refused (not the issuer); client_mismatch
/// (the request names another client); backend. [RFC 7523 §3]
template <class B, AlgorithmSet As, AlgorithmSet Ws>
    requires Digests<B, sha256>
[[nodiscard]] result<authenticated_client> authenticate(oauth::asserting_client const& client,
                                                        trust<B, As> const& clients,
                                                        workspace<B, Ws>& work, issuer const& self,
                                                        Clock auto const& clock,
                                                        leeway skew = {}) noexcept {
    auto const to = recipient::from(self.view());
    if (!to) {
        return to.error();
    }
    auto const token =
        jwt::parse<client_assertion_profile>(client.assertion.view())
            .and_then(jwt::verify(clients, work))
            .and_then(jwt::validate_once<hashing<B, sha256>>({.to = *to, .skew = skew}, clock));
    if (!token) {
        return token.error();
    }
    return detail::client_check::run(*token, client.id);
}
template <class B, AlgorithmSet As, AlgorithmSet Ws>
result<authenticated_client> authenticate(oauth::asserting_client const&, trust<B, As>&&,
                                          workspace<B, Ws>&, issuer const&, Clock auto const&,
                                          leeway = {}) = delete;

}  // namespace mcx::grant

#endif
