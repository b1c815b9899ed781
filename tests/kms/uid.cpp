// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/uid.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/sha256.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::instant;
using mcx::kms::key_period;
using mcx::kms::kms_uri;
using mcx::kms::make_uid;
using mcx::kms::uid;
using mcx::kms::unchecked_uid;
using mcx::kms::user_uri;
using mcx::test::hex_octets;
using mcx::test::sha256;
using std::chrono::seconds;

namespace {

constexpr user_uri user{"sip:user@example.org"};
constexpr kms_uri kms{"kms.example.org"};
constexpr key_period month = *key_period::from(seconds{2'592'000}, seconds{0});

/// The UID of the worked example. [TS 33.180 F.2.1.2]
constexpr uid example{
    hex_octets("3a81fb14c3b1d0fe43c9c577104d55a6d81788bfd2f09743c4557746a5a0353b")};
constexpr std::string_view example_text = "OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNTs=";

/// A digest that fails, as one of a broken machine does.
struct failing {
    static constexpr std::size_t size = 32;
    constexpr void update(mcx::byte_view) noexcept {}
    constexpr mcx::result<mcx::fixed_bytes<32>> finish() noexcept { return errc::backend; }
};

/// A digest of the wrong size.
struct too_long {
    static constexpr std::size_t size = 64;
    void update(mcx::byte_view) noexcept {}
    mcx::result<mcx::fixed_bytes<64>> finish() noexcept { return errc::backend; }
};

/// A digest that keeps what it was given.
struct recording {
    static constexpr std::size_t size = 32;
    static inline std::string input;
    void update(mcx::byte_view octets) noexcept { input += mcx::as_text(octets); }
    mcx::result<mcx::fixed_bytes<32>> finish() noexcept { return mcx::fixed_bytes<32>{}; }
};

}  // namespace

