// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_DOMAIN_SET_HPP
#define MCX_KMS_DOMAIN_SET_HPP

#include <mcx/core/result.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/security_domain.hpp>
#include <mcx/kms/uri.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

// The security domains that a user has to do with: exactly one home, and migration and external
// ones up to a bound. [TS 33.180 5.3.1.1, 5.3.4, 5.3.5] Which domains they may be is the home KMS's
// decision; it is remembered here, not made.

namespace mcx::kms {

/// The domains of one user. No KMS URI stands in it twice. Cost: some 8 KiB a domain, held inline.
template <std::size_t Migrations = 4, std::size_t Externals = 16>
class domain_set {
    home_domain home_;
    std::array<std::optional<migration_domain>, Migrations> migrations_{};
    std::array<std::optional<external_domain>, Externals> externals_{};
    std::optional<std::uint64_t> cache_number_;

    /// Calls a function with each domain.
    template <class Self, class F>
    static constexpr void visit(Self& self, F const& f) noexcept {
        f(self.home_);
        for (auto& domain : self.migrations_) {
            if (domain) {
                f(*domain);
            }
        }
        for (auto& domain : self.externals_) {
            if (domain) {
                f(*domain);
            }
        }
    }

    template <class Domain, class Slots>
    constexpr result<void> add_to(Slots& slots, Domain const& added) noexcept {
        if (auto const known = relation_to(added.kms())) {
            if (*known == Domain::to_user) {
                return {};
            }
            return *known == relation::home ? errc::home_domain_repeated : errc::domain_mismatch;
        }
        if (certificate const* const c = added.known_certificate(); c != nullptr) {
            if (name_is_taken(*c)) {
                return errc::domain_mismatch;
            }
        }
        for (auto& slot : slots) {
            if (!slot) {
                slot = added;
                cache_number_.reset();
                return {};
            }
        }
        return errc::value_too_long;
    }

    template <class Slots>
    static constexpr bool remove_from(Slots& slots, kms_uri const& kms) noexcept {
        for (auto& slot : slots) {
            if (slot && slot->kms() == kms) {
                slot.reset();
                return true;
            }
        }
        return false;
    }

    /// Tells whether another KMS has a certificate of this one's name.
    constexpr bool name_is_taken(certificate const& c) const noexcept {
        bool taken = false;
        for_each([&](auto const& domain) {
            certificate const* const known = domain.known_certificate();
            taken = taken || (known != nullptr && c.cert_uri() && domain.kms() != c.kms_uri() &&
                              known->cert_uri() == c.cert_uri());
        });
        return taken;
    }

  public:
    constexpr explicit domain_set(home_domain const& home) noexcept : home_(home) {}

    [[nodiscard]] constexpr home_domain const& home() const noexcept { return home_; }

    /// Calls a function with each domain: the home domain first, then the others.
    template <class F>
    constexpr void for_each(F const& f) const noexcept {
        visit(*this, f);
    }

    /// Adds a domain; one that is there already stays as it is. Fails: home_domain_repeated (it is
    /// the home domain), domain_mismatch (it is of the other kind, or its certificate's CertUri is
    /// that of another domain's), value_too_long (no room).
    [[nodiscard]] constexpr result<void> add(migration_domain const& domain) noexcept {
        return add_to(migrations_, domain);
    }
    [[nodiscard]] constexpr result<void> add(external_domain const& domain) noexcept {
        return add_to(externals_, domain);
    }

    /// Forgets a domain and its certificate; tells whether there was one. The home domain stays.
    constexpr bool remove(kms_uri const& kms) noexcept {
        return remove_from(migrations_, kms) || remove_from(externals_, kms);
    }

    /// Hands a certificate to the domain whose KMS it names, in place of the one before: a domain
    /// has one, and a newer one replaces it, but for the end of one of another CertUri. It may be
    /// revoked or expired, which is how the end of a certificate becomes known. Fails, and then
    /// changes nothing: domain_mismatch (no such domain, or the CertUri is that of another domain's
    /// certificate), certificate_role. [TS 33.180 5.3.5]
    [[nodiscard]] constexpr result<void> accept(certificate const& c) noexcept {
        if (name_is_taken(c)) {
            return errc::domain_mismatch;
        }
        result<void> accepted = errc::domain_mismatch;
        visit(*this, [&](auto& domain) {
            if (domain.kms() == c.kms_uri()) {
                accepted = domain.accept(c);
            }
        });
        return accepted;
    }

    /// Tells what the domain of a KMS is to the user; nothing where it is none of these.
    [[nodiscard]] constexpr std::optional<relation> relation_to(kms_uri const& kms) const noexcept {
        std::optional<relation> found;
        for_each([&](auto const& domain) {
            if (domain.kms() == kms) {
                found = domain.to_user;
            }
        });
        return found;
    }

    /// The certificate of the domain of a KMS; null where there is none. Whether it may be used is
    /// for `usable_at` to say.
    [[nodiscard]] constexpr certificate const* certificate_of(kms_uri const& kms) const noexcept {
        certificate const* found = nullptr;
        for_each([&](auto const& domain) {
            if (domain.kms() == kms) {
                found = domain.known_certificate();
            }
        });
        return found;
    }

    /// The certificate for a security domain by whichever name: that of the KMS of this URI, or
    /// else the only one whose list of domains it is in; null where there is none, or more than
    /// one. Whether it may be used is for `usable_at` to say. [TS 33.180 D.3.2.2 KmsDomainList]
    [[nodiscard]] constexpr certificate const* certificate_for(kms_uri const& name) const noexcept {
        if (relation_to(name)) {
            return certificate_of(name);
        }
        certificate const* found = nullptr;
        std::size_t number = 0;
        for_each([&](auto const& domain) {
            certificate const* const known = domain.known_certificate();
            if (known != nullptr && known->names_domain(name)) {
                found = known;
                ++number;
            }
        });
        return number == 1 ? found : nullptr;
    }

    /// The number of the certificate cache that the external domains' certificates are from, for
    /// the next request to name. None where there was no cache yet, or a domain was added since:
    /// what has changed in the cache would not tell its certificate. [TS 33.180 D.2.5 CacheNum]
    [[nodiscard]] constexpr std::optional<std::uint64_t> cache_number() const noexcept {
        return cache_number_;
    }
    constexpr void remember_cache(std::uint64_t number) noexcept { cache_number_ = number; }
};

}  // namespace mcx::kms

#endif
