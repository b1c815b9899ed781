// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_PRIMARIES_HPP
#define MCX_IDM_PRIMARIES_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/jose/key_set.hpp>
#include <mcx/jose/trust.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

// The primary IdMSs that a partner IdMS believes, each with the keys that were provisioned for it
// out of band: from certificates, or from a JWK Set that the caller fetched. Nothing of a token
// ever gets in here. Reading certificates is in jose/x509_key.hpp. [TS 33.180 5.1.4.2]

namespace mcx::idm {

/// The public key of a certificate and the time for which it was certified. Exemplar: what reading
/// a leaf certificate yields. Models: `x509::certified_key`, an operator's own record. Used by:
/// `provision`.
template <class C, class A>
concept CertifiedKey = requires(C const& certified) {
    { certified.key } -> std::convertible_to<typename A::public_key const&>;
    { certified.validity } -> std::convertible_to<period>;
};

/// The keys of one primary, and when the first of their certificates ends.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class provisioned_keys {
    key_set<B, As> keys_;
    instant until_{instant::max_numeric_date};

  public:
    provisioned_keys() = default;

    /// Takes keys whose end the caller watches over.
    explicit provisioned_keys(key_set<B, As> keys) noexcept : keys_(std::move(keys)) {}

    /// Takes the keys of a JWK Set document. Fails: as `key_set::from_jwks`, no_such_key (none of
    /// them is for signatures that are understood).
    [[nodiscard]] static result<provisioned_keys> from_jwks(std::string_view text) {
        auto keys = key_set<B, As>::from_jwks(text);
        if (!keys) {
            return keys.error();
        }
        if (keys->size() == 0) {
            return errc::no_such_key;
        }
        return provisioned_keys{*std::move(keys)};
    }

    /// Adds a public key under the id by which tokens name it. Fails: as `key_set::add`.
    template <class A>
    [[nodiscard]] result<void> add(typename A::public_key const& key, key_id const& id) {
        return keys_.template add<A>(key, id);
    }

    /// Adds the key of a certificate, which may begin later. Tokens that are validated before it
    /// begins or after it has ended are refused with certificate_period.
    /// Fails: certificate_period (it has ended already), as `key_set::add`.
    template <class A>
    [[nodiscard]] result<void> add_certified(CertifiedKey<A> auto const& certified,
                                             key_id const& id, Clock auto const& clock) {
        period const validity = certified.validity;
        if (validity.until < clock.now()) {
            return errc::certificate_period;
        }
        auto const added = keys_.template add<A>(certified.key, id, validity);
        if (added) {
            until_ = std::min(until_, validity.until);
        }
        return added;
    }

    /// When these keys have to be provisioned anew: where the first certificate ends.
    [[nodiscard]] instant until() const noexcept { return until_; }
    [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }
    [[nodiscard]] key_set<B, As> const& keys() const noexcept { return keys_; }

    /// The keys, for those that go into a `primaries`.
    [[nodiscard]] key_set<B, As>&& take() && noexcept { return std::move(keys_); }
};

/// The primaries of a partner. Filled once, then shared as const; replaced as a whole.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class primaries {
    mcx::trust<B, As> trusted_;
    instant until_{instant::max_numeric_date};

  public:
    /// Adds a primary by the issuer of its tokens. Fails: no_such_key (without keys), as
    /// `trust::add`.
    [[nodiscard]] result<void> add(issuer const& who, provisioned_keys<B, As> keys) {
        if (keys.size() == 0) {
            return errc::no_such_key;
        }
        instant const until = keys.until();
        auto const added = trusted_.add(who, std::move(keys).take());
        if (added) {
            until_ = std::min(until_, until);
        }
        return added;
    }

    /// The last second of the first certificate that ends: after it, its key is not good any more.
    [[nodiscard]] instant until() const noexcept { return until_; }
    [[nodiscard]] mcx::trust<B, As> const& trusted() const noexcept { return trusted_; }
};

}  // namespace mcx::idm

#endif
