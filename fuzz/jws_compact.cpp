// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/access_token.hpp>
#include <mcx/idm/id_token.hpp>
#include <mcx/idm/security_token.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/jwt/issue.hpp>

#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The input as a token, as a payload and as a header, at the verifiers of all profiles, with a
// backend that finds every signature good, so that what lies behind a signature is reached. What is
// refused is refused in a stage and at a place that make sense; what is accepted holds, was written
// in the one way that base64url allows, and is accepted again when it is issued.

namespace {

namespace jws = mcx::jws;
namespace jwt = mcx::jwt;
using mcx::contract;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::stage;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::credulous;

constexpr mcx::fixed_clock now{{1'700'000'000}};

/// Two issuers, so that payloads are scanned for `iss`.
mcx::trust<credulous> const& issuers() {
    static auto const made = mcx::test::trust_in<credulous>({"one", "two"});
    return made;
}

template <class P>
void check_refusal(error e, std::string_view text) {
    contract(mcx::blame_of(e) == mcx::blame::peer && e.offset <= text.size());
    stage const s = mcx::stage_of(e);
    contract(s == stage::form || s == stage::header || s == stage::key || s == stage::signature ||
             s == stage::claims || s == stage::policy);
    contract(s != stage::policy || !jwt::name_of<P>(e).empty());
    contract(s != stage::claims || e.where == 0 || !jwt::name_of<P>(e).empty());
}

template <class P>
void issue_again(jwt::validated<P> const& token, jwt::expectation const& expected,
                 mcx::workspace<credulous>& work) {
    static auto key = certain(
        mcx::signing_key<es256, credulous>::from(mcx::test::rfc_example<es256>::private_key(), {}));
    mcx::test::counted_random random;
    auto const text = jwt::issue<P>(token.claims(), key, random);
    if (!text) {
        contract(text.error() == errc::payload_too_long);  // what was unknown made room for escapes
        return;
    }
    auto const again = jwt::accept<P>(*text, issuers(), work, expected, now);
    contract(again.has_value() && again->claims() == token.claims());
}

template <class P>
void accept(std::string_view text, std::string_view self) {
    static mcx::workspace<credulous> work;
    jwt::expectation const expected{.to = certain(mcx::recipient::from(self))};
    auto const token = jwt::accept<P>(text, issuers(), work, expected, now);
    if (!token) {
        check_refusal<P>(token.error(), text);
        return;
    }
    contract(token->claims().exp > now.at);
    auto const* aud = jwt::detail::find_claim<mcx::audience>(token->claims(), "aud");
    contract(aud == nullptr || aud->names(self));
    issue_again<P>(*token, expected, work);
}

void accept_as_all(std::string_view text) {
    accept<mcx::idm::id_token_profile>(text, "me");
    accept<mcx::idm::access_token_profile>(text, "me");
    accept<mcx::idm::security_token_profile>(text, "me");
}

/// A text that splits has the parts that it was split into, and a header that is read is written in
/// one way only.
void check_form(std::string_view text) {
    auto const token = jws::parse(text, 8192);
    if (!token) {
        contract(token.error().offset <= text.size());
        return;
    }
    jws::compact_parts const& parts = token->parts();
    contract(std::string(parts.header) + "." + std::string(parts.payload) + "." +
                 std::string(parts.signature) ==
             text);
    std::array<std::byte, jws::max_header_size> octets{};
    auto const size = mcx::base64url::decode(parts.header, octets);
    contract(size.has_value());
    contract(base64url_text(mcx::byte_view{octets}.first(*size)) == parts.header);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    check_form(text);
    accept_as_all(text);
    accept_as_all(mcx::test::compact<es256>(R"({"alg":"ES256"})", text));
    accept_as_all(mcx::test::compact<es256>(
        text, R"({"iss":"one","sub":"x","aud":"me","exp":1700000001,"iat":1699999999})"));
    return 0;
}
