// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_REDIRECT_HPP
#define MCX_KMS_REDIRECT_HPP

#include <string>
#include <string_view>

// KMS redirect responses: whoever is on the path of a SIP message says that the KMSs named in it
// will not do. [TS 33.180 5.2.8, D.4] They provision no certificate, may be ignored, and nest: who
// narrows the choice embeds the response before in its own. What their elements are called is not
// known here, so what they say is carried as it came; what surrounds it is: xml/redirect.hpp.

namespace mcx::kms {

/// The media type in which a redirect response is carried. [TS 33.180 D.4]
inline constexpr std::string_view redirect_media_type =
    "application/vnd.3gpp.kmsredirectresponse+xml";

/// The status of the SIP response that carries one: Not Acceptable Here. [TS 33.180 D.4]
inline constexpr int redirect_sip_status = 488;

/// A redirect response, as XML that stands by itself.
struct redirect_response {
    std::string xml;  ///< the element KmsRedirectResponse, all of it

    friend bool operator==(redirect_response const&, redirect_response const&) noexcept = default;
};

}  // namespace mcx::kms

#endif
