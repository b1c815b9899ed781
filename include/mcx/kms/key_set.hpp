// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_KEY_SET_HPP
#define MCX_KMS_KEY_SET_HPP

#include <mcx/arith/p256.hpp>
#include <mcx/arith/sakke_secret.hpp>
#include <mcx/codec/hex.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/date_time.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/uid.hpp>
#include <mcx/kms/uri.hpp>
#include <mcx/kms/wrapped_key.hpp>
#include <mcx/kms/xsd.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

// A user's key set: the keys of one user for one key period of one security domain.
// [TS 33.180 D.3.3] Keys are checked for length, encoding and curve. That they belong to the domain
// and the user, which takes a pairing [RFC 6508 §6.1.2] and the scheme of RFC 6507 §5.1.2, is not
// checked here.

namespace mcx::kms {

/// A key of a key set as somebody has read it: hexadecimal digits, a wrapped key, or nothing.
struct key_source {
    std::optional<std::string_view> digits;
    wrapped_key const* wrapped = nullptr;
};

/// The fields of a key set as somebody has read them. [TS 33.180 D.3.3.2]
struct key_set_fields {
    using field = std::optional<std::string_view>;

    field kms_uri, cert_uri, issuer, user_uri, user_id, valid_from, valid_to, key_period_no;
    field revoked;
    key_source user_decrypt_key, user_signing_key_ssk, user_pub_token_pvt;
};

}  // namespace mcx::kms

namespace mcx::detail {

/// Tells whether 32 octets are a number of 1 to q - 1, q being the order of P-256, in a time that
/// does not depend on them.
[[nodiscard]] constexpr bool is_p256_scalar(byte_view number) noexcept {
    constexpr std::uint8_t order[32]{0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00,
                                     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                     0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84,
                                     0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51};
    unsigned borrow = 0;
    unsigned any = 0;
    for (std::size_t i = 32; i-- > 0;) {
        unsigned const octet = std::to_integer<unsigned>(number[i]);
        any |= octet;
        borrow = (octet - order[i] - borrow) >> 31U;
    }
    return (borrow & ((any + 0xFFU) >> 8U)) != 0;
}

/// Reads key material: exactly N octets that pass a check, or a wrapped key.
template <std::size_t N, class Check>
[[nodiscard]] result<kms::key_material<N>> read_key(kms::key_set_element e,
                                                    kms::key_source const& from,
                                                    Check const& check) noexcept {
    if (from.wrapped != nullptr) {
        return kms::key_material<N>{*from.wrapped};
    }
    if (!from.digits) {
        return at_element(e, errc::field_missing);
    }
    fixed_bytes<N> octets{};
    auto const digits = kms::xsd::trim(*from.digits);
    bool const good = digits.size() == hex::encoded_size(N) &&
                      hex::decode_secret(digits, octets).has_value() && check(octets);
    auto kept = secret<N>::copy_of(octets);
    wipe(octets);
    if (!good) {
        return at_element(e, errc::field_value);
    }
    return kms::key_material<N>{*std::move(kept)};
}

/// Reads the text of an element by a function from text to a result; an absent one is none.
template <class Read>
[[nodiscard]] constexpr auto read_field(kms::key_set_element e,
                                        kms::key_set_fields::field const& from, Read const& read)
    -> result<std::optional<typename decltype(read(std::string_view{}))::value_type>> {
    using value = typename decltype(read(std::string_view{}))::value_type;
    if (!from) {
        return std::optional<value>{};
    }
    auto const got = read(*from);
    if (!got) {
        return at_element(e, errc::field_value);
    }
    return std::optional<value>{*got};
}

/// Takes a value that has been read over, or says what went wrong.
template <class T>
[[nodiscard]] constexpr result<void> put(result<std::optional<T>> const& from,
                                         std::optional<T>& to) noexcept {
    if (!from) {
        return from.error();
    }
    to = *from;
    return {};
}

}  // namespace mcx::detail

