// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/kms_server.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <mcx/role/kms_client.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

using mcx::errc;
using mcx::role::kms_server;
using mcx::test::home_certificate;
using mcx::test::keys_of;
using mcx::test::kms_clock;
using mcx::test::partner_certificate;
using mcx::test::sha256;
using namespace std::chrono_literals;
namespace client = mcx::role::kms_client;
namespace kms = mcx::kms;
namespace test = mcx::test;

namespace {

constexpr kms_server server{test::kms_home, "https://kms.example.org"};

/// A digest that fails, as one of a broken machine does.
struct failing {
    static constexpr std::size_t size = 32;
    void update(mcx::byte_view) noexcept {}
    mcx::result<mcx::fixed_bytes<32>> finish() noexcept { return errc::backend; }
};

/// A request of the user's for a path.
kms::request asking(std::string_view path) {
    kms::request r;
    r.user = test::kms_user;
    r.kms = test::kms_home;
    r.time = kms_clock.at;
    r.url = *kms::request_url::from(
        std::string{"https://kms.example.org/keymanagement/identity/v1/"}.append(path));
    return r;
}

mcx::result<mcx::role::kms_petition> petition(std::string_view path) {
    auto const r = asking(path);
    return server.receive(kms::received{r}, r.url.view(), test::kms_user, kms_clock);
}

}  // namespace

