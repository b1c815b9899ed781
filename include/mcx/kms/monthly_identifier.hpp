// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_MONTHLY_IDENTIFIER_HPP
#define MCX_KMS_MONTHLY_IDENTIFIER_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/date_time.hpp>
#include <mcx/kms/uri.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

// The identifiers that MIKEY-SAKKE used before TS 33.180 gave it UIDs: year and month of the keys,
// and the user's URI, in the clear. [RFC 6509 §3.2] A KMS certificate of user id format 2 means the
// UID of kms/uid.hpp instead.

namespace mcx::kms {

/// An identifier for one month: 2011-02, NUL, URI, NUL. [RFC 6509 §3.2]
using monthly_identifier = bounded_bytes<7 + 1 + user_uri::max_size + 1>;

/// Makes the identifier of a user for the month that an instant is in, by UTC. Fails: out_of_range
/// (the year has not four digits). [RFC 6509 §3.2]
[[nodiscard]] constexpr result<monthly_identifier> make_monthly_identifier(user_uri const& user,
                                                                           instant at) noexcept {
    auto const date = date_time::encode(at);
    if (!date) {
        return date.error();
    }
    monthly_identifier made;
    (void)made.resize(user.size() + 9);
    auto const out = made.octets();
    auto const put = [&out](std::string_view text, std::size_t to) {
        std::transform(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(to),
                       [](char c) { return to_byte(c); });
    };
    put(date->view().substr(0, 7), 0);
    put(user.view(), 8);
    return made;
}

}  // namespace mcx::kms

#endif
