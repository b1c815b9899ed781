// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/request.hpp>

#include "support/check.hpp"

#include <chrono>

using mcx::errc;
using mcx::error;
using mcx::fixed_clock;
using mcx::instant;
using mcx::kms::message_element;
using namespace std::chrono_literals;
namespace kms = mcx::kms;

namespace {

constexpr fixed_clock now{{1'400'000'000}};

kms::request good() {
    kms::request r;
    r.user = "sip:user@example.org";
    r.kms = "kms.example.org";
    r.time = now.at;
    r.url = "https://kms.example.org/keymanagement/identity/v1/init";
    return r;
}

kms::request_terms terms() {
    kms::request_terms t;
    t.kms = "kms.example.org";
    t.url = good().url;
    t.user = kms::user_uri("sip:user@example.org");
    return t;
}

template <class Change>
error refusal(Change change, kms::request_terms const& t = terms()) {
    auto r = good();
    change(r);
    return kms::check(kms::received{r}, t, now).error();
}

bool is(error e, errc code, message_element where) {
    return e.code == code && e.where == static_cast<std::uint16_t>(where);
}

}  // namespace

TEST_CASE("a request for this KMS, now, and from this user is let through") {
    CHECK(kms::check(kms::received{good()}, terms(), now));
    auto t = terms();
    t.user.reset();
    CHECK(refusal([](auto& r) { r.user = "x"; }, t).code == errc::none);
}

TEST_CASE("a request for another KMS, URL or user is refused") {
    CHECK(is(refusal([](auto& r) { r.kms = "KMS.example.org"; }), errc::domain_mismatch,
             message_element::domain_uri));
    CHECK(is(refusal([](auto& r) { r.url = "https://kms.example.org/x"; }),
             errc::request_url_mismatch, message_element::client_req_url));
    CHECK(is(refusal([](auto& r) { r.user = "sip:other@example.org"; }), errc::user_mismatch,
             message_element::user_name));
}

TEST_CASE("a request has a time within the window") {
    auto const at = [](std::int64_t off) {
        return refusal([off](auto& r) { r.time.seconds += off; });
    };
    CHECK(at(5).code == errc::none);
    CHECK(at(-5).code == errc::none);
    CHECK(is(at(6), errc::message_time, message_element::time));
    CHECK(is(at(-6), errc::message_time, message_element::time));
    auto t = terms();
    t.window = {60s};
    CHECK(refusal([](auto& r) { r.time.seconds -= 60; }, t).code == errc::none);
    constexpr kms::time_window window{5s};
    CHECK_BOTH(!window.covers({INT64_MAX}, {0}));
    CHECK_BOTH(window.covers({INT64_MAX}, {INT64_MAX - 1}));
    CHECK_BOTH(window.covers({INT64_MIN}, {INT64_MIN + 5}));
    CHECK_BOTH(!window.covers({INT64_MIN}, {INT64_MIN + 6}));
    constexpr kms::time_window reversed{std::chrono::seconds::min()};
    CHECK_BOTH(!reversed.covers({0}, {0}));
}

TEST_CASE("a request that has to be signed is refused without a signature") {
    auto t = terms();
    t.signed_only = true;
    CHECK(refusal([](auto&) {}, t).code == errc::message_unsigned);
    // What a message says of its signature is no signature.
    CHECK(refusal([](auto& r) { r.signature_id = kms::key_name("ink.1"); }, t).code ==
          errc::message_unsigned);
    CHECK(refusal([](auto& r) { r.signature_id = kms::key_name("ink.1"); }).code == errc::none);
}
