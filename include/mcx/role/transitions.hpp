// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_TRANSITIONS_HPP
#define MCX_ROLE_TRANSITIONS_HPP

#include <cstdint>
#include <string_view>

// The steps of the client and what the servers do with each message, as data: a test walks over
// every pair of state and input, and tests/tools/transitions.py draws the README's diagram from
// this text. Nothing runs by these tables: the verbs of the roles are what they describe.

namespace mcx::role::transitions {

/// The steps of a client; `away` is before any. [TS 33.180 B.4.2, B.5, B.7]
enum class step : std::uint8_t {
    away,
    authenticating,
    redeeming,
    home,
    refreshing,
    exchanging,
    vouched,
    requesting,
    admitted,
};

/// What a client does or is told. `tokens` is the answer to a login, `refusal` an error document or
/// what a user's agent brings in the place of a code, `nonsense` an answer that is none.
enum class event : std::uint8_t {
    log_in,
    code,
    foreign_code,
    refresh,
    group,
    migration,
    ask,
    bearer,
    tokens,
    security_token,
    access_token,
    refusal,
    nonsense,
};

/// A client in one state goes to another, or stays where it is.
struct row {
    step from;
    event what;
    step to;
    std::string_view clause;
};

/// Every pair for which there is a verb; for any other there is none, and it does not compile.
inline constexpr row client[] = {
    {step::away, event::log_in, step::authenticating, "B.4.2.2"},
    {step::authenticating, event::code, step::redeeming, "B.4.2.3"},
    {step::authenticating, event::foreign_code, step::authenticating, "B.4.2.3"},
    {step::authenticating, event::refusal, step::authenticating, "B.4.2.3"},
    {step::authenticating, event::nonsense, step::authenticating, "B.4.2.3"},
    {step::redeeming, event::tokens, step::home, "B.4.2.5"},
    {step::redeeming, event::security_token, step::redeeming, "B.4.2.5"},
    {step::redeeming, event::access_token, step::redeeming, "B.4.2.5"},
    {step::redeeming, event::refusal, step::redeeming, "B.4.2.5"},
    {step::redeeming, event::nonsense, step::redeeming, "B.4.2.5"},
    {step::home, event::bearer, step::home, "B.10"},
    {step::home, event::refresh, step::refreshing, "B.5"},
    {step::home, event::group, step::exchanging, "C.2 step 5"},
    {step::home, event::migration, step::exchanging, "5.1.4"},
    {step::refreshing, event::tokens, step::home, "B.5"},
    {step::refreshing, event::security_token, step::refreshing, "B.5"},
    {step::refreshing, event::access_token, step::home, "B.5"},
    {step::refreshing, event::refusal, step::refreshing, "B.5"},
    {step::refreshing, event::nonsense, step::refreshing, "B.5"},
    {step::exchanging, event::tokens, step::exchanging, "B.7.3"},
    {step::exchanging, event::security_token, step::vouched, "B.7.3"},
    {step::exchanging, event::access_token, step::exchanging, "B.7.3"},
    {step::exchanging, event::refusal, step::exchanging, "B.7.3"},
    {step::exchanging, event::nonsense, step::exchanging, "B.7.3"},
    {step::vouched, event::ask, step::requesting, "B.7.4"},
    {step::requesting, event::tokens, step::admitted, "B.7.5"},
    {step::requesting, event::security_token, step::requesting, "B.7.5"},
    {step::requesting, event::access_token, step::admitted, "B.7.5"},
    {step::requesting, event::refusal, step::requesting, "B.7.5"},
    {step::requesting, event::nonsense, step::requesting, "B.7.5"},
    {step::admitted, event::bearer, step::admitted, "B.10"},
};

/// What a server is asked: the message, and at the same time the place that takes it.
enum class message : std::uint8_t {
    authentication_request,
    access_token_request,
    refresh_request,
    token_exchange_request,
    jwt_bearer_request,
    bearer_header,
};

/// The place that takes a message, the petition that comes of it, and the verb that says yes. A
/// message at any other place is refused, and every petition has a second verb, which refuses.
struct place {
    message takes;
    std::string_view petition;
    std::string_view yes;
    std::string_view clause;
};

inline constexpr place servers[] = {
    {message::authentication_request, "login_petition", "let_in", "B.4.2.2"},
    {message::access_token_request, "redemption_petition", "redeem", "B.4.2.4"},
    {message::refresh_request, "refresh_petition", "renew", "B.5"},
    {message::token_exchange_request, "exchange_petition", "vouch", "B.7.2"},
    {message::jwt_bearer_request, "admission_petition", "admit", "B.7.4"},
    {message::bearer_header, "admission", "permit", "B.10"},
};

}  // namespace mcx::role::transitions

#endif
