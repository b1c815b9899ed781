// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/grant/introspected.hpp>
#include <mcx/oauth/introspection.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// What an introspection endpoint answers: an answer that is read can be written and is then read
// alike, one about a token that is not active says nothing else, and what is accepted is active, of
// the right issuer and not over. [RFC 7662 §2.2]

namespace {

namespace oauth = mcx::oauth;

void check_told(oauth::introspection_response const& told) {
    auto const written = oauth::write_introspection(told);
    mcx::contract(written.has_value());
    mcx::contract(oauth::parse_introspection(*written).value() == told);
    mcx::contract(told.active || *written == R"({"active":false})");

    mcx::fixed_clock const now{{1'700'000'000}};
    auto const known = mcx::grant::check_introspection(
        told, {.from = "https://a.example", .to = "https://gms.a.example"}, now);
    if (!known) {
        mcx::contract(known.error().where != 0 &&
                      known.error().where <= oauth::introspection_response::fields::size);
        return;
    }
    mcx::contract(told.active && known->expires() > now.at);
    mcx::contract(told.iss.empty() || told.iss.view() == known->told_by().view());
    mcx::contract(known->audience().empty() || known->audience().names("https://gms.a.example"));
    mcx::contract(known->subject().has_value() != told.sub.empty());
    mcx::contract(known->id().has_value() != told.jti.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const told = oauth::parse_introspection(body);
    if (told) {
        check_told(*told);
    } else {
        mcx::contract(told.error().where <= oauth::introspection_response::fields::size);
        mcx::contract(told.error().offset <= size);
    }
    mcx::contract(oauth::read_introspection({200, oauth::json_media_type, body}).has_value() ==
                  told.has_value());
    auto const request = oauth::parse_form<oauth::introspection_request>(body);
    if (request) {
        auto const again = oauth::write_form(*request);
        mcx::contract(again.has_value());
        mcx::contract(oauth::parse_form<oauth::introspection_request>(*again).value() == *request);
    } else {
        // A revocation has the same parameters, and is never answered by silence.
        mcx::contract(!oauth::parse_form<oauth::revocation_request>(body));
        mcx::contract(oauth::answer_to_revocation(request.error()).has_value());
    }
    return 0;
}