TEST_CASE("the worked example of F.2.1.2 gives its UID") {
    CHECK_BOTH(*month.number_at(instant{1'390'730'834}) == 1388);
    CHECK_BOTH(*make_uid<sha256>(user, kms, month, 1388) == example);
    CHECK_BOTH(make_uid<sha256>(user, kms, month, 1388)->encode().view() == example_text);
}

TEST_CASE("what is hashed is the S of the worked example") {
    recording::input.clear();
    CHECK(make_uid<recording>(user, kms, month, 1388).has_value());
    constexpr auto s = hex_octets(
        "004d494b45592d53414b4b452d554944000f7369703a75736572406578616d706c652e6f72670014"
        "6b6d732e6578616d706c652e6f7267000f278d000003000001056c0002");
    CHECK(recording::input == mcx::as_text(s));
}

TEST_CASE("published UIDs come out as they were published") {
    constexpr key_period ten = *key_period::from(seconds{10}, seconds{0});
    constexpr key_period shifted = *key_period::from(seconds{25'920'000}, seconds{100});
    CHECK_BOTH(make_uid<sha256>(user, kms, month, 1)->octets() ==
               hex_octets("74e2af803ab5d72841bbced0ce319ffe64f6fe23c88a2d258aabcf6ac5658ef4"));
    CHECK_BOTH(make_uid<sha256>(user, kms, ten, 10)->octets() ==
               hex_octets("94fb1a697c15d7e9d6b7062066affebda2d9e346e0090d67525c0c3ce666eafa"));
    CHECK_BOTH(make_uid<sha256>(user, kms, shifted, 1)->octets() ==
               hex_octets("3c0ad8828cfae1ad1d08b27cc7b61258c6cfcd405081b68cd778f1e1c7f562a7"));
    CHECK_BOTH(make_uid<sha256>(user, kms, shifted, 2048)->octets() ==
               hex_octets("c88b3fa5e36a08985d10f7b31a631b0265e8249f0312435e4984dbc3765c7f0c"));
    constexpr key_period long_one = *key_period::from(seconds{16'777'215}, seconds{0});
    CHECK_BOTH(
        make_uid<sha256>("sip:alice@streamwide.com", "kms.mydev.streamwide.com", long_one, 236)
            ->octets() ==
        hex_octets("b5c452309219da6a3d805615548d6c1b0f4de45a6b48fb13d9a24d857fc03dc4"));
    CHECK_BOTH(make_uid<sha256>("gms@streamwide.com", "kms.mydev.streamwide.com", long_one, 236)
                   ->octets() ==
               hex_octets("15a4d5b12856538d02d91fedbb766e6dd377b014c92e216666c8fb678608d20e"));
}

TEST_CASE("a published UID of a domain that does not observe P4 < P3 comes out as well") {
    CHECK_BOTH(unchecked_uid<sha256>(user, kms, 25'920'000, 45'920'000, 20'393'844)->octets() ==
               hex_octets("8dc05540167345538475101514f4eabd384abd6ba665782abb312ecaf05934e1"));
}

TEST_CASE("a number has as many octets as it needs") {
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    CHECK_BOTH(unchecked_uid<sha256>("u", "k", 255, 254, 256)->octets() ==
               hex_octets("a990a9000a3c37a89c185f6bb03428056f76beec2d244105425bb34e0ee88cbd"));
    auto const longest_user = *user_uri::from(std::string(255, 'u'));
    auto const longest_kms = *kms_uri::from(std::string(255, 'k'));
    CHECK(unchecked_uid<sha256>(longest_user, longest_kms, all, all, all)->octets() ==
          hex_octets("c72ccdb946e6191903f6cc8b7e49e3d82996f97c37b252f0ebc6fdc1d1eb6788"));
}

TEST_CASE("each input of a UID matters, octet for octet") {
    auto const differs = [](mcx::result<uid> const& other) { return other && *other != example; };
    constexpr key_period shifted = *key_period::from(seconds{2'592'000}, seconds{1});
    constexpr key_period longer = *key_period::from(seconds{2'592'001}, seconds{0});
    CHECK(differs(make_uid<sha256>("sip:User@example.org", kms, month, 1388)));
    CHECK(differs(make_uid<sha256>(user, "KMS.example.org", month, 1388)));
    CHECK(differs(make_uid<sha256>(user, kms, shifted, 1388)));
    CHECK(differs(make_uid<sha256>(user, kms, longer, 1388)));
    CHECK(differs(make_uid<sha256>(user, kms, month, 1389)));
}

TEST_CASE("a UID is made by a digest of 32 octets only") {
    CHECK_BOTH(mcx::kms::UidDigest<sha256>);
    CHECK_BOTH(mcx::Digest<too_long> && !mcx::kms::UidDigest<too_long>);
    CHECK_BOTH(!mcx::kms::UidDigest<int>);
}

TEST_CASE("a digest that fails is the backend's fault") {
    CHECK_BOTH(make_uid<failing>(user, kms, month, 1).error().code == errc::backend);
}

TEST_CASE("a UID is read from base64 and from hexadecimal digits") {
    CHECK_BOTH(*uid::parse(example_text) == example);
    CHECK_BOTH(*uid::parse("3a81fb14c3b1d0fe43c9c577104d55a6d81788bfd2f09743c4557746a5a0353b") ==
               example);
    CHECK_BOTH(*uid::parse("3A81FB14C3B1D0FE43C9C577104D55A6D81788BFD2F09743C4557746A5A0353B") ==
               example);
}

TEST_CASE("every UID that is written is read again") {
    for (unsigned first = 0; first < 256; ++first) {
        mcx::fixed_bytes<32> octets{};
        octets.fill(static_cast<std::byte>(first));
        octets.back() = std::byte{0xFF};
        uid const made{octets};
        CHECK(*uid::parse(made.encode().view()) == made);
    }
}

TEST_CASE("a UID in another spelling is refused") {
    CHECK_BOTH(uid::parse("").error().code == errc::base64_length);
    CHECK_BOTH(uid::parse(example_text.substr(1)).error().code == errc::base64_length);
    CHECK_BOTH(uid::parse(example_text.substr(0, 43)).error().code == errc::base64_length);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL_S8JdDxFV3RqWgNTs=").error().code ==
               errc::base64_character);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL-S8JdDxFV3RqWgNTs=").error().code ==
               errc::base64_character);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL S8JdDxFV3RqWgNTs=").error().code ==
               errc::base64_character);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNTt=").error().code ==
               errc::base64_spare_bits);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNT==").error().code ==
               errc::base64_padding);
    CHECK_BOTH(uid::parse("OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNTsA").error().code ==
               errc::base64_padding);
    CHECK_BOTH(uid::parse("3a81fb14c3b1d0fe43c9c577104d55a6d81788bfd2f09743c4557746a5a0353g")
                   .error()
                   .code == errc::hex_character);
}
