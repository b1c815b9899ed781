// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_NAMES_HPP
#define MCX_KMS_NAMES_HPP

#include <mcx/codec/uri.hpp>
#include <mcx/codec/utf8.hpp>
#include <mcx/core/text.hpp>
#include <mcx/kms/uri.hpp>

#include <string_view>

// The names in KMS messages that are no URI of a domain, certificate or user. [TS 33.180 D.2.2,
// D.3.1, 9.3.5] They are compared octet for octet, as those of kms/uri.hpp are.

namespace mcx::detail {

/// Refuses control characters and what is not UTF-8.
[[nodiscard]] constexpr errc check_printable(std::string_view v) noexcept {
    errc const refused = refuse_control_characters(v);
    return refused != errc::none || utf8::check(v) ? refused : errc::value_character;
}

/// A tag for printable text, told apart by a number.
template <int>
struct kms_printable_tag {
    static constexpr errc check(std::string_view v) noexcept { return check_printable(v); }
};
struct key_name_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};
struct request_url_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};
struct server_url_tag {
    static constexpr errc check(std::string_view v) noexcept {
        errc const refused = v.empty() ? errc::value_empty : https_uri_tag::check(v);
        bool const ends = v.ends_with('/') || v.find('?') != v.npos;
        return refused == errc::none && ends ? errc::value_character : refused;
    }
};

}  // namespace mcx::detail

namespace mcx::kms {

/// Names a transport key (TrK) or an integrity key (InK), as in ink.12.user@example.org.
/// [TS 33.180 9.3.5 KeyName, D.2.2 TrK-ID, Signature-ID]
using key_name = text<detail::key_name_tag, 320>;

/// The URL that a request is posted to. [TS 33.180 D.2.2 ClientReqUrl]
using request_url = text<detail::request_url_tag, 1536>;

/// The beginning of the URL of every request to a KMS, such as https://kms.example.org: https, and
/// nothing that a path cannot follow. [TS 33.180 D.2]
using server_url = text<detail::server_url_tag, 255>;

/// Names the client that asks. [TS 33.180 D.2.2 ClientId]
using client_name = text<detail::kms_printable_tag<0>, 255>;

/// Names the device that asks. [TS 33.180 D.2.2 DeviceId]
using device_name = text<detail::kms_printable_tag<1>, 255>;

/// Names the machine that answers. [TS 33.180 D.3.1 KmsId]
using kms_name = text<detail::kms_printable_tag<2>, 255>;

/// What an error report says to people. [TS 33.180 D.3.5 ErrorMsg]
using error_text = text<detail::kms_printable_tag<3>, 1024>;

}  // namespace mcx::kms

#endif
