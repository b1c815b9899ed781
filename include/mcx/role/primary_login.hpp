// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_PRIMARY_LOGIN_HPP
#define MCX_ROLE_PRIMARY_LOGIN_HPP

#include <mcx/role/registration.hpp>

#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/jwt/registered.hpp>
#include <mcx/oauth/authorization.hpp>
#include <mcx/oauth/authorization_response.hpp>
#include <mcx/oauth/fresh.hpp>
#include <mcx/oauth/message.hpp>
#include <mcx/oauth/redirect.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// The authorization endpoint of a primary IdMS: receives an authentication request, checks that the
// client and the place to return to are registered and that the request is protected by PKCE, and
// stops with a petition. How the user is asked for a password is the deployment's. What the code
// yields is in role/primary_token.hpp. [TS 33.180 B.4.2.2, B.4.2.3]

namespace mcx::role {

/// The longest time for which a code may be redeemed. [RFC 6749 §4.1.2]
inline constexpr std::chrono::seconds max_code_lifetime{600};

/// A user that has shown who they are, and what is granted to the client.
struct logged_in {
    subject sub;
    role::grant grant;
    std::optional<authentication_context> acr{};  ///< how; none: not said
    std::optional<instant> at{};                  ///< when; none: just now
};

/// What the server keeps of a code until it is redeemed. Whoever keeps it finds it by the code.
struct code_record {
    oauth::client_id client;
    oauth::redirect_uri redirect;
    oauth::code_challenge challenge;
    oauth::nonce nonce;  ///< empty: the request had none
    logged_in user;
    instant login;
    instant until;
};

/// A code on its way to the client: where to send the user's agent, and what to keep.
struct issued_code {
    oauth::authorization_code code;
    std::string location;
    code_record record;
};

/// A client asks that its user be logged in. Everything that the request can show has been checked;
/// who the user is, is for the deployment. Only `primary_login::receive` makes one.
class login_petition {
    oauth::authentication_request request_;

    friend class primary_login;
    explicit login_petition(oauth::authentication_request const& request) noexcept
        : request_(request) {}

  public:
    [[nodiscard]] oauth::client_id const& client() const noexcept { return request_.client_id; }
    [[nodiscard]] oauth::scope const& requested() const noexcept { return request_.scope.scope(); }
    /// Ways to log in, the client's favourite first.
    [[nodiscard]] oauth::acr_values const& contexts() const noexcept { return request_.acr_values; }

    /// How long ago the user may have logged in; none: at any time.
    [[nodiscard]] std::optional<std::chrono::seconds> max_age() const noexcept {
        return oauth::seconds_of(request_.max_age);
    }
    /// What the user is to be asked. Where it is `none` and the user is not logged in, the lawful
    /// answer is `refuse(errc::login_required)`. [OpenID Connect Core §3.1.2.1]
    [[nodiscard]] oauth::prompt const& prompt() const noexcept { return request_.prompt; }

    /// Lets the client have a code, for `valid` or for `max_code_lifetime` where that is shorter.
    /// Fails: as `check_grant`; value_empty (no subject), login_required (the user logged in longer
    /// ago than the client asks for), random_unavailable.
    [[nodiscard]] result<issued_code> let_in(logged_in const& user, lifetime valid,
                                             Random auto& random, Clock auto const& clock) const {
        if (user.sub.empty()) {
            return errc::value_empty;
        }
        if (auto const checked = check_grant(user.grant, requested()); !checked) {
            return checked.error();
        }
        instant const now = clock.now();
        instant const login = user.at.value_or(now);
        if (auto const age = max_age(); age && login.plus(*age) < now) {
            return errc::login_required;
        }
        auto const code = oauth::fresh<oauth::authorization_code>(random);
        if (!code) {
            return code.error();
        }
        auto location = oauth::location(request_.redirect_uri,
                                        oauth::authentication_response{*code, request_.state, {}});
        if (!location) {
            return location.error();
        }
        return issued_code{*code, *std::move(location),
                           code_record{request_.client_id, request_.redirect_uri,
                                       request_.code_challenge, request_.nonce, user, login,
                                       now.plus(std::min(valid.value(), max_code_lifetime))}};
    }

    /// Where to send the user's agent with a refusal. Fails: as `oauth::answer_to`.
    [[nodiscard]] result<std::string> refuse(errc reason) const {
        return oauth::answer_to(reason, path()).and_then([&](auto const& answer) {
            return oauth::location(request_.redirect_uri, answer);
        });
    }

  private:
    [[nodiscard]] oauth::return_path path() const noexcept {
        return {request_.client_id, request_.redirect_uri, request_.state};
    }
};

/// The authorization endpoint of a domain. Borrows the list of its clients.
class primary_login {
    std::span<registered_client const> clients_;

  public:
    explicit primary_login(std::span<registered_client const> clients) noexcept
        : clients_(clients) {}

    /// Receives the query of an authentication request.
    /// Fails: unknown_client, redirect_mismatch (not one of the client's, octet for octet): then
    /// the user's agent is not sent anywhere; scope_refused (more than the client may have); as
    /// `oauth::parse_form`, so that a request without `code_challenge` is parameter_missing and one
    /// by another method than S256 parameter_value. `where` is the parameter's number in the
    /// request.
    [[nodiscard]] result<login_petition> receive(std::string_view query) const {
        auto const client = returnable(query);
        if (!client) {
            return client.error();
        }
        auto const request = oauth::parse_form<oauth::authentication_request>(query);
        if (!request) {
            return request.error();
        }
        for (std::string_view const token : request->scope.scope()) {
            if (token != "openid" && !client->may_have.contains(token)) {
                return error{errc::scope_refused,
                             oauth::authentication_request::fields::number_of("scope")};
            }
        }
        return login_petition{*request};
    }

    /// Where to send the user's agent with the refusal of a request.
    /// Fails: unknown_client, redirect_mismatch, as `oauth::parse_form`: then it is told the user
    /// and nobody is sent anywhere; as `oauth::answer_to`.
    [[nodiscard]] result<std::string> refuse(std::string_view query, error reason) const {
        auto const client = returnable(query);
        if (!client) {
            return client.error();
        }
        auto const path = oauth::parse_form<oauth::return_path>(query);
        return oauth::answer_to(reason, *path).and_then([&](auto const& answer) {
            return oauth::location(path->redirect_uri, answer);
        });
    }

  private:
    /// The client of a request that may be answered at the place it names.
    [[nodiscard]] result<registered_client> returnable(std::string_view query) const {
        using fields = oauth::authentication_request::fields;
        auto const path = oauth::parse_form<oauth::return_path>(query);
        if (!path) {
            // The parameter's number is the request's, not that of the part of it read here.
            error const e = path.error();
            return error{e.code, fields::number_of(oauth::return_path::fields::name_of(e.where)),
                         e.offset};
        }
        auto client = find_registered(clients_, path->client_id);
        if (client && !client->redirects.contains(path->redirect_uri)) {
            return error{errc::redirect_mismatch, fields::number_of("redirect_uri")};
        }
        return client;
    }
};

}  // namespace mcx::role

#endif
