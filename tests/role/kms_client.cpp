// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/kms_client.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

using mcx::errc;
using mcx::test::home_certificate;
using mcx::test::keys_of;
using mcx::test::kms_clock;
using mcx::test::kms_clock_later;
using mcx::test::partner_certificate;
using mcx::test::sha256;
namespace client = mcx::role::kms_client;
namespace kms = mcx::kms;
namespace test = mcx::test;

namespace {

client::account account() {
    client::account a;
    a.user = test::kms_user;
    a.kms = test::kms_home;
    a.server = "https://kms.example.org";
    a.client = kms::client_name("radio");
    a.transport_key = kms::key_name("trk.12");
    a.signing_key = kms::key_name("ink.12");
    return a;
}

/// An answer to a request, with a message.
template <class M>
kms::received<kms::response> answer(kms::request const& to, M&& message) {
    auto r = test::response_to(to.url);
    r.time = to.time;
    r.message = std::forward<M>(message);
    return kms::received{std::move(r)};
}

client::initialized initialized() {
    auto const start = test::certain(client::starting::from(account()));
    return test::certain(start.receive(
        answer(start.message(kms_clock), kms::init{home_certificate(), {}}), kms_clock));
}

client::provisioned provisioned() {
    auto const step = test::certain(initialized().provision(kms_clock));
    return test::certain(
        step.receive<sha256>(answer(step.message(kms_clock), keys_of()), kms_clock));
}

}  // namespace

TEST_CASE("a request says who asks whom, when, where, and with which keys") {
    auto const start = test::certain(client::starting::from(account()));
    auto const r = start.message(kms_clock);
    CHECK(r.user == test::kms_user);
    CHECK(r.kms == test::kms_home);
    CHECK(r.time == kms_clock.at);
    CHECK(r.url.view() == "https://kms.example.org/keymanagement/identity/v1/init");
    CHECK(r.client == kms::client_name("radio"));
    CHECK_FALSE(r.device);
    CHECK(r.trk_id == kms::key_name("trk.12"));
    CHECK(r.signature_id == kms::key_name("ink.12"));
    CHECK(start.message(kms_clock_later).time == kms_clock_later.at);
}

TEST_CASE("an account that is not complete starts nothing") {
    for (auto const forget :
         {+[](client::account& a) { a.user = {}; }, +[](client::account& a) { a.kms = {}; },
          +[](client::account& a) { a.server = {}; }}) {
        auto a = account();
        forget(a);
        CHECK(client::starting::from(a).error().code == errc::value_empty);
    }
}

TEST_CASE("the client goes from nothing to keys and to other domains") {
    auto const step = provisioned();
    CHECK(step.certificate() == home_certificate());
    CHECK(step.key_sets().size() == 1);
    CHECK(step.new_keys().empty());
    CHECK(step.key_set_at(kms_clock.at) == &step.key_sets()[0]);
    CHECK(step.key_set_at(kms_clock_later.at) == nullptr);

    auto const caching = test::certain(step.cache(7));
    CHECK(caching.message(kms_clock).url.view() ==
          "https://kms.example.org/keymanagement/identity/v1/certcache/7");
    kms::cert_cache cache;
    cache.number = 8;
    cache.certificates.push_back(partner_certificate());
    auto const got =
        caching.receive(answer(caching.message(kms_clock), std::move(cache)), kms_clock);
    CHECK((got && got->number == 8));
    CHECK(test::certain(step.cache_one(test::kms_partner)).message(kms_clock).url.view() ==
          "https://kms.example.org/keymanagement/identity/v1/cert/kms.partner.example");
}

TEST_CASE("whoever asks for one certificate takes no other") {
    auto const one = test::certain(provisioned().cache_one(test::kms_partner));
    auto const r = one.message(kms_clock);
    auto const got = [&](std::vector<kms::certificate> certificates) {
        kms::cert_cache cache;
        cache.number = 9;
        cache.certificates = std::move(certificates);
        return one.receive(answer(r, std::move(cache)), kms_clock);
    };
    auto f = test::good_certificate();
    f.kms_uri = "kms.other.example";
    f.role = "External";
    auto const other = test::certain(kms::certificate::from(f));
    auto const right = got({partner_certificate()});
    CHECK((right && right->certificates.size() == 1));
    CHECK((right && !right->number));  // it says nothing of the others
    CHECK(got({other}).error() ==
          mcx::detail::at_element(kms::certificate_element::domain_uri, errc::domain_mismatch));
    CHECK(got({partner_certificate(), other}).error().code == errc::domain_mismatch);
    CHECK(got({}).error().code == errc::domain_mismatch);
    CHECK(got({home_certificate()}).error().code == errc::certificate_role);
}

TEST_CASE("a time that the KMS would take for another is not asked for") {
    auto const step = initialized();
    constexpr std::int64_t era = std::int64_t{1} << 32U;
    auto const at = [&](std::int64_t off) {
        return step.provision(test::kms_user, mcx::instant{kms_clock.at.seconds + off}, kms_clock)
            .error()
            .code;
    };
    CHECK(at(era / 2) == errc::none);
    CHECK(at(era / 2 + 1) == errc::out_of_range);
    CHECK(at(era) == errc::out_of_range);
    CHECK(at(1 - era / 2) == errc::none);
    CHECK(at(-era / 2) == errc::out_of_range);
}

TEST_CASE("an answer that brings something else is refused") {
    auto const start = test::certain(client::starting::from(account()));
    auto const r = start.message(kms_clock);
    CHECK(start.receive(answer(r, keys_of()), kms_clock).error().code ==
          errc::kms_message_mismatch);
    CHECK(start.receive(answer(r, kms::cert_cache{}), kms_clock).error().code ==
          errc::kms_message_mismatch);
    CHECK(start.receive(answer(r, kms::init{partner_certificate(), {}}), kms_clock).error().code ==
          errc::domain_mismatch);
    auto late = r;
    late.time = kms_clock_later.at;
    CHECK(start.receive(answer(late, kms::init{home_certificate(), {}}), kms_clock).error().code ==
          errc::message_time);
}

