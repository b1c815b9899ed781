// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/redirect.hpp>

#include "support/check.hpp"

namespace kms = mcx::kms;

TEST_CASE("a redirect response goes with a status and a media type") {
    CHECK_BOTH(kms::redirect_sip_status == 488);
    CHECK_BOTH(kms::redirect_media_type == "application/vnd.3gpp.kmsredirectresponse+xml");
}

TEST_CASE("redirect responses are the same where every octet is") {
    kms::redirect_response const one{.xml = "<a/>"};
    auto other = one;
    CHECK(other == one);
    other.xml = "<a />";
    CHECK_FALSE(other == one);
}
