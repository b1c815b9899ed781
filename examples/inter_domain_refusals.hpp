// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_EXAMPLES_INTER_DOMAIN_REFUSALS_HPP
#define MCX_EXAMPLES_INTER_DOMAIN_REFUSALS_HPP

#include "inter_domain_world.hpp"
#include "print.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

// What each role refuses: every check that TS 33.180 asks of it, put to the proof. What a check
// says of itself is printed; a refusal by another check than the one told fails the program.

namespace demo {

using mcx::errc;

/// What comes by on the way, for the refusals.
struct loot {
    std::string login_query;
    std::string redemption;
    std::string access_token;
    std::string security_token;
    std::string assertion_body;
    std::string bearer_at_b;
};

/// The text with the first occurrence of something replaced; empty: taken away.
inline std::string changed(std::string text, std::string_view what, std::string_view by) {
    auto const at = text.find(what);
    return at == text.npos ? text : text.replace(at, what.size(), by);
}

/// The form without a parameter.
inline std::string without(std::string const& form, std::string_view name) {
    auto const at = form.find(std::string{"&"}.append(name).append("="));
    if (at == form.npos) {
        return form;
    }
    auto const end = std::min(form.find('&', at + 1), form.size());
    return form.substr(0, at) + form.substr(end);
}

/// The token as Mallory would like to have it: her name in it, the signature as it was.
inline std::string with_another_subject(std::string_view token) {
    auto const parts = must(mcx::jws::split(token, oauth::token::max_size));
    char text[4096];
    std::string const claims =
        changed(std::string{must(mcx::base64url::decode_text(parts.payload, text))},
                R"("sub":"alice")", R"("sub":"mallory")");
    std::string payload(mcx::base64url::encoded_size(claims.size()), '\0');
    mcx::base64url::encode(mcx::as_bytes(claims), payload);
    return std::string{parts.header}.append(".").append(payload).append(".").append(
        parts.signature);
}

/// An exchange at A's token endpoint of this token for one for that partner.
inline std::string exchange_request(std::string_view subject_token, std::string_view partner) {
    oauth::token_exchange_request request;
    must(request.resource.push_back(must(mcx::uri::from(partner))));
    request.subject_token = must(oauth::token::from(subject_token));
    request.subject_token_type = oauth::token_types::jwt;
    return must(oauth::write_form(request));
}

/// Claims of A's access token that are right, to make wrong.
inline idm::access_token right_access(world const& w) {
    idm::access_token claims;
    claims.exp = w.clock.now().plus(1h);
    claims.scope = "openid 3gpp:mc:ptt_service";
    claims.client_id = w.at_home.client_id;
    claims.mcptt = w.alice_at_a;
    claims.iss = w.a.domain.iss;
    claims.sub = mcx::subject("alice");
    claims.iat = w.clock.now();
    return claims;
}

inline void play_refusals_of_the_login(world& w, loot const& seen) {
    using request = oauth::authentication_request;
    auto const log_in = [&](std::string_view name, std::string const& query, errc told) {
        show_refusal<no_token, request>(name, a_logs_in(w, query), told);
    };
    title("The primary IdMS refuses, at its authorization endpoint:");
    log_in("a client that is not registered",
           changed(seen.login_query, "client_id=alice-radio", "client_id=mallory"),
           errc::unknown_client);
    log_in("a redirection that is not registered",
           changed(seen.login_query, "radio%3A%2Fback", "radio%3A%2Fevil"),
           errc::redirect_mismatch);
    log_in("a request without PKCE", without(seen.login_query, "code_challenge"),
           errc::parameter_missing);
    log_in("PKCE by another method than S256", changed(seen.login_query, "=S256", "=plain"),
           errc::parameter_value);
    log_in("a scope that the client may not have",
           changed(seen.login_query, "ptt_service", "video_service"), errc::scope_refused);

    title("... and at its token endpoint:");
    show_refusal<no_token, oauth::access_token_request>(
        "a code that is redeemed again", a_answers(w, seen.redemption), errc::replayed);
    show_refusal<no_token, oauth::access_token_request>(
        "a code that nobody has got", a_answers(w, changed(seen.redemption, "&code=", "&code=x")),
        errc::grant_refused);
    std::string const back = must(a_logs_in(w, seen.login_query));
    std::string_view const query = oauth::query_of(std::string_view{back});
    std::string const stolen = "code=" + std::string{query.substr(5, query.find('&') - 5)};
    std::string redemption = seen.redemption;
    auto const at = redemption.find("code=", redemption.find('&'));
    redemption.replace(at, redemption.find('&', at) - at, stolen);
    redemption.resize(redemption.find("code_verifier=") + 14);
    redemption.append(43, 'v');
    show_refusal<no_token, oauth::access_token_request>("a stolen code, without the verifier",
                                                        a_answers(w, redemption),
                                                        errc::code_verifier_mismatch);
    show_refusal<no_token, oauth::access_token_request>(
        "a refresh token that nobody has got",
        a_answers(w, "grant_type=refresh_token&refresh_token=guess"), errc::grant_refused);
}

inline void play_refusals_of_the_primary(world& w, loot const& seen) {
    using profile = idm::access_token_profile;
    using request = oauth::token_exchange_request;
    play_refusals_of_the_login(w, seen);
    std::string_view const b = w.b.domain.address.view();
    auto const exchange = [&](std::string_view name, std::string_view token, errc told) {
        show_refusal<profile, request>(
            name, a_vouches(w, exchange_request(token, b), idm::relation::group), told);
    };
    title("... and, asked for a security token:");
    idm::access_token claims = right_access(w);
    claims.exp = w.clock.now().plus(-1s);
    exchange("an access token that has expired", w.a.issue<profile>(claims), errc::expired);
    exchange("an altered access token", with_another_subject(seen.access_token), errc::signature);
    claims = right_access(w);
    claims.iss = w.b.domain.iss;
    exchange("an access token of another issuer", w.a.issue<profile>(claims),
             errc::issuer_mismatch);
    exchange("an access token signed by another", w.b.issue<profile>(right_access(w)),
             errc::no_such_key);
    exchange("a token of another kind", seen.security_token, errc::claim_missing);
    claims = right_access(w);
    claims.may_act = idm::actor{"deputy", {}, {}};
    exchange("a token that lets somebody else act", w.a.issue<profile>(claims),
             errc::actor_refused);
    std::string const good = w.a.issue<profile>(right_access(w));
    show_refusal<profile, request>(
        "a partner that is not known",
        a_vouches(w, exchange_request(good, w.stranger.domain.address.view())),
        errc::unknown_partner);
    show_refusal<profile, request>(
        "a migration to a partner that is for groups only",
        a_vouches(w, exchange_request(good, b), idm::relation::migration), errc::relation_refused);
    show_refusal<profile, request>("an exchange that names no partner",
                                   a_vouches(w, without(exchange_request(good, b), "resource")),
                                   errc::parameter_missing);
}

/// A security token that is right, for the refusals to make wrong.
inline idm::security_token right_claims(world const& w) {
    idm::security_token claims;
    claims.iss = w.a.domain.iss;
    claims.sub = "alice";
    must(claims.aud.add("alice-radio"));
    must(claims.aud.add(idm::recipient_of(w.b.domain.address)));
    claims.iat = w.clock.now();
    claims.exp = w.clock.now().plus(10min);
    return claims;
}

/// A request for B's token endpoint with this assertion.
inline std::string bearer_request(world const& w, std::string_view assertion,
                                  oauth::scope const& scope) {
    oauth::jwt_bearer_request request;
    request.assertion = must(oauth::token::from(assertion));
    request.client_id = w.at_partners;
    request.scope = scope;
    return must(oauth::write_form(request));
}

inline void play_refused_assertions(world& w, loot const& seen) {
    using profile = idm::security_token_profile;
    auto const present = [&](std::string_view name, std::string_view assertion, errc told) {
        show_refusal<profile>(
            name,
            b_answers(w, bearer_request(w, assertion, "3gpp:mc:ptt_group_management_service")),
            told);
    };
    title("The partner IdMS refuses:");
    idm::security_token claims = right_claims(w);
    claims.iss = w.stranger.domain.iss;
    present("an issuer that it does not trust", w.stranger.issue<profile>(claims),
            errc::unknown_issuer);
    claims = right_claims(w);
    claims.iss = w.c.domain.iss;
    present("issuer C by the key of A", w.a.issue<profile>(claims), errc::no_such_key);
    present("an altered token", with_another_subject(seen.security_token), errc::signature);
    claims = right_claims(w);
    claims.iat = w.clock.now().plus(-20min);
    claims.exp = w.clock.now().plus(-10min);
    present("a token that has expired", w.a.issue<profile>(claims), errc::expired);
    claims = right_claims(w);
    claims.iat = w.clock.now().plus(1min);
    present("a token of the future", w.a.issue<profile>(claims), errc::issued_in_future);
    claims = right_claims(w);
    claims.aud = mcx::audience("alice-radio");
    must(claims.aud.add(idm::recipient_of(w.c.domain.address)));
    present("a token made for another partner", w.a.issue<profile>(claims),
            errc::audience_mismatch);
    claims = right_claims(w);
    claims.aud = mcx::audience(idm::recipient_of(w.b.domain.address));
    present("a token made for no client", w.a.issue<profile>(claims), errc::audience_lacks_client);
    present("a token about nobody", w.a.sign(R"({"iss":"https://idms.county-a.example","sub":""})"),
            errc::claim_value);
    std::string const endless =
        R"({"iss":"https://idms.county-a.example","sub":")" + std::string(256, 'a') + R"("})";
    present("a token about a name of 256 octets", w.a.sign(endless), errc::claim_value);
    present("a token of another kind", w.a.issue<idm::access_token_profile>(right_access(w)),
            errc::claim_prohibited);
}

inline void play_refusals_of_the_partner(world& w, loot const& seen) {
    using profile = idm::security_token_profile;
    using request = oauth::jwt_bearer_request;
    play_refused_assertions(w, seen);
    auto const good = [&](oauth::scope const& scope) {
        return bearer_request(w, w.a.issue<profile>(right_claims(w)), scope);
    };
    oauth::scope const groups{"3gpp:mc:ptt_group_management_service"};
    show_refusal<profile, request>(
        "a client that is not registered here",
        b_answers(w, changed(good(groups), "client_id=visitor", "client_id=unknown")),
        errc::unknown_client);
    show_refusal<profile, request>("scopes that nobody knows", b_answers(w, good("x y")),
                                   errc::scope_refused);
    show_refusal<profile, request>("scopes that visitors do not get",
                                   b_answers(w, good("3gpp:mc:ptt_service")), errc::scope_refused);
    show_refusal<profile, request>("a request without a scope",
                                   b_answers(w, without(good(groups), "scope")),
                                   errc::parameter_missing);
    show_refusal<profile, request>("visitors for another reason than groups",
                                   b_answers(w, good(groups), idm::relation::migration),
                                   errc::relation_refused);
    show_refusal<profile, request>("a token that was used before",
                                   b_answers(w, seen.assertion_body), errc::replayed);
}

inline void play_refusals_of_the_servers(world& w, loot const& seen) {
    using profile = idm::access_token_profile;
    auto const present = [&](std::string_view name, std::string_view token, errc told) {
        show_refusal<profile>(
            name, gms_answers(w, std::string{"Bearer "}.append(token), w.alice_at_b), told);
    };
    title("The partner's group and key management servers refuse:");
    show_refusal<profile>("a request without a bearer token", gms_answers(w, "", w.alice_at_b),
                          errc::bearer_missing);
    show_refusal<profile>("a bearer token that is malformed",
                          gms_answers(w, "Bearer a b", w.alice_at_b), errc::bearer_malformed);
    present("A's access token", w.a.issue<profile>(right_access(w)), errc::no_such_key);
    idm::access_token claims = right_access(w);
    claims.iss = w.a.domain.iss;
    present("a token in the name of another issuer", w.b.issue<profile>(claims),
            errc::issuer_mismatch);
    std::string_view const bearer = std::string_view{seen.bearer_at_b}.substr(7);
    present("an altered token",
            changed(std::string{bearer}, bearer.substr(bearer.size() - 20, 4), "AAAA"),
            errc::signature);
    claims.iss = w.b.domain.iss;
    claims.exp = w.clock.now();
    present("a token that has expired", w.b.issue<profile>(claims), errc::expired);
    present("a token of no client", w.b.sign(R"({"exp":4000000000,"scope":"x"})"),
            errc::claim_missing);
    claims.exp = w.clock.now().plus(1min);
    claims.mcptt = w.alice_at_b;
    present("a token without the scope", w.b.issue<profile>(claims), errc::insufficient_scope);
    claims.scope = "3gpp:mc:ptt_group_management_service";
    claims.mcptt.reset();
    present("a token without an MCPTT ID", w.b.issue<profile>(claims), errc::identity_mismatch);
    show_refusal<profile>("signalling in another's name",
                          gms_answers(w, seen.bearer_at_b, "sip:bob@county-b.example"),
                          errc::identity_mismatch);
}

inline void play_challenge_of_the_servers(world& w, loot const& seen) {
    using profile = idm::access_token_profile;
    idm::access_token claims = right_access(w);
    claims.iss = w.b.domain.iss;
    claims.mcptt = w.alice_at_b;
    claims.scope = "3gpp:mc:ptt_key_management_service";
    std::string const bearer = "Bearer " + w.b.issue<profile>(claims);
    must(kms_answers(w, bearer, w.alice_at_b));
    show_refusal<profile>("the keys of somebody else",
                          kms_answers(w, bearer, "sip:bob@county-b.example"),
                          errc::identity_mismatch);
    auto const refused = kms_answers(w, seen.bearer_at_b, w.alice_at_b);
    show_refusal<profile>("keys to whom may manage groups only", refused, errc::insufficient_scope);

    role::resource_server const server{"https://kms.county-b.example", w.known_in_b};
    auto const challenge =
        must(server.challenge(refused.error(), idm::operations::ptt_key_management));
    show_line(std::to_string(challenge.status()) + ", WWW-Authenticate:");
    show_line(oauth::www_authenticate(challenge));
}

}  // namespace demo

#endif
