// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_URI_HPP
#define MCX_KMS_URI_HPP

#include <mcx/core/text.hpp>

#include <algorithm>
#include <string_view>

// The names that security domains, KMS certificates and their users go by. They are hashed into the
// UID of a user and compared octet for octet [TS 33.180 5.2.7, F.2.1], so nothing here normalises
// them: no scheme is added, no case folded, no percent-encoding undone. The TS writes KMS URIs
// without a scheme, as in kms.example.org. White space around an element of an XML document is not
// part of its value: see kms/xsd.hpp.

namespace mcx::kms {

/// Refuses what a URI cannot hold: anything but visible ASCII characters, and nothing at all.
[[nodiscard]] constexpr errc check_uri(std::string_view v) noexcept {
    bool const visible =
        std::all_of(v.begin(), v.end(), [](char c) { return c > ' ' && c < 0x7F; });
    if (!visible) {
        return errc::value_character;
    }
    return v.empty() ? errc::value_empty : errc::none;
}

}  // namespace mcx::kms

namespace mcx::detail {

struct kms_uri_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};
struct cert_uri_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};
struct user_uri_tag {
    static constexpr errc check(std::string_view v) noexcept { return kms::check_uri(v); }
};

}  // namespace mcx::detail

namespace mcx::kms {

/// Names a security domain, which is to say a logical KMS. [TS 33.180 3.1, D.3.2.2 KmsUri]
using kms_uri = text<detail::kms_uri_tag, 255>;

/// Names one KMS certificate: a newer certificate of that name takes its place. [TS 33.180 5.3.5]
using cert_uri = text<detail::cert_uri_tag, 255>;

/// Names a user of a security domain: an MC service id, a group management server, a gateway.
/// [TS 33.180 D.3.3.2 UserUri]
using user_uri = text<detail::user_uri_tag, 255>;

}  // namespace mcx::kms

#endif
