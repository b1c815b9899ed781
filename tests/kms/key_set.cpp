// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/key_set.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <new>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::instant;
using mcx::kms::key_set;
using mcx::kms::key_set_element;
using mcx::test::home_certificate;
using mcx::test::key_set_of;
using mcx::test::key_set_text;
using mcx::test::toy_wrapper;
using mcx::test::wrapped_of;
namespace kms = mcx::kms;

namespace {

/// A key of 32 octets that is 7s when it is unwrapped by the toy, or zeros.
constexpr kms::key_name trk{"trk.12.user@example.org"};

template <class Change>
mcx::error refusal(Change change) {
    key_set_text text;
    change(text.fields);
    return text.made().error();
}

bool is(mcx::error e, errc code, key_set_element where) {
    return e.code == code && e.where == static_cast<std::uint16_t>(where);
}

template <class T>
concept Printable = requires(std::ostream& out, T const& value) { out << value; };

}  // namespace

TEST_CASE("a key set is read") {
    key_set_text text;
    text.fields.cert_uri = " cert1.example.org ";
    text.fields.issuer = "www.example.org";
    text.fields.valid_from = "2014-01-01T00:00:00";
    text.fields.valid_to = "2014-02-01T00:00:00";
    text.fields.revoked = "0";
    auto const set = text.made();
    CHECK(set);
    if (!set) {
        return;
    }
    auto const& labels = set->labels();
    CHECK(labels.kms_uri == mcx::test::kms_home);
    CHECK(labels.cert_uri == kms::cert_uri("cert1.example.org"));
    CHECK(labels.issuer->view() == "www.example.org");
    CHECK(labels.user_uri == mcx::test::kms_user);
    CHECK(labels.user_id.encode().view() == "OoH7FMOx0P5DycV3EE1VptgXiL/S8JdDxFV3RqWgNTs=");
    CHECK(labels.key_period_no == 1388);
    CHECK(labels.valid_from == instant{1'388'534'400});
    CHECK(labels.valid_to == instant{1'391'212'800});
    CHECK_FALSE(labels.revoked);
    CHECK(set->decrypt_key().plain().size() == 257);
    CHECK(set->signing_key().plain().reveal()[31] == std::byte{0x45});
    CHECK(set->public_token().plain().reveal()[0] == std::byte{4});
}

TEST_CASE("a key set lacks nothing that has to be there") {
    using e = key_set_element;
    CHECK(is(refusal([](auto& f) { f.kms_uri.reset(); }), errc::field_missing, e::domain_uri));
    CHECK(is(refusal([](auto& f) { f.user_uri.reset(); }), errc::field_missing, e::user_name));
    CHECK(is(refusal([](auto& f) { f.user_id.reset(); }), errc::field_missing, e::user_id));
    CHECK(is(refusal([](auto& f) { f.key_period_no.reset(); }), errc::field_missing,
             e::key_period_no));
    CHECK(is(refusal([](auto& f) { f.user_decrypt_key.digits.reset(); }), errc::field_missing,
             e::user_decrypt_key));
    CHECK(is(refusal([](auto& f) { f.user_signing_key_ssk.digits.reset(); }), errc::field_missing,
             e::user_signing_key_ssk));
    CHECK(is(refusal([](auto& f) { f.user_pub_token_pvt.digits.reset(); }), errc::field_missing,
             e::user_pub_token_pvt));
}

TEST_CASE("values that an element may not have are refused") {
    using e = key_set_element;
    CHECK(is(refusal([](auto& f) { f.kms_uri = "a b"; }), errc::field_value, e::domain_uri));
    CHECK(is(refusal([](auto& f) { f.cert_uri = ""; }), errc::field_value, e::certificate_uri));
    CHECK(is(refusal([](auto& f) { f.issuer = "\n"; }), errc::field_value, e::issuer));
    CHECK(is(refusal([](auto& f) { f.user_id = "AA=="; }), errc::field_value, e::user_id));
    CHECK(is(refusal([](auto& f) { f.valid_from = "x"; }), errc::field_value, e::valid_from));
    CHECK(is(refusal([](auto& f) { f.valid_to = "x"; }), errc::field_value, e::valid_to));
    CHECK(
        is(refusal([](auto& f) { f.key_period_no = "-1"; }), errc::field_value, e::key_period_no));
    CHECK(is(refusal([](auto& f) { f.revoked = "no"; }), errc::field_value, e::revoked));
    CHECK(is(refusal([](auto& f) {
                 f.valid_from = "2014-01-01T00:00:01";
                 f.valid_to = "2014-01-01T00:00:00";
             }),
             errc::validity_reversed, e::valid_to));
}

TEST_CASE("keys of another length, encoding or curve are refused") {
    using e = key_set_element;
    auto const rsk = [](std::string_view digits) {
        return refusal([digits](auto& f) { f.user_decrypt_key.digits = digits; });
    };
    std::string point = mcx::test::sakke_base_point;
    CHECK(rsk(point).code == errc::none);
    CHECK(rsk("\n " + point + "\t").code == errc::none);
    CHECK(is(rsk(point.substr(2)), errc::field_value, e::user_decrypt_key));
    CHECK(is(rsk(mcx::test::p256_base_point), errc::field_value, e::user_decrypt_key));
    point.back() = '6';
    CHECK(is(rsk(point), errc::field_value, e::user_decrypt_key));
    point.back() = 'g';
    CHECK(is(rsk(point), errc::field_value, e::user_decrypt_key));

    auto const ssk = [](std::string_view digits) {
        return refusal([digits](auto& f) { f.user_signing_key_ssk.digits = digits; }).code;
    };
    CHECK(ssk("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550") == errc::none);
    CHECK(ssk("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551") ==
          errc::field_value);
    CHECK(ssk("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632552") ==
          errc::field_value);
    CHECK(ssk(std::string(63, '0') + "1") == errc::none);
    CHECK(ssk(std::string(64, '0')) == errc::field_value);
    CHECK(ssk(std::string(64, 'F')) == errc::field_value);

    CHECK(is(refusal([](auto& f) { f.user_pub_token_pvt.digits = mcx::test::sakke_base_point; }),
             errc::field_value, e::user_pub_token_pvt));
    std::string pvt = mcx::test::p256_base_point;
    pvt.back() = '4';
    CHECK(is(refusal([&pvt](auto& f) { f.user_pub_token_pvt.digits = pvt; }), errc::field_value,
             e::user_pub_token_pvt));
}

TEST_CASE("keys may be wrapped, of whatever length") {
    key_set_text text;
    auto const rsk = wrapped_of(265);
    text.fields.user_decrypt_key = {std::nullopt, &rsk};
    auto const set = text.made();
    CHECK(set);
    CHECK((set && set->decrypt_key().is_wrapped() && *set->decrypt_key().wrapped() == rsk));
}

TEST_CASE("the signing key is unwrapped, or stays as it was") {
    key_set_text text;
    auto ssk = wrapped_of(40);
    text.fields.user_signing_key_ssk = {std::nullopt, &ssk};
    auto set = text.made();
    CHECK(set);
    if (!set) {
        return;
    }
    CHECK(set->unwrap_signing_key(trk, toy_wrapper{7}).error() ==
          mcx::detail::at_element(key_set_element::user_signing_key_ssk, errc::field_value));
    CHECK(set->unwrap_signing_key("x", toy_wrapper{}).error().code == errc::no_such_key);
    CHECK(set->signing_key().is_wrapped());
    CHECK(set->unwrap_signing_key(trk, toy_wrapper{2}));
    CHECK(set->signing_key().plain().reveal()[31] == std::byte{5});
    CHECK(set->unwrap_signing_key("x", toy_wrapper{}));  // nothing is left to be done
}

TEST_CASE("a key set belongs to the domain and user that its UID is of") {
    auto const own = home_certificate();
    CHECK(key_set_of().belongs_to<mcx::test::sha256>(own));
    CHECK(key_set_of(1).belongs_to<mcx::test::sha256>(own));
    CHECK(
        key_set_of().belongs_to<mcx::test::sha256>(mcx::test::partner_certificate()).error().code ==
        errc::domain_mismatch);
    key_set_text text;
    text.fields.key_period_no = "1389";
    CHECK(is(text.made()->belongs_to<mcx::test::sha256>(own).error(), errc::user_id_mismatch,
             key_set_element::user_id));
    auto f = mcx::test::good_certificate();
    f.cert_uri = "cert2.example.org";
    auto const newer = kms::certificate::from(f);
    key_set_text other;
    CHECK(other.made()->belongs_to<mcx::test::sha256>(*newer));
    other.fields.cert_uri = "cert1.example.org";
    CHECK(other.made()->belongs_to<mcx::test::sha256>(*newer).error().code ==
          errc::domain_mismatch);
}

TEST_CASE("keys that are revoked or out of their time may not be used") {
    key_set_text text;
    text.fields.valid_from = "2014-01-01T00:00:00";
    text.fields.valid_to = "2014-02-01T00:00:00";
    CHECK(text.made()->usable_at({1'388'534'400}));
    CHECK(text.made()->usable_at({1'391'212'799}));
    CHECK(text.made()->usable_at({1'388'534'399}).error().code == errc::key_set_outside_validity);
    CHECK(text.made()->usable_at({1'391'212'800}).error().code == errc::key_set_outside_validity);
    text.fields.revoked = "true";
    CHECK(text.made()->usable_at({1'388'534'400}).error().code == errc::key_set_revoked);
    CHECK(key_set_of().usable_at({0}));
}

TEST_CASE("a key set moves, is never copied, and is never printed") {
    CHECK_BOTH(!std::is_copy_constructible_v<key_set>);
    CHECK_BOTH(!std::is_copy_assignable_v<key_set>);
    CHECK_BOTH(std::is_nothrow_move_constructible_v<key_set>);
    CHECK_BOTH(!Printable<key_set>);
    CHECK_BOTH(!Printable<kms::key_material<32>>);
}

TEST_CASE("key sets are equal where everything is") {
    CHECK(key_set_of() == key_set_of());
    CHECK(!(key_set_of() == key_set_of(1387)));
    key_set_text text;
    text.fields.user_signing_key_ssk.digits =
        "0000000000000000000000000000000000000000000000000000000000012346";
    CHECK(!(*text.made() == key_set_of()));
    key_set_text second;
    second.fields.user_decrypt_key.digits = mcx::test::sakke_public_key;
    CHECK(!(*second.made() == key_set_of()));
    key_set_text third;
    third.fields.user_pub_token_pvt.digits = mcx::test::eccsi_public_key;
    CHECK(!(*third.made() == key_set_of()));
}

TEST_CASE("no secret is left where a key set has been") {
    alignas(key_set) std::array<std::byte, sizeof(key_set)> place{};
    auto* const set = ::new (static_cast<void*>(place.data())) key_set(key_set_of());
    std::array const secrets{
        std::string{mcx::as_text(set->decrypt_key().plain().reveal().subspan(1, 64))},
        std::string{mcx::as_text(set->signing_key().plain().reveal())},
        std::string{mcx::as_text(set->public_token().plain().reveal())}};
    auto const held = [&place, &secrets] {
        return std::count_if(secrets.begin(), secrets.end(), [&place](std::string const& s) {
            return mcx::as_text(place).find(s) != std::string_view::npos;
        });
    };
    CHECK(held() == 3);
    key_set moved{std::move(*set)};
    CHECK(held() == 0);
    CHECK(moved.decrypt_key().plain().size() == 257);
    *set = std::move(moved);
    CHECK(held() == 3);
    *set = key_set_of();
    CHECK(held() == 3);
    set->~key_set();
    CHECK(held() == 0);
}

TEST_CASE("no secret is left where an unwrapped key has been") {
    alignas(key_set) std::array<std::byte, sizeof(key_set)> place{};
    key_set_text text;
    auto const ssk = wrapped_of(40);
    text.fields.user_signing_key_ssk = {std::nullopt, &ssk};
    auto* const set =
        ::new (static_cast<void*>(place.data())) key_set(mcx::test::certain(text.made()));
    std::string const secret(32, '\x05');
    auto const holds = [&place, &secret] {
        return mcx::as_text(place).find(secret) != std::string_view::npos;
    };
    CHECK_FALSE(holds());
    CHECK(set->unwrap_signing_key(trk, toy_wrapper{2}));
    CHECK(holds());
    set->~key_set();
    CHECK_FALSE(holds());
}