namespace mcx::kms {

/// What is public of a key set.
struct key_set_labels {
    kms::kms_uri kms_uri;
    std::optional<kms::cert_uri> cert_uri;
    std::optional<certificate_issuer> issuer;
    kms::user_uri user_uri;
    uid user_id{fixed_bytes<32>{}};
    std::optional<instant> valid_from, valid_to;
    std::uint64_t key_period_no = 0;
    bool revoked = false;

    friend constexpr bool operator==(key_set_labels const&, key_set_labels const&) = default;
};

/// A key set whose fields are what they have to be. It moves and is never copied; secrets are wiped
/// when it dies, compared in constant time, and never printed.
class key_set {
    key_set_labels labels_;
    key_material<sakke::point_size> decrypt_key_;
    key_material<32> signing_key_;
    key_material<65> public_token_;

    using element = key_set_element;

    key_set(key_set_labels const& labels, key_material<sakke::point_size>&& rsk,
            key_material<32>&& ssk, key_material<65>&& pvt) noexcept
        : labels_(labels), decrypt_key_(std::move(rsk)), signing_key_(std::move(ssk)),
          public_token_(std::move(pvt)) {}

    /// Reads an element that has to be there.
    template <class T, class Read>
    static result<void> require(element e, key_set_fields::field const& from, T& to,
                                Read const& read) noexcept {
        if (!from) {
            return detail::at_element(e, errc::field_missing);
        }
        result<T> const value = read(*from);
        if (!value) {
            return detail::at_element(e, errc::field_value);
        }
        to = *value;
        return {};
    }

    template <class Text>
    static result<Text> trimmed(std::string_view text) noexcept {
        return Text::from(xsd::trim(text));
    }

    static result<void> read_names(key_set_fields const& f, key_set_labels& to) noexcept {
        return require(element::domain_uri, f.kms_uri, to.kms_uri, trimmed<kms::kms_uri>)
            .and_then([&] {
                return detail::put(detail::read_field(element::certificate_uri, f.cert_uri,
                                                      trimmed<kms::cert_uri>),
                                   to.cert_uri);
            })
            .and_then([&] {
                return detail::put(
                    detail::read_field(element::issuer, f.issuer, certificate_issuer::from),
                    to.issuer);
            })
            .and_then([&] {
                return require(element::user_name, f.user_uri, to.user_uri, trimmed<kms::user_uri>);
            })
            .and_then([&] {
                return require(element::user_id, f.user_id, to.user_id,
                               [](std::string_view t) { return uid::parse(xsd::trim(t)); });
            });
    }

    static result<void> read_times(key_set_fields const& f, key_set_labels& to) noexcept {
        std::optional<bool> revoked;
        auto const read =
            detail::put(detail::read_field(element::valid_from, f.valid_from, date_time::parse),
                        to.valid_from)
                .and_then([&] {
                    return detail::put(
                        detail::read_field(element::valid_to, f.valid_to, date_time::parse),
                        to.valid_to);
                })
                .and_then([&]() -> result<void> {
                    bool const reversed =
                        to.valid_from && to.valid_to && *to.valid_to < *to.valid_from;
                    return reversed ? result<void>{detail::at_element(element::valid_to,
                                                                      errc::validity_reversed)}
                                    : result<void>{};
                })
                .and_then([&] {
                    return require(element::key_period_no, f.key_period_no, to.key_period_no,
                                   [](std::string_view t) {
                                       return xsd::integer(
                                           t, std::numeric_limits<std::uint64_t>::max());
                                   });
                })
                .and_then([&] {
                    return detail::put(
                        detail::read_field(element::revoked, f.revoked, xsd::boolean), revoked);
                });
        to.revoked = revoked.value_or(false);
        return read;
    }

