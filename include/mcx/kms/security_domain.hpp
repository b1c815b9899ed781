// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_SECURITY_DOMAIN_HPP
#define MCX_KMS_SECURITY_DOMAIN_HPP

#include <mcx/core/result.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/uri.hpp>

#include <cstdint>
#include <optional>

// Security domains: users who share one KMS and one KMS certificate. [TS 33.180 3.1, 5.3.1.1] A
// domain is home, migration or external in relation to a user, not by itself, and the three are
// types that never convert into one another. They have nothing to do with the domains of identity
// management.

namespace mcx::kms {

/// What a security domain is to a user. [TS 33.180 3.1]
enum class relation : std::uint8_t { home, migration, external };

/// A security domain that is R to a user: its KMS URI and, once it is known, its certificate.
template <relation R>
class security_domain {
    kms_uri kms_;
    std::optional<certificate> certificate_;

  public:
    static constexpr relation to_user = R;

    constexpr explicit security_domain(kms_uri const& kms) noexcept : kms_(kms) {}

    [[nodiscard]] constexpr kms_uri const& kms() const noexcept { return kms_; }

    /// The certificate; null while it is not known.
    [[nodiscard]] constexpr certificate const* known_certificate() const noexcept {
        return certificate_ ? &*certificate_ : nullptr;
    }

    /// Tells why a certificate cannot be this domain's. Fails: domain_mismatch (it names another
    /// KMS), certificate_role (Root is for domains that the user is a member of, External for
    /// others). [TS 33.180 D.3.2]
    [[nodiscard]] static constexpr result<void> check(kms_uri const& kms,
                                                      certificate const& c) noexcept {
        constexpr auto due =
            R == relation::external ? certificate_role::external : certificate_role::root;
        if (c.kms_uri() != kms) {
            return errc::domain_mismatch;
        }
        if (c.role() != due) {
            return errc::certificate_role;
        }
        return {};
    }

    /// Takes a certificate in place of the one before. It may be revoked or expired: that is how
    /// the end of a certificate becomes known. The end of one of another CertUri is none of this
    /// one's, which stays in force. Fails as `check` does, and then changes nothing.
    /// [TS 33.180 5.3.5]
    [[nodiscard]] constexpr result<void> accept(certificate const& c) noexcept {
        result<void> const fits = check(kms_, c);
        bool const end_of_another = certificate_ && c.revoked() && c.is_other_than(*certificate_);
        if (fits && !end_of_another) {
            certificate_ = c;
        }
        return fits;
    }

    friend constexpr bool operator==(security_domain const&, security_domain const&) = default;
};

/// The one domain that is a user's own.
using home_domain = security_domain<relation::home>;

/// A domain that a user is a member of for a time.
using migration_domain = security_domain<relation::migration>;

/// A domain that a user is no member of but may talk to.
using external_domain = security_domain<relation::external>;

}  // namespace mcx::kms

#endif
