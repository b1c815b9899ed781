// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_REQUEST_HPP
#define MCX_KMS_REQUEST_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/received.hpp>
#include <mcx/kms/uri.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

// KmsRequest, and the checks that a KMS makes of one. [TS 33.180 D.2.2] What the request asks for
// stands in its URL: kms/request_path.hpp. XML is read and written in xml/.

namespace mcx::kms {

/// What went wrong, in the words of whoever reports it. [TS 33.180 D.3.5 ErrorType]
struct error_report {
    std::int64_t code = 0;
    error_text message;

    friend bool operator==(error_report const&, error_report const&) noexcept = default;
};

/// A request to a KMS, in the order of Table D.2.2-1.
struct request {
    user_uri user;
    kms_uri kms;
    instant time;
    std::optional<client_name> client;
    std::optional<device_name> device;
    request_url url;
    std::string krr_list;  ///< the redirect responses that led here, as raw XML; empty: none
    std::optional<error_report> client_error;
    std::optional<key_name> trk_id;  ///< the key that the answer's keys are to be wrapped with
    std::optional<key_name> signature_id;  ///< the key that the request is signed with

    friend bool operator==(request const&, request const&) noexcept = default;
};

/// How far a message's time may be from the receiver's clock.
struct time_window {
    std::chrono::seconds seconds;

    [[nodiscard]] constexpr bool covers(instant said, instant now) const noexcept {
        return said.plus(seconds) >= now && said <= now.plus(seconds);
    }
};

/// What a KMS demands of a request.
struct request_terms {
    kms_uri kms;                   ///< the KMS's own
    request_url url;               ///< where the request was posted
    std::optional<user_uri> user;  ///< the authenticated user; none where another party vouches
    time_window window{std::chrono::seconds{5}};  ///< the TS's example
    bool signed_only = false;
};

/// Tells whether a request is for this KMS, now, and from this user. Fails, `where` being the
/// element: domain_mismatch, request_url_mismatch, message_time, user_mismatch, message_unsigned,
/// no_such_key (Signature-ID names another key than the one that verified). [TS 33.180 D.2.2]
[[nodiscard]] inline result<void> check(received<request> const& asked, request_terms const& terms,
                                        Clock auto const& clock) noexcept {
    request const& r = asked.message();
    if (r.kms != terms.kms) {
        return detail::at_element(message_element::domain_uri, errc::domain_mismatch);
    }
    if (r.url != terms.url) {
        return detail::at_element(message_element::client_req_url, errc::request_url_mismatch);
    }
    if (!terms.window.covers(r.time, clock.now())) {
        return detail::at_element(message_element::time, errc::message_time);
    }
    if (terms.user && r.user != *terms.user) {
        return detail::at_element(message_element::user_name, errc::user_mismatch);
    }
    if (terms.signed_only && !asked.signed_by()) {
        return errc::message_unsigned;
    }
    if (r.signature_id && asked.signed_by() && *r.signature_id != *asked.signed_by()) {
        return detail::at_element(message_element::signature_id, errc::no_such_key);
    }
    return {};
}

}  // namespace mcx::kms

#endif
