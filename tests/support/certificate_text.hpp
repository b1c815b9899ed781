// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_CERTIFICATE_TEXT_HPP
#define MCX_TESTS_SUPPORT_CERTIFICATE_TEXT_HPP

#include <mcx/codec/hex.hpp>
#include <mcx/kms/certificate.hpp>

#include "kms_points.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// KMS certificates as text: a good one to start from, and one that exists written out again.

namespace mcx::test {

/// The fields of a good certificate, without any element that may be absent.
constexpr kms::certificate_fields good_certificate() noexcept {
    kms::certificate_fields f;
    f.kms_uri = "kms.example.org";
    f.user_id_format = "2";
    f.user_key_period = "2592000";
    f.user_key_offset = "0";
    f.pub_enc_key = sakke_public_key;
    f.pub_auth_key = eccsi_public_key;
    f.role = "Root";
    return f;
}

/// The text of a certificate's fields, made from its values. The fields refer to it.
class certificate_text {
    std::vector<std::string> texts_;
    std::vector<std::string_view> domains_;
    kms::certificate_fields fields_;

    std::optional<std::string_view> keep(std::string text) {
        texts_.push_back(std::move(text));
        return texts_.back();
    }

    std::optional<std::string_view> keep_hex(byte_view octets) {
        std::string digits(hex::encoded_size(octets.size()), '\0');
        hex::encode(octets, digits);
        return keep(std::move(digits));
    }

    template <class T>
    std::optional<std::string_view> keep_text(std::optional<T> const& text) {
        return text ? keep(std::string{text->view()}) : std::nullopt;
    }

    std::optional<std::string_view> keep_time(std::optional<instant> const& at) {
        return at ? keep(std::string{kms::date_time::encode(*at)->view()}) : std::nullopt;
    }

  public:
    explicit certificate_text(kms::certificate const& c) {
        texts_.reserve(32);  // so that no text moves
        fields_.cert_uri = keep_text(c.cert_uri());
        fields_.kms_uri = keep(std::string{c.kms_uri().view()});
        fields_.issuer = keep_text(c.issuer());
        fields_.valid_from = keep_time(c.valid_from());
        fields_.valid_to = keep_time(c.valid_to());
        fields_.revoked = c.revoked() ? "true" : "false";
        fields_.user_id_format = "2";
        fields_.user_key_period = keep(std::to_string(c.key_period().length()));
        fields_.user_key_offset = keep(std::to_string(c.key_period().offset()));
        fields_.pub_enc_key = keep_hex(c.public_encryption_key());
        fields_.pub_auth_key = keep_hex(c.public_authentication_key());
        fields_.parameter_set = "1";
        for (auto const& domain : c.domains()) {
            domains_.push_back(*keep(std::string{domain.view()}));
        }
        fields_.kms_domains = domains_;
        fields_.role = c.role() == kms::certificate_role::root ? "Root" : "External";
        fields_.is_security_gateway = c.is_security_gateway() ? "true" : "false";
        if (!c.extensions().empty()) {
            fields_.extensions = keep(std::string{c.extensions().view()});
        }
    }
    certificate_text(certificate_text const&) = delete;
    certificate_text& operator=(certificate_text const&) = delete;

    [[nodiscard]] kms::certificate_fields const& fields() const { return fields_; }
};

}  // namespace mcx::test

#endif
