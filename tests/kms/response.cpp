// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/response.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::error;
using mcx::test::home_certificate;
using mcx::test::key_set_of;
using mcx::test::key_set_text;
using mcx::test::keys_of;
using mcx::test::kms_clock;
using mcx::test::kms_clock_later;
using mcx::test::kms_home;
using mcx::test::kms_user;
using mcx::test::partner_certificate;
using mcx::test::sha256;
namespace kms = mcx::kms;
namespace test = mcx::test;

namespace {

constexpr kms::request_url url{"https://kms.example.org/keymanagement/identity/v1/init"};

template <class Change>
error refusal(Change change, bool signed_only = false) {
    kms::response got = test::response_to(url);
    change(got);
    kms::response_terms terms;
    terms.user = kms_user;
    terms.kms = kms_home;
    terms.url = url;
    terms.signed_only = signed_only;
    return kms::check(kms::received{std::move(got)}, terms, kms_clock).error();
}

error keys_refusal(kms::key_prov const& keys) {
    return kms::check<sha256>(keys, home_certificate(), kms_user, kms_clock.at).error();
}

}  // namespace

TEST_CASE("a response that answers the request is let through") {
    CHECK(refusal([](auto&) {}).code == errc::none);
    CHECK(refusal([](auto& r) { r.time.seconds += 30; }).code == errc::none);
}

TEST_CASE("a response to another request is refused") {
    CHECK(refusal([](auto& r) { r.kms = "x"; }).code == errc::domain_mismatch);
    CHECK(refusal([](auto& r) { r.user = "x"; }).code == errc::user_mismatch);
    CHECK(refusal([](auto& r) { r.url = "x"; }).code == errc::request_url_mismatch);
    CHECK(refusal([](auto& r) { r.time.seconds += 31; }).code == errc::message_time);
    CHECK(refusal([](auto& r) { r.time.seconds -= 31; }).code == errc::message_time);
    CHECK(refusal([](auto&) {}, true).code == errc::message_unsigned);
    CHECK(refusal([](auto& r) { r.signature_id = kms::key_name("ink.1"); }, true).code ==
          errc::message_unsigned);
    CHECK(refusal([](auto& r) { r.error = kms::error_report{}; }).code == errc::kms_refused);
}

TEST_CASE("a response moves and is never copied, since it may hold keys") {
    CHECK_BOTH(!std::is_copy_constructible_v<kms::response>);
    CHECK_BOTH(std::is_move_constructible_v<kms::response>);
}

TEST_CASE("the answer to init is the KMS's own root certificate") {
    CHECK(kms::check(home_certificate(), kms_home, kms_clock));
    CHECK(kms::check(home_certificate(), test::kms_partner, kms_clock).error().code ==
          errc::domain_mismatch);
    CHECK(kms::check(partner_certificate(), test::kms_partner, kms_clock).error().code ==
          errc::certificate_role);
    auto f = test::good_certificate();
    f.revoked = "1";
    CHECK(kms::check(*kms::certificate::from(f), kms_home, kms_clock).error().code ==
          errc::certificate_revoked);
}

TEST_CASE("key sets are the user's, of the domain, and one is for the period") {
    CHECK(keys_refusal(keys_of()).code == errc::none);
    auto both = keys_of();
    both.sets.push_back(key_set_of(1389));
    CHECK(keys_refusal(both).code == errc::none);
    CHECK(kms::check<sha256>(both, home_certificate(), kms_user, kms_clock_later.at).error().code ==
          errc::key_period_mismatch);  // 1388 is over by then
    CHECK(keys_refusal({}).code == errc::key_period_mismatch);
    CHECK(keys_refusal(keys_of(1389)).code == errc::key_period_mismatch);
    CHECK(keys_refusal(keys_of(1387)).code == errc::key_period_mismatch);
    CHECK(keys_refusal(keys_of(1388, "sip:other@example.org")).code == errc::user_mismatch);

    kms::key_prov wrong;
    key_set_text text;
    text.fields.user_id = "0000000000000000000000000000000000000000000000000000000000000000";
    wrong.sets.push_back(*text.made());
    CHECK(keys_refusal(wrong).code == errc::user_id_mismatch);

    kms::key_prov revoked;
    key_set_text second;
    second.fields.revoked = "true";
    revoked.sets.push_back(*second.made());
    CHECK(keys_refusal(revoked).code == errc::key_set_revoked);

    CHECK(
        kms::check<sha256>(keys_of(), partner_certificate(), kms_user, kms_clock.at).error().code ==
        errc::domain_mismatch);
    CHECK(kms::check<sha256>(keys_of(), home_certificate(), kms_user, {-3'000'000'000})
              .error()
              .code == errc::time_before_period);
}

TEST_CASE("a cache has external certificates of other domains, each once") {
    kms::cert_cache cache;
    CHECK(kms::check(cache, kms_home));
    cache.certificates.push_back(partner_certificate());
    CHECK(kms::check(cache, kms_home));
    CHECK(kms::check(cache, test::kms_partner).error().code == errc::domain_mismatch);
    cache.certificates.push_back(partner_certificate());
    CHECK(kms::check(cache, kms_home).error().code == errc::domain_mismatch);
    cache.certificates.back() = home_certificate();
    CHECK(kms::check(cache, "x").error().code == errc::certificate_role);
}

TEST_CASE("a cache may bring the end of a certificate together with the one after it") {
    auto const named = [](std::string_view name, std::string_view revoked) {
        auto f = test::good_certificate();
        f.kms_uri = "kms.partner.example";
        f.role = "External";
        f.cert_uri = name;
        f.revoked = revoked;
        return test::certain(kms::certificate::from(f));
    };
    kms::cert_cache cache;
    cache.certificates = {named("old", "true"), named("new", "false")};
    CHECK(kms::check(cache, kms_home));
    cache.certificates = {named("new", "false"), named("old", "true")};
    CHECK(kms::check(cache, kms_home));
    cache.certificates = {named("new", "false"), named("old", "false")};
    CHECK(kms::check(cache, kms_home).error() ==
          mcx::detail::at_element(kms::certificate_element::domain_uri, errc::domain_mismatch));
    cache.certificates = {named("new", "false"), named("new", "true")};
    CHECK(kms::check(cache, kms_home).error().code == errc::domain_mismatch);
}
