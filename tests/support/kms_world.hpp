// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_KMS_WORLD_HPP
#define MCX_TESTS_SUPPORT_KMS_WORLD_HPP

#include <mcx/kms/key_set.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/response.hpp>

#include "certificate_text.hpp"
#include "kms_points.hpp"
#include "mock.hpp"
#include "sha256.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

// A KMS, its user and a partner, at the time of the worked example of UIDs: period 1388 of a key
// period of 30 days. [TS 33.180 F.2.1.2]

namespace mcx::test {

inline constexpr kms::user_uri kms_user{"sip:user@example.org"};
inline constexpr kms::kms_uri kms_home{"kms.example.org"};
inline constexpr kms::kms_uri kms_partner{"kms.partner.example"};
inline constexpr fixed_clock kms_clock{{1'390'730'834}};  // 2014-01-26T10:07:14Z
inline constexpr std::uint64_t kms_period_no = 1388;

/// Thirty days later.
inline constexpr fixed_clock kms_clock_later{{kms_clock.at.seconds + 2'592'000}};

inline kms::certificate home_certificate() {
    return *kms::certificate::from(good_certificate());
}

inline kms::certificate partner_certificate() {
    auto f = good_certificate();
    f.kms_uri = "kms.partner.example";
    f.role = "External";
    return *kms::certificate::from(f);
}

/// The fields of a user's key set for a period, which refer to this.
class key_set_text {
    std::string number_;
    kms::uid::written id_;
    std::string user_;

  public:
    kms::key_set_fields fields;

    explicit key_set_text(std::uint64_t number = kms_period_no,
                          kms::user_uri const& user = kms_user)
        : number_(std::to_string(number)),
          id_(kms::make_uid<sha256>(user, kms_home, home_certificate().key_period(), number)
                  .value()
                  .encode()),
          user_(user.view()) {
        fields.kms_uri = "kms.example.org";
        fields.user_uri = user_;
        fields.user_id = id_.view();
        fields.key_period_no = number_;
        fields.user_decrypt_key.digits = sakke_base_point;
        fields.user_signing_key_ssk.digits =
            "0000000000000000000000000000000000000000000000000000000000012345";
        fields.user_pub_token_pvt.digits = p256_base_point;
    }
    key_set_text(key_set_text const&) = delete;
    key_set_text& operator=(key_set_text const&) = delete;

    [[nodiscard]] result<kms::key_set> made() const { return kms::key_set::from(fields); }
};

inline kms::key_set key_set_of(std::uint64_t number = kms_period_no,
                               kms::user_uri const& user = kms_user) {
    return certain(key_set_text{number, user}.made());
}

inline kms::key_prov keys_of(std::uint64_t number = kms_period_no,
                             kms::user_uri const& user = kms_user) {
    kms::key_prov made;
    made.sets.push_back(key_set_of(number, user));
    return made;
}

/// A response to a URL, without a message.
inline kms::response response_to(kms::request_url const& url) {
    kms::response r;
    r.user = kms_user;
    r.kms = kms_home;
    r.time = kms_clock.at;
    r.url = url;
    return r;
}

/// A key that has been wrapped, of any number of octets.
inline kms::wrapped_key wrapped_of(std::size_t size, unsigned value = 7) {
    kms::wrapped_key made;
    made.wrapped_with = kms::key_name("trk.12.user@example.org");
    (void)made.octets.resize(size);
    for (auto& octet : made.octets.octets()) {
        octet = static_cast<std::byte>(value);
    }
    return made;
}

/// Wraps by adding an octet to each, with the number 7 for a check: no cipher.
struct toy_wrapper {
    std::uint8_t key = 1;

    result<void> unwrap(byte_view wrapped, byte_span out) const noexcept {
        bool good = wrapped.size() == out.size() + 8;
        for (std::size_t i = 0; good && i < 8; ++i) {
            good = wrapped[i] == std::byte{7};
        }
        for (std::size_t i = 0; good && i < out.size(); ++i) {
            out[i] = static_cast<std::byte>(std::to_integer<unsigned>(wrapped[i + 8]) - key);
        }
        return good ? result<void>{} : errc::key_wrap_integrity;
    }
};

}  // namespace mcx::test

#endif
