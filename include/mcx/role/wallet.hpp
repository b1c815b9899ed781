// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_WALLET_HPP
#define MCX_ROLE_WALLET_HPP

#include <mcx/role/client.hpp>

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/idm/identity.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

// What a client keeps of many partner domains: one security token and one access token for each,
// never those of one for another. [TS 33.180 5.1.4.2, B.7.1, B.12]

namespace mcx::role::client {

/// The tokens of at most N partner domains, told apart by address. Tokens are moved in and nothing
/// grows; a partner whose tokens are both over makes room for another.
template <std::size_t N>
class wallet {
    struct pair {
        idm::idms_address partner;
        std::optional<vouched> security;
        std::optional<admitted> access;

        [[nodiscard]] bool is_over(instant now) const noexcept {
            return (!security || security->expires() <= now) &&
                   (!access || access->expires() <= now);
        }
    };
    std::array<std::optional<pair>, N> pairs_{};

  public:
    static constexpr std::size_t max_count = N;

    /// Keeps a security token in place of the one that its partner's pair had.
    /// Fails, and keeps what it has: value_empty (a partner without an address, which is none that
    /// it could be told apart by), value_too_long (there are N partners, none of them over).
    [[nodiscard]] result<void> keep(vouched state, Clock auto const& clock) {
        auto const own = place(state.partner().address, clock.now());
        if (!own) {
            return own.error();
        }
        (*own)->security = std::move(state);
        return {};
    }
    /// Keeps an access token in place of the one that its partner's pair had.
    /// Fails, and keeps what it has: as for a security token.
    [[nodiscard]] result<void> keep(admitted state, Clock auto const& clock) {
        auto const own = place(state.partner().address, clock.now());
        if (!own) {
            return own.error();
        }
        (*own)->access = std::move(state);
        return {};
    }

    /// The Authorization header for a partner's servers. Fails: no_token_here (no access token of
    /// theirs), token_expired_here.
    [[nodiscard]] result<std::string> bearer(idm::idms_address const& partner,
                                             Clock auto const& clock) const {
        pair const* const own = find(partner);
        if (own == nullptr || !own->access) {
            return errc::no_token_here;
        }
        return own->access->bearer(clock);
    }

    /// The step from which a partner can be asked for an access token.
    /// Fails: no_token_here (no security token for it), token_expired_here.
    [[nodiscard]] result<vouched> vouched_for(idm::idms_address const& partner,
                                              Clock auto const& clock) const {
        pair const* const own = find(partner);
        if (own == nullptr || !own->security) {
            return errc::no_token_here;
        }
        if (own->security->expires() <= clock.now()) {
            return errc::token_expired_here;
        }
        return *own->security;
    }

    /// Drops the tokens of a partner, where there are any.
    void forget(idm::idms_address const& partner) noexcept {
        for (auto& kept : pairs_) {
            if (kept && kept->partner == partner) {
                kept.reset();
            }
        }
    }

    /// The number of partners of which there is something, over or not.
    [[nodiscard]] std::size_t size() const noexcept {
        return static_cast<std::size_t>(std::count_if(pairs_.begin(), pairs_.end(),
                                                      [](auto const& p) { return p.has_value(); }));
    }

  private:
    [[nodiscard]] pair const* find(idm::idms_address const& partner) const noexcept {
        for (auto const& kept : pairs_) {
            if (kept && kept->partner == partner) {
                return &*kept;
            }
        }
        return nullptr;
    }

    /// The pair of a partner, or a fresh one. Fails: value_empty, value_too_long.
    [[nodiscard]] result<pair*> place(idm::idms_address const& partner, instant now) noexcept {
        if (partner.empty()) {
            return errc::value_empty;
        }
        std::optional<pair>* room = nullptr;
        for (auto& kept : pairs_) {
            if (kept && kept->partner == partner) {
                return &*kept;
            }
            if (room == nullptr && (!kept || kept->is_over(now))) {
                room = &kept;
            }
        }
        if (room == nullptr) {
            return errc::value_too_long;
        }
        return &room->emplace(pair{partner, std::nullopt, std::nullopt});
    }
};

}  // namespace mcx::role::client

#endif
