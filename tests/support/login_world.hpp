// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_LOGIN_WORLD_HPP
#define MCX_TESTS_SUPPORT_LOGIN_WORLD_HPP

#include <mcx/role/client_check.hpp>
#include <mcx/role/login.hpp>
#include <mcx/role/primary_login.hpp>
#include <mcx/role/primary_token.hpp>

#include "mock.hpp"
#include "parties.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

// A user of A logs in through a client of A, step by step; a test stops where it likes.

namespace mcx::test {

inline role::client::account const account_a{domain_a.iss, "https://idms.a.example/authorize",
                                             domain_a.token_endpoint, "radio-at-a",
                                             "org.example.radio:/back"};
inline constexpr oauth::redirect_uri redirect_a{"org.example.radio:/back"};

inline role::registered_client registered_radio() {
    role::registered_client made{"radio-at-a", "3gpp:mc:ptt_service 3gpp:mc:data_service",
                                 role::client_method::none};
    contract(made.redirects.push_back(redirect_a).has_value());
    return made;
}

inline oauth::login_scope login_scope() {
    return certain(oauth::login_scope::from("openid 3gpp:mc:ptt_service"));
}

inline role::logged_in alice() {
    role::logged_in made;
    made.sub = subject("alice");
    made.grant.scope = "openid 3gpp:mc:ptt_service";
    made.grant.ids.mcptt = idm::mcptt_id("sip:alice@a.example");
    made.acr = idm::password_context;
    return made;
}

/// A's two endpoints for its own users, and the client.
struct login_world {
    using B = credulous;

    std::array<role::registered_client, 1> clients{registered_radio()};
    role::primary_login authorization{clients};
    trust<B> client_keys;
    role::client_check<B> senders{domain_a.iss, clients, {}, client_keys};
    role::primary_token<B> tokens{domain_a};
    signing_key<es256, B> key =
        certain(signing_key<es256, B>::from(rfc_example<es256>::private_key(), "a-1"));
    counted_random random;
    trust<B> idms = trusting<B>({issuer_a});
    workspace<B> work;
    jwt::bounded_memory<8, fixed_clock> used{clock_at(0)};

    [[nodiscard]] auto with() {
        return role::issuance{key, random, lifetime(std::chrono::hours{1})};
    }
    [[nodiscard]] auto begin(role::client::manner const& how = {}) {
        return role::client::authenticating::begin<hashing<B, mcx::sha256>>(
            account_a, login_scope(), random, how);
    }
    /// Who sends a body without an Authorization header.
    [[nodiscard]] auto sender(std::string_view body = "client_id=radio-at-a") const {
        workspace<B> own_work;
        jwt::bounded_memory<1, fixed_clock> own_memory{clock_at(0)};
        return senders.of({}, body, own_work, own_memory, clock_at(0));
    }
    /// What the authorization endpoint says to where the client sent the user's agent.
    [[nodiscard]] auto code_for(role::client::authenticating const& state) {
        std::string const location = certain(state.location());
        return certain(authorization.receive(oauth::query_of(std::string_view{location})))
            .let_in(alice(), lifetime(std::chrono::minutes{1}), random, clock_at(0));
    }
    /// What the token endpoint says to a redemption.
    [[nodiscard]] result<role::issued_tokens> redeem(std::string_view body,
                                                     role::code_record const& of,
                                                     fixed_clock clock = clock_at(1)) {
        auto const by = sender(body);
        if (!by) {
            return by.error();
        }
        auto const petition = tokens.receive_code(body, *by);
        if (!petition) {
            return petition.error();
        }
        auto const proof = jwt::consume(used, petition->replay(clock));
        if (!proof) {
            return proof.error();
        }
        return petition->redeem(of, with(), *proof, clock);
    }
    [[nodiscard]] result<role::client::home> received(role::client::redeeming const& state,
                                                      oauth::token_response const& response,
                                                      fixed_clock clock = clock_at(1)) {
        std::string const body = certain(oauth::write_json(response));
        return state.receive({200, oauth::json_media_type, body}, idms, work, clock);
    }
};

/// The query of a location.
inline std::string query_in(std::string_view location) {
    return std::string{oauth::query_of(location)};
}

}  // namespace mcx::test

#endif
