// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/element.hpp>

#include "support/check.hpp"

#include <cstdint>
#include <set>
#include <string>

using mcx::errc;
using mcx::error;
using mcx::kms::element_of;
namespace kms = mcx::kms;

TEST_CASE("every element of KMS documents has a number of its own and a name") {
    CHECK_BOTH(name_of(kms::key_set_element::domain_uri) == "KmsUri");
    CHECK_BOTH(name_of(kms::key_set_element::user_pub_token_pvt) == "UserPubTokenPVT");
    CHECK_BOTH(name_of(kms::message_element::kms_request) == "KmsRequest");
    CHECK_BOTH(name_of(kms::message_element::cache_num) == "CacheNum");
    CHECK_BOTH(name_of(kms::message_element::private_call_kms_uri) == "PrivateCallKMSURI");
}

TEST_CASE("the name of what an error is about is found by its number") {
    CHECK_BOTH(element_of(error{errc::field_value, 10}) == "PubEncKey");
    CHECK_BOTH(element_of(error{errc::field_value, 37}) == "UserID");
    CHECK_BOTH(element_of(error{errc::field_value, 68}) == "SignedKmsResponse");
    CHECK_BOTH(element_of(errc::xml_syntax).empty());
}

TEST_CASE("numbers between the kinds and past them name nothing") {
    for (unsigned const number : {0U, 17U, 32U, 45U, 64U, 98U, 999U, 65535U}) {
        auto const n = static_cast<std::uint16_t>(number);
        CHECK(element_of(error{errc::field_value, n}).empty());
    }
    std::set<std::uint16_t> named;
    for (std::uint16_t n = 0; n < 200; ++n) {
        if (!element_of(error{errc::field_value, n}).empty()) {
            named.insert(n);
        }
    }
    CHECK(named.size() == 16 + 12 + 33);
}
