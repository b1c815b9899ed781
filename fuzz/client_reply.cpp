// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/client.hpp>

#include "support/parties.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// A reply to a client, in both states that wait for one: the first line is the media type, after
// three digits of status; the rest is the body. What is taken leads to a message or to a bearer
// token, and never past the time that the reply says. [TS 33.180 B.7.3, B.7.5, B.12]

namespace {

namespace client = mcx::role::client;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

/// The status, the media type and the body in an input.
oauth::reply reply_in(std::string_view input) {
    auto const end = std::min(input.find('\n'), input.size());
    std::string_view const line = input.substr(0, end);
    int status = 0;
    for (char const c : line.substr(0, 3)) {
        status = status * 10 + (c - '0');
    }
    return {status, line.substr(std::min<std::size_t>(line.size(), 4)),
            input.substr(std::min(end + 1, input.size()))};
}

client::exchanging exchanging() {
    oauth::token_response login;
    login.access_token = test::certain(oauth::token::from("access.of.a"));
    login.expires_in = mcx::lifetime(std::chrono::hours(1));
    auto const home =
        test::certain(client::home::from(test::domain_a.token_endpoint, login, test::clock_at(0)));
    client::partner const to{test::domain_b.address, test::domain_b.token_endpoint, "radio-at-b"};
    return test::certain(home.enter_for_group(to, test::clock_at(0)));
}

client::requesting requesting() {
    std::string_view const body =
        R"({"access_token":"security.for.b","token_type":"N_A","expires_in":600,)"
        R"("issued_token_type":"urn:ietf:params:oauth:token-type:jwt"})";
    auto const vouched =
        test::certain(exchanging().receive({200, oauth::json_media_type, body}, test::clock_at(0)));
    return test::certain(vouched.request("openid", test::clock_at(0)));
}

void check_refusal(mcx::error e, oauth::reply const& answer) {
    bool const of_message = stage_of(e) == mcx::stage::message || stage_of(e) == mcx::stage::form;
    mcx::contract(of_message && e.offset <= answer.body.size());
    mcx::contract(e.where == 0 || !oauth::token_response::fields::name_of(e.where).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const first = exchanging();
    static auto const second = requesting();
    oauth::reply const answer = reply_in(mcx::as_text(std::as_bytes(std::span{data, size})));
    mcx::fixed_clock const now = test::clock_at(0);

    auto const vouched = first.receive(answer, now);
    if (vouched) {
        mcx::fixed_clock const late{vouched->expires()};
        mcx::contract(vouched->request("openid", late).error() == mcx::errc::token_expired_here);
        auto const next = vouched->request("openid", now);
        mcx::contract(next ? next->message(now).has_value() : vouched->expires() == now.at);
    } else {
        check_refusal(vouched.error(), answer);
    }
    auto const admitted = second.receive(answer, now);
    if (admitted) {
        mcx::fixed_clock const late{admitted->expires()};
        mcx::contract(admitted->bearer(late).error() == mcx::errc::token_expired_here);
        auto const bearer = admitted->bearer(now);
        mcx::contract(!bearer || bearer->starts_with("Bearer "));
        mcx::contract(!admitted->scope().empty());
    } else {
        check_refusal(admitted.error(), answer);
    }
    return 0;
}
