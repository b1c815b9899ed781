// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_CERTIFICATE_HPP
#define MCX_KMS_CERTIFICATE_HPP

#include <mcx/arith/p256.hpp>
#include <mcx/arith/sakke_field.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/certificate_fields.hpp>
#include <mcx/kms/date_time.hpp>
#include <mcx/kms/key_period.hpp>
#include <mcx/kms/uri.hpp>
#include <mcx/kms/xsd.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

// The KMS certificate: the public keys and parameters of a security domain. It is no X.509
// certificate and carries no signature of its own: whoever hands one over vouches for it.
// [TS 33.180 D.3.2] Its fields as text are in kms/certificate_fields.hpp, its XML is read and
// written in xml/, and which certificate is in force is up to kms/domain_set.hpp.

namespace mcx::kms {

/// A certificate whose fields are what they have to be. Whether it may be used is another question:
/// `usable_at`.
class certificate {
    std::optional<kms::cert_uri> cert_uri_;
    kms::kms_uri kms_uri_;
    std::optional<certificate_issuer> issuer_;
    std::optional<instant> valid_from_;
    std::optional<instant> valid_to_;
    bool revoked_ = false;
    bool is_security_gateway_ = false;
    certificate_role role_ = certificate_role::root;
    std::optional<kms::key_period> key_period_;  // there once `from` is through
    fixed_bytes<sakke::point_size> public_encryption_key_{};
    fixed_bytes<65> public_authentication_key_{};
    list<kms::kms_uri, 16> domains_;
    certificate_extensions extensions_;

    using element = certificate_element;
    using field = certificate_fields::field;

    constexpr certificate() noexcept = default;

    static constexpr error at(element e, errc code) noexcept {
        return {code, static_cast<std::uint16_t>(e)};
    }

    /// Reads an element that may be absent by a function from its text to a result.
    template <class T, class Read>
    static constexpr result<void> read_optional(std::optional<T>& to, element e, field const& from,
                                                Read const& read) noexcept {
        if (from) {
            result<T> const value = read(*from);
            if (!value) {
                return at(e, errc::field_value);
            }
            to = *value;
        }
        return {};
    }

    /// Reads an element that has to be there.
    template <class T, class Read>
    static constexpr result<void> read_required(T& to, element e, field const& from,
                                                Read const& read) noexcept {
        if (!from) {
            return at(e, errc::field_missing);
        }
        result<T> const value = read(*from);
        if (!value) {
            return at(e, errc::field_value);
        }
        to = *value;
        return {};
    }

    template <class Uri>
    static constexpr result<Uri> read_uri(std::string_view text) noexcept {
        return Uri::from(xsd::trim(text));
    }

    static constexpr result<certificate_role> read_role(std::string_view text) noexcept {
        if (text == "Root") {
            return certificate_role::root;
        }
        return text == "External" ? result<certificate_role>{certificate_role::external}
                                  : result<certificate_role>{errc::field_value};
    }

    static constexpr result<std::chrono::seconds> read_seconds(std::string_view text) noexcept {
        constexpr auto max = std::numeric_limits<std::int64_t>::max();
        return xsd::integer(text, static_cast<std::uint64_t>(max)).transform([](std::uint64_t s) {
            return std::chrono::seconds{static_cast<std::int64_t>(s)};
        });
    }

    constexpr result<void> take_names(certificate_fields const& f) noexcept {
        if (auto r = read_optional(cert_uri_, element::certificate_uri, f.cert_uri,
                                   read_uri<kms::cert_uri>);
            !r) {
            return r;
        }
        if (auto r =
                read_required(kms_uri_, element::domain_uri, f.kms_uri, read_uri<kms::kms_uri>);
            !r) {
            return r;
        }
        return read_optional(issuer_, element::issuer, f.issuer, certificate_issuer::from);
    }

    constexpr result<void> take_validity(certificate_fields const& f) noexcept {
        if (auto r =
                read_optional(valid_from_, element::valid_from, f.valid_from, date_time::parse);
            !r) {
            return r;
        }
        if (auto r = read_optional(valid_to_, element::valid_to, f.valid_to, date_time::parse);
            !r) {
            return r;
        }
        if (valid_from_ && valid_to_ && *valid_to_ < *valid_from_) {
            return at(element::valid_to, errc::validity_reversed);
        }
        std::optional<bool> revoked;
        auto const r = read_optional(revoked, element::revoked, f.revoked, xsd::boolean);
        revoked_ = revoked.value_or(false);
        return r;
    }

    constexpr result<void> take_key_period(certificate_fields const& f) noexcept {
        if (!f.user_id_format) {
            return at(element::user_id_format, errc::field_missing);
        }
        if (*f.user_id_format != "2") {
            return at(element::user_id_format, errc::unsupported_user_id_format);
        }
        std::chrono::seconds length{};
        std::chrono::seconds offset{};
        if (auto r =
                read_required(length, element::user_key_period, f.user_key_period, read_seconds);
            !r) {
            return r;
        }
        if (auto r =
                read_required(offset, element::user_key_offset, f.user_key_offset, read_seconds);
            !r) {
            return r;
        }
        auto const period = kms::key_period::from(length, offset);
        if (!period) {
            bool const zero = period.error().code == errc::key_period_zero;
            return at(zero ? element::user_key_period : element::user_key_offset,
                      period.error().code);
        }
        key_period_ = *period;
        return {};
    }