TEST_CASE("a request becomes a petition that says what is asked for") {
    auto const p = petition("init");
    CHECK(p);
    CHECK((p && p->user() == test::kms_user && !p->wanted_keys() && !p->signed_by()));
    auto const keys = test::certain(petition("keyprov"));
    CHECK(keys.wanted_keys() == kms::key_prov_request{test::kms_user, kms_clock.at});
    auto const others = test::certain(petition("keyprov/sip%3Ag%40example.org/D6B4323200000000"));
    CHECK(others.wanted_keys() ==
          kms::key_prov_request{kms::user_uri("sip:g@example.org"), mcx::instant{1'393'144'754}});
}

TEST_CASE("redirect responses are uploaded, and there is nothing to answer but an error") {
    CHECK(petition("redirect").error() ==
          mcx::detail::at_element(kms::message_element::krr_list, errc::field_missing));
    auto r = asking("redirect");
    r.krr_list = "<KrrList xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"></KrrList>";
    auto const p =
        test::certain(server.receive(kms::received{r}, r.url.view(), test::kms_user, kms_clock));
    CHECK(std::holds_alternative<kms::redirect_request>(p.wanted()));
    CHECK(p.request().krr_list == r.krr_list);
    CHECK(p.initialize(home_certificate(), {}, kms_clock).error().code == errc::no_such_answer);
    CHECK(p.share({}, kms_clock).error().code == errc::no_such_answer);
    CHECK(p.refuse({1, "no"}, kms_clock).error == kms::error_report{1, "no"});
}

TEST_CASE("a request to another path, KMS or from another user is refused") {
    CHECK(petition("x").error().code == errc::request_path);
    auto r = asking("init");
    CHECK(server
              .receive(kms::received{r},
                       "https://kms.example.org/keymanagement/identity/v1/keyprov", test::kms_user,
                       kms_clock)
              .error()
              .code == errc::request_url_mismatch);
    CHECK(server.receive(kms::received{r}, r.url.view(), kms::user_uri("x"), kms_clock)
              .error()
              .code == errc::user_mismatch);
    CHECK(server.receive(kms::received{r}, r.url.view(), {}, kms_clock));
    r.time.seconds -= 6;
    CHECK(server.receive(kms::received{r}, r.url.view(), {}, kms_clock).error().code ==
          errc::message_time);
    CHECK(server.with({6s}, false).receive(kms::received{r}, r.url.view(), {}, kms_clock));
    CHECK(server.with({6s}, true)
              .receive(kms::received{r}, r.url.view(), {}, kms_clock)
              .error()
              .code == errc::message_unsigned);
}

TEST_CASE("an answer is of the kind that was asked for") {
    auto const init = test::certain(petition("init"));
    auto const keys = test::certain(petition("keyprov"));
    auto const cache = test::certain(petition("certcache"));
    CHECK(init.initialize(home_certificate(), {}, kms_clock));
    CHECK(init.provision<sha256>(keys_of(), home_certificate(), kms_clock).error().code ==
          errc::no_such_answer);
    CHECK(init.share({}, kms_clock).error().code == errc::no_such_answer);
    CHECK(keys.initialize(home_certificate(), {}, kms_clock).error().code == errc::no_such_answer);
    CHECK(keys.provision<sha256>(keys_of(), home_certificate(), kms_clock));
    CHECK(cache.share({}, kms_clock));
}

TEST_CASE("an answer that no client could accept is not made") {
    auto const init = test::certain(petition("init"));
    // The KMS is to blame, and the element is named.
    auto const is = [](mcx::error e, auto where) {
        return e == mcx::detail::at_element(where, errc::no_such_answer) &&
               mcx::blame_of(e) == mcx::blame::caller;
    };
    CHECK(is(init.initialize(partner_certificate(), {}, kms_clock).error(),
             kms::certificate_element::domain_uri));
    auto const keys = test::certain(petition("keyprov"));
    CHECK(is(keys.provision<sha256>(keys_of(1387), home_certificate(), kms_clock).error(),
             kms::key_set_element::key_period_no));
    CHECK(is(keys.provision<sha256>(keys_of(1388, "sip:other@example.org"), home_certificate(),
                                    kms_clock)
                 .error(),
             kms::key_set_element::user_name));
    CHECK(keys.provision<failing>(keys_of(), home_certificate(), kms_clock).error().code ==
          errc::backend);
    auto const one = test::certain(petition("cert/kms.partner.example"));
    CHECK(one.share({}, kms_clock).error().code == errc::no_such_answer);
    kms::cert_cache right;
    right.certificates.push_back(partner_certificate());
    CHECK(one.share(std::move(right), kms_clock));
    auto const another = test::certain(petition("cert/kms.other.example"));
    kms::cert_cache wrong;
    wrong.certificates.push_back(partner_certificate());
    CHECK(another.share(std::move(wrong), kms_clock).error().code == errc::no_such_answer);
    auto const cache = test::certain(petition("certcache"));
    kms::cert_cache own;
    own.certificates.push_back(home_certificate());
    CHECK(is(cache.share(std::move(own), kms_clock).error(), kms::certificate_element::role));
}

TEST_CASE("keys for a time before the first period are the mistake of whoever asks") {
    auto f = test::good_certificate();
    f.user_key_period = "3000000000";
    f.user_key_offset = "2900000000";
    auto const late = test::certain(kms::certificate::from(f));
    auto const p = test::certain(petition("keyprov/a/A000000000000000"));
    CHECK(p.provision<sha256>(keys_of(), late, kms_clock).error().code == errc::time_before_period);
}

TEST_CASE("a petition is made of a request that was checked, and of nothing else") {
    CHECK_BOTH(!std::is_constructible_v<mcx::role::kms_petition, kms::received<kms::request> const&,
                                        kms::wish const&, mcx::instant>);
    CHECK_BOTH(!std::is_default_constructible_v<mcx::role::kms_petition>);
}

TEST_CASE("a client and a KMS agree from the first request to the last") {
    client::account a;
    a.user = test::kms_user;
    a.kms = test::kms_home;
    a.server = "https://kms.example.org";
    auto const post = [](kms::request const& r) {
        return test::certain(
            server.receive(kms::received{r}, r.url.view(), test::kms_user, kms_clock));
    };
    auto const answered = [](mcx::result<kms::response> r) {
        return kms::received{test::certain(std::move(r))};
    };
    auto const start = test::certain(client::starting::from(a));
    auto const initialized = test::certain(start.receive(
        answered(post(start.message(kms_clock)).initialize(home_certificate(), {}, kms_clock)),
        kms_clock));
    auto const asking = test::certain(initialized.provision(kms_clock));
    auto const provisioned = test::certain(asking.receive<sha256>(
        answered(post(asking.message(kms_clock))
                     .provision<sha256>(keys_of(), home_certificate(), kms_clock)),
        kms_clock));
    CHECK(provisioned.key_set_at(kms_clock.at) != nullptr);
    auto const caching = test::certain(provisioned.cache());
    CHECK(caching.receive(answered(post(caching.message(kms_clock)).share({}, kms_clock)),
                          kms_clock));
    auto const refused = post(start.message(kms_clock)).refuse({-4, "no"}, kms_clock);
    CHECK(refused.error == kms::error_report{-4, "no"});
    CHECK(start
              .receive(answered(post(start.message(kms_clock)).refuse({-4, "no"}, kms_clock)),
                       kms_clock)
              .error()
              .code == errc::kms_refused);
}
