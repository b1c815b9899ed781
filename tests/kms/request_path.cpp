// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/request_path.hpp>

#include "support/check.hpp"

#include <mcx/core/error_text.hpp>

#include <string>
#include <string_view>

using mcx::errc;
using mcx::fixed_clock;
using mcx::instant;
namespace kms = mcx::kms;

namespace {

constexpr std::string_view server = "https://kms.example.org";
constexpr fixed_clock now{{1'400'000'000}};

std::string written(kms::wish const& w) {
    auto const url = kms::write_request_url(server, w);
    return url ? std::string{url->view().substr(server.size())}
               : std::string{mcx::detail::error_table::find(url.error().code).name};
}

constexpr mcx::result<kms::wish> read(std::string_view path, fixed_clock at = now) {
    constexpr std::string_view root = "https://kms.example.org/keymanagement/identity/v1/";
    char url[1024]{};
    std::size_t size = 0;
    for (std::string_view const part : {root, path}) {
        for (char const c : part) {
            url[size++] = c;
        }
    }
    return kms::read_request_url(server, {url, size}, at);
}

constexpr errc refusal(std::string_view path) {
    return read(path).error().code;
}

constexpr kms::user_uri user{"sip:user@example.org"};

}  // namespace

TEST_CASE("the worked example of a key provisioning path") {  // [TS 33.180 D.2.4]
    constexpr instant at{1'393'144'754};                      // 2014-02-23T08:39:14Z
    CHECK(written(kms::key_prov_request{user, at}) ==
          "/keymanagement/identity/v1/keyprov/sip%3Auser%40example.org/D6B4323200000000");
    CHECK_BOTH(read("keyprov/sip%3Auser%40example.org/D6B4323200000000").value() ==
               kms::wish{kms::key_prov_request{user, at}});
}

TEST_CASE("every request has its path, and is read from it") {
    CHECK(written(kms::init_request{}) == "/keymanagement/identity/v1/init");
    CHECK(written(kms::key_prov_request{}) == "/keymanagement/identity/v1/keyprov");
    CHECK(written(kms::cert_cache_request{}) == "/keymanagement/identity/v1/certcache");
    CHECK(written(kms::cert_cache_request{12}) == "/keymanagement/identity/v1/certcache/12");
    CHECK(written(kms::cert_request{kms::kms_uri("kms.partner.example/%")}) ==
          "/keymanagement/identity/v1/cert/kms.partner.example%2F%25");
    CHECK(written(kms::redirect_request{}) == "/keymanagement/identity/v1/redirect");
    CHECK_BOTH(read("init").value() == kms::wish{kms::init_request{}});
    CHECK_BOTH(read("redirect").value() == kms::wish{kms::redirect_request{}});
    CHECK_BOTH(read("keyprov").value() == kms::wish{kms::key_prov_request{}});
    CHECK_BOTH(read("keyprov/a").value() ==
               kms::wish{kms::key_prov_request{kms::user_uri("a"), {}}});
    CHECK_BOTH(read("certcache").value() == kms::wish{kms::cert_cache_request{}});
    CHECK_BOTH(read("certcache/18446744073709551615").value() ==
               kms::wish{kms::cert_cache_request{~std::uint64_t{0}}});
    CHECK_BOTH(read("keyprov/sip:a;b@c!$&'()*+,=").value() ==
               kms::wish{kms::key_prov_request{kms::user_uri("sip:a;b@c!$&'()*+,="), {}}});
    CHECK_BOTH(read("cert/a%2fb%2F%25%3f").value() ==
               kms::wish{kms::cert_request{kms::kms_uri("a/b/%?")}});
}

TEST_CASE("paths that no request has are refused") {
    for (std::string_view const path : {"",
                                        "init/",
                                        "redirect/",
                                        "redirect/1",
                                        "init/x",
                                        "INIT",
                                        "keyprov/",
                                        "keyprov/%",
                                        "keyprov/%4",
                                        "keyprov/%zz",
                                        "keyprov/%00",
                                        "keyprov/%20",
                                        "keyprov/%C3%A4",
                                        "keyprov/a/",
                                        "keyprov/a?b",
                                        "keyprov/a#b",
                                        "keyprov/a[b",
                                        "cert/a/b",
                                        "cert/a/",
                                        "cert/a?b",
                                        "init?",
                                        "certcache/1?",
                                        "keyprov/a/D6B43232",
                                        "keyprov/a/D6B432320000000g",
                                        "keyprov/a/D6B4323200000000/",
                                        "certcache/",
                                        "certcache/-1",
                                        "certcache/1x",
                                        "certcache/18446744073709551616",
                                        "certcache/18446744073709551620",
                                        "certcache/36893488147419103232",
                                        "cert",
                                        "cert/",
                                        "lookup"}) {
        CAPTURE(path);
        CHECK(refusal(path) == errc::request_path);
    }
    CHECK(refusal("keyprov/" + std::string(256, 'a')) == errc::request_path);
    CHECK(kms::read_request_url(server, "https://x.example/keymanagement/identity/v1/init", now)
              .error()
              .code == errc::request_path);
    CHECK(kms::read_request_url(server, "https://kms.example.org/init", now).error().code ==
          errc::request_path);
    CHECK(
        kms::read_request_url(server, "https://KMS.example.org/keymanagement/identity/v1/init", now)
            .error()
            .code == errc::request_path);
    CHECK(kms::read_request_url(server, "https://kms", now).error().code == errc::request_path);
}

TEST_CASE("a time needs a URI before it, and a URL has to fit") {
    CHECK(written(kms::key_prov_request{{}, instant{0}}) == "value_empty");
    CHECK(written(kms::key_prov_request{user, instant{-2'208'988'801}}) == "out_of_range");
    CHECK(written(kms::key_prov_request{user, instant{INT64_MAX}}) == "out_of_range");
    CHECK(kms::write_request_url(std::string(1536, 'a'), kms::init_request{}).error().code ==
          errc::value_too_long);
}

TEST_CASE("a timestamp belongs to the era in which it is nearest to now") {
    constexpr instant era_1{2'085'978'496};  // 2036-02-07T06:28:16Z
    auto const read_at = [](std::string_view digits, instant about) {
        auto const w = read("keyprov/a/" + std::string{digits}, fixed_clock{about});
        return std::get<kms::key_prov_request>(w.value()).at->seconds;
    };
    CHECK(read_at("0000000000000000", era_1) == era_1.seconds);
    CHECK(read_at("0000000000000000", now.at) == era_1.seconds);
    CHECK(read_at("FFFFFFFF00000000", now.at) == era_1.seconds - 1);
    CHECK(read_at("FFFFFFFF00000000", {era_1.seconds + 1}) == era_1.seconds - 1);
    CHECK(read_at("ffffffffFFFFFFFF", {era_1.seconds + 3'000'000'000}) ==
          era_1.seconds + 4'294'967'295);
    CHECK(written(kms::key_prov_request{kms::user_uri("a"), era_1}) ==
          "/keymanagement/identity/v1/keyprov/a/0000000000000000");
}

TEST_CASE("a timestamp reaches 68 years from now") {
    constexpr instant at = now.at;
    constexpr std::int64_t half = std::int64_t{1} << 31U;
    CHECK_BOTH(kms::is_near(at, at));
    CHECK_BOTH(kms::is_near({at.seconds + half}, at));
    CHECK_BOTH(!kms::is_near({at.seconds + half + 1}, at));
    CHECK_BOTH(kms::is_near({at.seconds - half + 1}, at));
    CHECK_BOTH(!kms::is_near({at.seconds - half}, at));
    CHECK_BOTH(!kms::is_near({at.seconds + 2 * half}, at));
    CHECK_BOTH(!kms::is_near({INT64_MAX}, at));
    CHECK_BOTH(!kms::is_near({INT64_MIN}, at));
    CHECK_BOTH(!kms::is_near(at, {INT64_MAX}));
}