TEST_CASE("a client that wants signed answers takes no other") {
    auto a = account();
    a.signed_only = true;
    auto const start = test::certain(client::starting::from(a));
    auto const r = start.message(kms_clock);
    CHECK(start.receive(answer(r, kms::init{home_certificate(), {}}), kms_clock).error().code ==
          errc::message_unsigned);
}

TEST_CASE("keys are those asked for: of a user, for a time") {
    auto const step = initialized();
    kms::user_uri const group{"sip:group@example.org"};
    auto const other = test::certain(step.provision(group, kms_clock_later.at, kms_clock));
    auto const r = other.message(kms_clock);
    CHECK(r.url.view().starts_with("https://kms.example.org/keymanagement/identity/v1/keyprov/"));
    CHECK(r.user == test::kms_user);
    CHECK(other.receive<sha256>(answer(r, keys_of(1389, group)), kms_clock));
    CHECK(other.receive<sha256>(answer(r, keys_of(1389)), kms_clock).error().code ==
          errc::user_mismatch);
    CHECK(other.receive<sha256>(answer(r, keys_of(1388, group)), kms_clock).error().code ==
          errc::key_period_mismatch);
}

TEST_CASE("a key set is given out where it may be used") {
    test::key_set_text text;
    text.fields.valid_to = "2014-01-26T10:07:15";
    kms::key_prov keys;
    keys.sets.push_back(test::certain(text.made()));
    auto const step = test::certain(initialized().provision(kms_clock));
    auto const got = test::certain(
        step.receive<sha256>(answer(step.message(kms_clock), std::move(keys)), kms_clock));
    CHECK(got.key_set_at(kms_clock.at) != nullptr);
    CHECK(got.key_set_at(kms_clock.at.plus(std::chrono::seconds{1})) == nullptr);
}

TEST_CASE("keys that are refused leave the ones before in force") {
    auto const step = provisioned();
    auto const again = test::certain(initialized().provision(kms_clock));
    auto const r = again.message(kms_clock);
    CHECK(again.receive<sha256>(answer(r, keys_of(1387)), kms_clock).error().code ==
          errc::key_period_mismatch);
    kms::response refusal = test::response_to(r.url);
    refusal.error = kms::error_report{1, "no"};
    CHECK(again.receive<sha256>(kms::received{std::move(refusal)}, kms_clock).error().code ==
          errc::kms_refused);
    CHECK(step.key_set_at(kms_clock.at) != nullptr);
    CHECK(again.receive<sha256>(answer(r, keys_of()), kms_clock));  // and can be tried again
}

TEST_CASE("no keys are asked for once the certificate may not be used") {
    auto f = test::good_certificate();
    f.valid_to = "2014-01-27T00:00:00";
    auto const start = test::certain(client::starting::from(account()));
    auto const step = test::certain(start.receive(
        answer(start.message(kms_clock), kms::init{*kms::certificate::from(f), {}}), kms_clock));
    CHECK(step.provision(kms_clock));
    CHECK(step.provision(kms_clock_later).error().code == errc::certificate_expired);
}

TEST_CASE("certificates are merged into the domains that are known, all of them or none") {
    kms::domain_set<1, 2> domains{kms::home_domain(test::kms_home)};
    kms::cert_cache cache;
    cache.certificates.push_back(partner_certificate());
    CHECK(client::merge(cache, domains));
    CHECK(domains.certificate_of(test::kms_partner) == nullptr);  // not a permitted one
    CHECK(domains.add(kms::external_domain(test::kms_partner)));
    CHECK(client::merge(cache, domains));
    CHECK(domains.certificate_of(test::kms_partner) != nullptr);

    auto f = test::good_certificate();
    f.kms_uri = "kms.partner.example";  // a Root certificate of an external domain
    auto newer = test::good_certificate();
    newer.kms_uri = "kms.partner.example";
    newer.role = "External";
    newer.issuer = "newer";
    cache.certificates = {*kms::certificate::from(newer), *kms::certificate::from(f)};
    cache.number = 8;
    CHECK(client::merge(cache, domains).error().code == errc::certificate_role);
    CHECK_FALSE(domains.certificate_of(test::kms_partner)->issuer());
    CHECK_FALSE(domains.cache_number());
}

TEST_CASE("a cache leaves alone the certificates of domains that the user is a member of") {
    kms::domain_set<1, 2> domains{kms::home_domain(test::kms_home)};
    kms::kms_uri const visited{"kms.visited.example"};
    CHECK(domains.add(kms::migration_domain(visited)));
    CHECK(domains.add(kms::external_domain(test::kms_partner)));
    CHECK(domains.accept(home_certificate()));
    // To the KMS of a domain that the user has migrated to, the home domain is an external one.
    kms::cert_cache cache;
    cache.number = 3;
    for (std::string_view const name : {"kms.example.org", "kms.visited.example"}) {
        auto f = test::good_certificate();
        f.kms_uri = name;
        f.role = "External";
        cache.certificates.push_back(test::certain(kms::certificate::from(f)));
    }
    cache.certificates.push_back(partner_certificate());
    CHECK(client::merge(cache, domains));
    CHECK(*domains.certificate_of(test::kms_home) == home_certificate());
    CHECK(domains.certificate_of(visited) == nullptr);
    CHECK(domains.certificate_of(test::kms_partner) != nullptr);
    CHECK(domains.cache_number() == 3U);
}
