// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_ELEMENT_HPP
#define MCX_KMS_ELEMENT_HPP

#include <mcx/core/error.hpp>
#include <mcx/kms/certificate_fields.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

// What `where` of an error means in KMS documents: one number for each element and attribute. Those
// of a certificate are in kms/certificate_fields.hpp, and their numbers are below these.

namespace mcx::kms {

/// The elements of a key set in the order of Table D.3.3.2-1. [TS 33.180 D.3.3.2]
enum class key_set_element : std::uint16_t {
    domain_uri = 33,
    certificate_uri,
    issuer,
    user_name,
    user_id,
    valid_from,
    valid_to,
    key_period_no,
    revoked,
    user_decrypt_key,
    user_signing_key_ssk,
    user_pub_token_pvt,
};

/// The elements and attributes of requests, responses and what they hold. [TS 33.180 D.2.2, D.3.1]
enum class message_element : std::uint16_t {
    kms_request = 65,
    signed_kms_request,
    kms_response,
    signed_kms_response,
    kms_certificate,
    signed_kms_certificate,
    kms_key_set,
    user_name,
    domain_uri,
    time,
    kms_id,
    client_id,
    device_id,
    client_req_url,
    krr_list,
    client_error,
    kms_message,
    kms_error,
    trk_id,
    signature_id,
    error_code,
    error_msg,
    kms_init,
    kms_key_prov,
    kms_cert_cache,
    kms_lookup,
    cache_num,
    new_transport_key,
    new_integrity_key,
    encrypted_key,
    signature,
    group_server_info,
    private_call_kms_uri,
};

}  // namespace mcx::kms

namespace mcx::detail {

inline constexpr std::string_view kms_key_set_names[]{"KmsUri",
                                                      "CertUri",
                                                      "Issuer",
                                                      "UserUri",
                                                      "UserID",
                                                      "ValidFrom",
                                                      "ValidTo",
                                                      "KeyPeriodNo",
                                                      "Revoked",
                                                      "UserDecryptKey",
                                                      "UserSigningKeySSK",
                                                      "UserPubTokenPVT"};

inline constexpr std::string_view kms_message_names[]{"KmsRequest",
                                                      "SignedKmsRequest",
                                                      "KmsResponse",
                                                      "SignedKmsResponse",
                                                      "KmsCertificate",
                                                      "SignedKmsCertificate",
                                                      "KmsKeySet",
                                                      "UserUri",
                                                      "KmsUri",
                                                      "Time",
                                                      "KmsId",
                                                      "ClientId",
                                                      "DeviceId",
                                                      "ClientReqUrl",
                                                      "KrrList",
                                                      "ClientError",
                                                      "KmsMessage",
                                                      "KmsError",
                                                      "TrK-ID",
                                                      "Signature-ID",
                                                      "ErrorCode",
                                                      "ErrorMsg",
                                                      "KmsInit",
                                                      "KmsKeyProv",
                                                      "KmsCertCache",
                                                      "KmsLookup",
                                                      "CacheNum",
                                                      "NewTransportKey",
                                                      "NewIntegrityKey",
                                                      "EncryptedKey",
                                                      "Signature",
                                                      "GroupServerInfo",
                                                      "PrivateCallKMSURI"};

}  // namespace mcx::detail

namespace mcx::kms {

/// The name that an element has in XML.
[[nodiscard]] constexpr std::string_view name_of(key_set_element e) noexcept {
    auto const at = static_cast<std::size_t>(e) - 33;
    return at < std::size(detail::kms_key_set_names) ? detail::kms_key_set_names[at]
                                                     : std::string_view{};
}

/// The name that an element or attribute has in XML.
[[nodiscard]] constexpr std::string_view name_of(message_element e) noexcept {
    auto const at = static_cast<std::size_t>(e) - 65;
    return at < std::size(detail::kms_message_names) ? detail::kms_message_names[at]
                                                     : std::string_view{};
}

/// The name of the element or attribute that an error is about; empty where it is about none.
[[nodiscard]] constexpr std::string_view element_of(error e) noexcept {
    if (e.where >= 65) {
        return name_of(static_cast<message_element>(e.where));
    }
    if (e.where >= 33) {
        return name_of(static_cast<key_set_element>(e.where));
    }
    return name_of(static_cast<certificate_element>(e.where));
}

}  // namespace mcx::kms

namespace mcx::detail {

/// An error about an element.
template <class Element>
[[nodiscard]] constexpr error at_element(Element e, errc code) noexcept {
    return {code, static_cast<std::uint16_t>(e)};
}

}  // namespace mcx::detail

#endif