  public:
    /// Checks the fields of a key set, in the order of the table. Fails, `where` being the element:
    /// field_missing, field_value (of the wrong type, too long, no point or number of its curve),
    /// validity_reversed. [TS 33.180 D.3.3.2]
    [[nodiscard]] static result<key_set> from(key_set_fields const& f) noexcept {
        key_set_labels labels;
        result<void> const read =
            read_names(f, labels).and_then([&] { return read_times(f, labels); });
        if (!read) {
            return read.error();
        }
        auto rsk = detail::read_key<sakke::point_size>(element::user_decrypt_key,
                                                       f.user_decrypt_key, sakke::secret_on_curve);
        if (!rsk) {
            return rsk.error();
        }
        auto ssk = detail::read_key<32>(element::user_signing_key_ssk, f.user_signing_key_ssk,
                                        detail::is_p256_scalar);
        if (!ssk) {
            return ssk.error();
        }
        auto pvt = detail::read_key<65>(
            element::user_pub_token_pvt, f.user_pub_token_pvt,
            [](fixed_bytes<65> const& point) { return p256::on_curve(point); });
        if (!pvt) {
            return pvt.error();
        }
        return key_set{labels, *std::move(rsk), *std::move(ssk), *std::move(pvt)};
    }

    /// Everything but the keys.
    [[nodiscard]] key_set_labels const& labels() const noexcept { return labels_; }

    /// The Receiver Secret Key of SAKKE: 04, x, y, a point of parameter set 1. [RFC 6508 §6.1.1]
    [[nodiscard]] auto const& decrypt_key() const noexcept { return decrypt_key_; }
    /// The Secret Signing Key of ECCSI: a number below the order of P-256. [RFC 6507 §5.1.1]
    [[nodiscard]] auto const& signing_key() const noexcept { return signing_key_; }
    /// The Public Validation Token of ECCSI: 04, x, y, a point of P-256. [RFC 6507 §5.1.1]
    [[nodiscard]] auto const& public_token() const noexcept { return public_token_; }

    /// Tells whether the keys may be used. Fails: key_set_revoked, key_set_outside_validity.
    [[nodiscard]] result<void> usable_at(instant at) const noexcept {
        if (labels_.revoked) {
            return errc::key_set_revoked;
        }
        bool const in_time = (!labels_.valid_from || at >= *labels_.valid_from) &&
                             (!labels_.valid_to || at < *labels_.valid_to);
        return in_time ? result<void>{} : errc::key_set_outside_validity;
    }

    /// Tells whether the set is of the domain of a certificate, and its UserID the UID of its user
    /// and period. Fails: domain_mismatch (another KMS, or another certificate of it),
    /// user_id_mismatch, backend. [TS 33.180 F.2.1]
    template <UidDigest D>
    [[nodiscard]] result<void> belongs_to(certificate const& c) const noexcept {
        if (labels_.kms_uri != c.kms_uri() ||
            (labels_.cert_uri && c.cert_uri() && *labels_.cert_uri != *c.cert_uri())) {
            return errc::domain_mismatch;
        }
        auto const due =
            make_uid<D>(labels_.user_uri, labels_.kms_uri, c.key_period(), labels_.key_period_no);
        if (!due) {
            return due.error();
        }
        return *due == labels_.user_id
                   ? result<void>{}
                   : detail::at_element(element::user_id, errc::user_id_mismatch);
    }

    /// Unwraps the signing key where it is wrapped; nothing else has a wrapped form. Fails as
    /// `unwrap`, and with field_value (what was in there is no signing key), and then changes
    /// nothing.
    template <KeyUnwrapper U>
    [[nodiscard]] result<void> unwrap_signing_key(key_name const& name, U const& key) noexcept {
        if (!signing_key_.is_wrapped()) {
            return {};
        }
        auto made = unwrap<32>(*signing_key_.wrapped(), name, key);
        if (!made) {
            return made.error();
        }
        if (!detail::is_p256_scalar(made->reveal())) {
            return detail::at_element(element::user_signing_key_ssk, errc::field_value);
        }
        signing_key_ = key_material<32>{*std::move(made)};
        return {};
    }

    friend bool operator==(key_set const& a, key_set const& b) noexcept {
        // No short way out: where the sets differ is not to be seen from the time.
        bool const rsk = a.decrypt_key_ == b.decrypt_key_;
        bool const ssk = a.signing_key_ == b.signing_key_;
        bool const pvt = a.public_token_ == b.public_token_;
        bool const labels = a.labels_ == b.labels_;
        return (static_cast<unsigned>(rsk) & static_cast<unsigned>(ssk) &
                static_cast<unsigned>(pvt) & static_cast<unsigned>(labels)) != 0;
    }
};

}  // namespace mcx::kms

#endif
