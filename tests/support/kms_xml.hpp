// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_KMS_XML_HPP
#define MCX_TESTS_SUPPORT_KMS_XML_HPP

#include <mcx/xml/content.hpp>
#include <mcx/xml/document.hpp>
#include <mcx/xml/kms_writer.hpp>
#include <mcx/xml/message_reader.hpp>

#include "kms_points.hpp"

#include <string>
#include <string_view>
#include <utility>

// KMS documents as text to start from, and what becomes of them.

namespace mcx::test {

/// The elements that a certificate has to have.
inline std::string certificate_elements() {
    return std::string{"<KmsUri>kms.example.org</KmsUri><UserIdFormat>2</UserIdFormat>"}
        .append("<UserKeyPeriod>2592000</UserKeyPeriod><UserKeyOffset>0</UserKeyOffset>")
        .append("<PubEncKey>")
        .append(sakke_public_key)
        .append("</PubEncKey><PubAuthKey>")
        .append(eccsi_public_key)
        .append("</PubAuthKey>");
}

inline std::string certificate_xml(std::string_view elements, std::string_view role = "Root") {
    return std::string{"<KmsCertificate Version=\"1.1.0\" Role=\""}
        .append(role)
        .append("\">")
        .append(elements)
        .append("</KmsCertificate>");
}

/// A key set of the user of the worked example of UIDs, for its period, with published keys.
inline std::string key_set_xml() {
    return std::string{"<KmsKeySet Version=\"1.1.0\"><KmsUri>kms.example.org</KmsUri>"}
        .append("<UserUri>sip:user@example.org</UserUri>")
        .append("<UserID>OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNTs=</UserID>")
        .append("<KeyPeriodNo>1388</KeyPeriodNo><UserDecryptKey>")
        .append(sakke_base_point)
        .append("</UserDecryptKey><UserSigningKeySSK>")
        .append("0000000000000000000000000000000000000000000000000000000000012345")
        .append("</UserSigningKeySSK><UserPubTokenPVT>")
        .append(p256_base_point)
        .append("</UserPubTokenPVT></KmsKeySet>");
}

/// A response that holds a message, or anything in its place.
inline std::string response_xml(std::string_view message, std::string_view attributes = {}) {
    return std::string{"<KmsResponse xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" "}
        .append("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        .append(attributes)
        .append("><UserUri>sip:user@example.org</UserUri><KmsUri>kms.example.org</KmsUri>")
        .append("<Time>2014-01-26T10:07:14Z</Time>")
        .append("<ClientReqUrl>https://kms.example.org/keymanagement/identity/v1/init")
        .append("</ClientReqUrl>")
        .append(message)
        .append("</KmsResponse>");
}

inline std::string init_xml(std::string_view certificate) {
    return std::string{"<KmsMessage><KmsInit>"}
        .append(certificate)
        .append("</KmsInit></KmsMessage>");
}

/// A good response to `init`.
inline std::string good_init_xml() {
    return response_xml(init_xml(certificate_xml(certificate_elements())));
}

/// Reads a response that nobody has signed.
inline result<kms::received<kms::response>> read_response(std::string_view text) {
    auto const d = xml::document::parse(text);
    if (!d) {
        return d.error();
    }
    auto const c = xml::content::unsigned_of(*d);
    if (!c) {
        return c.error();
    }
    return xml::read_response(*c);
}
inline error response_error(std::string_view text) {
    return read_response(text).error();
}

/// Reads a request that nobody has signed.
inline result<kms::received<kms::request>> read_request(std::string_view text) {
    auto const d = xml::document::parse(text);
    if (!d) {
        return d.error();
    }
    auto const c = xml::content::unsigned_of(*d);
    if (!c) {
        return c.error();
    }
    return xml::read_request(*c);
}

/// A text with its first occurrence of another replaced.
inline std::string replaced(std::string text, std::string_view from, std::string_view by) {
    auto const at = text.find(from);
    return at == std::string::npos ? std::string{"not there"} : text.replace(at, from.size(), by);
}

}  // namespace mcx::test

#endif
