// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_POLICY_HPP
#define MCX_ROLE_POLICY_HPP

#include <mcx/role/partner_idms.hpp>
#include <mcx/role/primary_idms.hpp>
#include <mcx/role/registration.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/domain.hpp>
#include <mcx/idm/scopes.hpp>
#include <mcx/oauth/scope.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// What a deployment allows, as data, and the two decisions as pure functions of a petition and that
// data: nothing is read but tokens that have been verified and the request that brought them. A
// deployment with rules of its own writes a function of its own instead. What a subject token says
// of actors has been decided before there is a petition: idm/delegation.hpp.
// [TS 33.180 5.1.4, B.7, RFC 8693 §2.2, RFC 7523 §3.1]

namespace mcx::role {

/// One value for each relation that a request may have. All three have to be thought of.
template <class T>
class by_relation {
    T unstated_;
    T group_;
    T migration_;

  public:
    constexpr by_relation(T const& unstated, T const& group, T const& migration) noexcept
        : unstated_(unstated), group_(group), migration_(migration) {}

    [[nodiscard]] constexpr T const& at(idm::relation how) const noexcept {
        switch (how) {
            case idm::relation::group:
                return group_;
            case idm::relation::migration:
                return migration_;
            case idm::relation::unstated:
                break;
        }
        return unstated_;
    }
};

/// Whether a way into a domain is used.
enum class way : std::uint8_t { closed, open };

/// A partner to whom a primary vouches for its users. [TS 33.180 B.7.2]
struct known_partner {
    idm::idms_address address;
    by_relation<way> ways;
};

/// What a primary IdMS allows. Borrows its lists.
struct exchange_policy {
    std::span<registered_client const> clients;
    std::span<known_partner const> partners;
    lifetime valid;  ///< of a security token, and no longer than the access token's
};

/// Whether somebody may come in the name of a user.
enum class delegates : std::uint8_t { refused, admitted };

/// What a partner IdMS grants the users of one home at most; no scope: nothing that way.
struct visitor_terms {
    issuer home;
    by_relation<oauth::scope> may_have;
    delegates acting = delegates::refused;
};

/// What a partner IdMS allows. Borrows its lists.
struct admission_policy {
    std::span<registered_client const> clients;  ///< registered *here*
    std::span<visitor_terms const> homes;
    lifetime valid;
};

/// A visitor as this domain knows them.
struct visitor {
    idm::identities ids;
    std::optional<subject> as{};
};

/// What a visitor is given.
struct admission_terms {
    role::grant grant;
    lifetime valid;
};

namespace detail {

/// The tokens for whose service there is an identity.
[[nodiscard]] constexpr oauth::scope with_identities(oauth::scope const& wanted,
                                                     idm::identities const& ids) noexcept {
    oauth::scope kept;
    for (std::string_view const token : wanted) {
        auto const service = idm::service_of(token);
        if (!service || idm::has_identity(ids, *service)) {
            (void)kept.add(*oauth::scope_token::from(token));
        }
    }
    return kept;
}

}  // namespace detail

/// Decides whether a primary vouches, and for how long.
/// Fails: unknown_client, unknown_partner, relation_refused, expired (nothing is left of the access
/// token).
[[nodiscard]] result<lifetime> decide(exchange_question const& asked, exchange_policy const& policy,
                                      Clock auto const& clock) noexcept {
    if (auto const known = find_registered(policy.clients, asked.client()); !known) {
        return known.error();
    }
    auto const partner =
        std::find_if(policy.partners.begin(), policy.partners.end(),
                     [&](known_partner const& p) { return p.address == asked.partner(); });
    if (partner == policy.partners.end()) {
        return errc::unknown_partner;
    }
    if (partner->ways.at(asked.relation()) != way::open) {
        return errc::relation_refused;
    }
    std::chrono::seconds const left{asked.access_expires().seconds - clock.now().seconds};
    auto const valid = lifetime::from(std::min(policy.valid.value(), left));
    if (!valid) {
        return errc::expired;
    }
    return valid;
}

/// Decides what a partner grants a user of another domain: what was requested, is known here, and
/// is allowed to the client and to users who come from there that way.
/// Fails: unknown_client, unknown_issuer (no terms for the home), relation_refused, actor_refused,
/// scope_refused (no known scope requested, or nothing left of it).
[[nodiscard]] inline result<admission_terms> decide(admission_petition const& asked,
                                                    admission_policy const& policy,
                                                    visitor const& who) noexcept {
    auto const client = find_registered(policy.clients, asked.client());
    if (!client) {
        return client.error();
    }
    auto const terms = std::find_if(policy.homes.begin(), policy.homes.end(),
                                    [&](visitor_terms const& t) { return t.home == asked.home(); });
    if (terms == policy.homes.end()) {
        return errc::unknown_issuer;
    }
    oauth::scope const& may_have = terms->may_have.at(asked.relation());
    if (may_have.empty()) {
        return errc::relation_refused;
    }
    if (!asked.actors().empty() && terms->acting != delegates::admitted) {
        return errc::actor_refused;
    }
    oauth::scope const& wanted = asked.requested().empty() ? may_have : asked.requested();
    oauth::scope const granted = detail::with_identities(
        idm::common(idm::common(wanted, may_have), client->may_have), who.ids);
    if (!idm::names_known_scope(granted)) {
        return errc::scope_refused;
    }
    return admission_terms{{granted, who.ids, who.as}, policy.valid};
}

}  // namespace mcx::role

#endif
