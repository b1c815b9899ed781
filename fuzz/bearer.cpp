// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/bearer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

// Texts of HTTP headers and what they are made of: a bearer token that is found can be written and
// is then found again, and so can a scope. [RFC 6750 §2.1, RFC 6749 §3.3]

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mcx::oauth;
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    (void)is_json(text);
    auto const found = parse_authorization(text);
    if (found) {
        auto const value = authorization(token::from(*found).value());
        mcx::contract(parse_authorization(std::string_view{value.value()}).value() == *found);
    } else {
        mcx::contract(found.error().offset <= size);
        mcx::contract(challenge_for(found.error()).has_value());
    }
    if (auto const read = scope::from(text)) {
        mcx::contract(scope::from(read->view()).value() == *read && read->size() >= 1);
        challenge refused;
        refused.scope = *read;
        mcx::contract(www_authenticate(refused).find('"') == 13);
    }
    return 0;
}