    constexpr result<void> take_keys(certificate_fields const& f) noexcept {
        if (!f.pub_enc_key) {
            return at(element::pub_enc_key, errc::field_missing);
        }
        if (!xsd::hex_binary(*f.pub_enc_key, public_encryption_key_) ||
            !sakke::on_curve(public_encryption_key_)) {
            return at(element::pub_enc_key, errc::field_value);
        }
        if (!f.pub_auth_key) {
            return at(element::pub_auth_key, errc::field_missing);
        }
        if (!xsd::hex_binary(*f.pub_auth_key, public_authentication_key_) ||
            !p256::on_curve(public_authentication_key_)) {
            return at(element::pub_auth_key, errc::field_value);
        }
        std::optional<std::uint64_t> set;
        auto const r = read_optional(set, element::parameter_set, f.parameter_set, [](auto text) {
            return xsd::integer(text, std::numeric_limits<std::uint64_t>::max());
        });
        if (r && set.value_or(1) != 1) {
            return at(element::parameter_set, errc::unsupported_parameter_set);
        }
        return r;
    }

    constexpr result<void> take_rest(certificate_fields const& f) noexcept {
        for (std::string_view const domain : f.kms_domains) {
            auto const uri = read_uri<kms::kms_uri>(domain);
            if (!uri || !domains_.push_back(*uri)) {
                return at(element::kms_domain_list, errc::field_value);
            }
        }
        if (auto r = read_required(role_, element::role, f.role, read_role); !r) {
            return r;
        }
        std::optional<bool> gateway;
        auto const r = read_optional(gateway, element::is_security_gateway, f.is_security_gateway,
                                     xsd::boolean);
        is_security_gateway_ = gateway.value_or(false);
        if (!r || !f.extensions) {
            return r;
        }
        return read_required(extensions_, element::extensions, f.extensions,
                             certificate_extensions::from);
    }

  public:
    /// Checks the fields of a certificate, in the order of the table. Only user id format 2 and
    /// parameter set 1 are known, and a parameter set that is not named is taken for 1.
    /// Fails, `where` being the element: field_missing, field_value (of the wrong type, too long,
    /// a point that is not on its curve, more than 16 domains, or more extensions than fit),
    /// validity_reversed, unsupported_user_id_format, key_period_zero, key_period_offset,
    /// unsupported_parameter_set. Cost: some 5 µs.
    [[nodiscard]] static constexpr result<certificate> from(certificate_fields const& f) noexcept {
        certificate made;
        result<void> const taken = made.take_names(f)
                                       .and_then([&] { return made.take_validity(f); })
                                       .and_then([&] { return made.take_key_period(f); })
                                       .and_then([&] { return made.take_keys(f); })
                                       .and_then([&] { return made.take_rest(f); });
        if (!taken) {
            return taken.error();
        }
        return made;
    }

    [[nodiscard]] constexpr auto const& cert_uri() const noexcept { return cert_uri_; }
    [[nodiscard]] constexpr auto const& kms_uri() const noexcept { return kms_uri_; }
    [[nodiscard]] constexpr auto const& issuer() const noexcept { return issuer_; }
    [[nodiscard]] constexpr auto const& valid_from() const noexcept { return valid_from_; }
    [[nodiscard]] constexpr auto const& valid_to() const noexcept { return valid_to_; }
    [[nodiscard]] constexpr bool revoked() const noexcept { return revoked_; }
    [[nodiscard]] constexpr auto const& key_period() const noexcept { return *key_period_; }
    [[nodiscard]] constexpr auto const& domains() const noexcept { return domains_; }
    [[nodiscard]] constexpr certificate_role role() const noexcept { return role_; }
    [[nodiscard]] constexpr bool is_security_gateway() const noexcept {
        return is_security_gateway_;
    }

    /// The elements of other namespaces, as XML that stands by itself: raw, since they mean nothing
    /// here.
    [[nodiscard]] constexpr auto const& extensions() const noexcept { return extensions_; }

    /// The KMS public key Z_T of SAKKE: 04, x, y, a point of parameter set 1. [RFC 6508 §2.2]
    [[nodiscard]] constexpr auto const& public_encryption_key() const noexcept {
        return public_encryption_key_;
    }
    /// The KMS public authentication key KPAK of ECCSI: 04, x, y, a point of P-256. [RFC 6507 §4.2]
    [[nodiscard]] constexpr auto const& public_authentication_key() const noexcept {
        return public_authentication_key_;
    }

    /// Tells whether an instant is in the validity: not before ValidFrom, and before ValidTo.
    [[nodiscard]] constexpr bool covers(instant at) const noexcept {
        return (!valid_from_ || at >= *valid_from_) && (!valid_to_ || at < *valid_to_);
    }

    /// Tells whether the certificate is for a security domain: its own, or one of the list.
    [[nodiscard]] constexpr bool names_domain(kms::kms_uri const& domain) const noexcept {
        return domain == kms_uri_ || domains_.contains(domain);
    }

    /// Tells whether both certificates have a CertUri, and not the same: neither replaces the
    /// other. [TS 33.180 5.3.5]
    [[nodiscard]] constexpr bool is_other_than(certificate const& c) const noexcept {
        return cert_uri_ && c.cert_uri_ && *cert_uri_ != *c.cert_uri_;
    }

    /// Tells whether the certificate may be used. Fails: certificate_revoked,
    /// certificate_not_yet_valid, certificate_expired.
    [[nodiscard]] constexpr result<void> usable_at(instant at) const noexcept {
        if (revoked_) {
            return errc::certificate_revoked;
        }
        if (valid_from_ && at < *valid_from_) {
            return errc::certificate_not_yet_valid;
        }
        if (!covers(at)) {
            return errc::certificate_expired;
        }
        return {};
    }

    friend constexpr bool operator==(certificate const&, certificate const&) = default;
};

}  // namespace mcx::kms

#endif
